using System.CommandLine;
using System.Linq;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class LabCommandTests
{
    [TestMethod]
    public void Without_a_client_it_is_BIOS() => AssertChosen("bios", [], all: false);

    [TestMethod]
    public void All_is_a_word_and_an_option()
    {
        AssertChosen("bios bios-plain uefi uefi-http arm64 arm64-mirror bios-folder uefi-folder bios-iso", ["all"], all: false);
        AssertChosen("bios bios-plain uefi uefi-http arm64 arm64-mirror bios-folder uefi-folder bios-iso", [], all: true);
    }

    [TestMethod]
    public void Only_the_streamed_client_has_its_loader_from_the_mirror() =>
        Assert.AreEqual("arm64-mirror",
        string.Join(' ', LabClient.All.Where(client => client.LoadersFromMirror).Select(client => client.Name)));

    [TestMethod]
    public void Named_clients_keep_their_order_and_come_once() => AssertChosen("arm64 bios", ["arm64", "bios", "arm64"], all: false);

    [TestMethod]
    [DataRow("pdp11")]
    [DataRow("bios --runs 0")]
    [DataRow("bios --runs 21")]
    [DataRow("bios --server pixiecore")]
    [DataRow("bios --loaders-from nowhere")]
    [DataRow("--scripts no-such-script")]
    [DataRow("--scripts --ipxe buster")]
    public void Wrong_arguments_are_refused(string arguments) => Assert.AreNotEqual(0, Parse(arguments).Errors.Count);

    [TestMethod]
    [DataRow("")]
    [DataRow("bios uefi --compare --runs 3")]
    [DataRow("--all --plain --logs /tmp/x")]
    [DataRow("uefi --loaders-from mirror")]
    [DataRow("--scripts --plain")]
    [DataRow("--scripts kernel-missing deny --ipxe forky")]
    public void Right_arguments_are_taken(string arguments) => Assert.IsEmpty(Parse(arguments).Errors);

    private static ParseResult Parse(string arguments) => LabCommand.Create().Parse(arguments);

    private static void AssertChosen(string expected, string[] names, bool all) =>
        Assert.AreEqual(expected, string.Join(' ', LabCommand.Chosen(names, all).Select(client => client.Name)));
}
