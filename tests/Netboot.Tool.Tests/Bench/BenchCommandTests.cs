using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class BenchCommandTests
{
    [TestMethod]
    [DataRow("offers")]
    [DataRow("offers --rate 200 --seconds 10 --machines 7 --plain")]
    [DataRow("tftp --runs 3 --plain")]
    [DataRow("hostile")]
    [DataRow("hostile --case slow-http --case blind-acks --seconds 3 --no-times --markdown --plain")]
    public void Right_arguments_are_taken(string arguments) => Assert.IsEmpty(BenchCommand.Create().Parse(arguments).Errors);

    [TestMethod]
    [DataRow("")]
    [DataRow("offers --rate 0")]
    [DataRow("offers --rate 2001")]
    [DataRow("offers --seconds 601")]
    [DataRow("offers --machines 65536")]
    [DataRow("answers")]
    [DataRow("tftp --runs 0")]
    [DataRow("hostile --case friendly")]
    [DataRow("hostile --seconds 0")]
    public void Wrong_arguments_are_refused(string arguments) => Assert.AreNotEqual(0, BenchCommand.Create().Parse(arguments).Errors.Count);
}
