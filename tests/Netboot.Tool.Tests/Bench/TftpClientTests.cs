using System.Linq;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class TftpClientTests
{
    [TestMethod]
    [DataRow(0, "atftp --get --remote-file a --local-file b 10.77.0.2")]
    [DataRow(1, "atftp --option|blksize 1468|--get --remote-file a --local-file b 10.77.0.2")]
    [DataRow(2, "atftp --option|blksize 1468|--option|windowsize 4|--get --remote-file a --local-file b 10.77.0.2")]
    [DataRow(3, "curl --silent --show-error --tftp-blksize 1468 --output b tftp://10.77.0.2/a")]
    public void Each_asks_in_its_way(int client, string expected) =>
        Assert.AreEqual(
            expected.Replace('|', ' '), string.Join(' ', TftpClient.All[client].Command("a", "b")));

    /// <summary>An option's name and value are one argument of atftp.</summary>
    [TestMethod]
    public void An_option_is_one_argument() => Assert.IsTrue(TftpClient.All[2].Command("a", "b").Contains("windowsize 4"));

    [TestMethod]
    public void Speed_is_by_the_median()
    {
        var times = new Distribution(new[] { 0.1, 0.2, 4 }.Select(System.TimeSpan.FromSeconds));
        Assert.AreEqual(80, new TftpResult("16 MB", 16_000_000, "atftp", [times]).Speed(0), 0.001);
    }
}
