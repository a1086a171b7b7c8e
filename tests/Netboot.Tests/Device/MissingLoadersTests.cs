using System.Text;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Device;

/// <summary>
/// What the log says at the start of loaders that usual machines would need; the board of these tests has snponly.efi alone.
/// </summary>
[TestClass]
public class MissingLoadersTests
{
    private const string None = "No loader on the board or a mirror: undionly.kpxe snponly-arm64.efi";

    [TestMethod]
    [DataRow("", None, "Set [mirror] url. Loaders for its folder are in Debian's ipxe package and on github.com/ipxe/ipxe/releases")]
    [DataRow("[mirror]\nurl = https://nas/\n", None,
        "This board cannot use the mirror's https://: set [mirror] loaders to an http:// address")]
    [DataRow("[mirror]\nurl = http://nas/\n", null, null)]
    [DataRow("[loaders]\nbios = snponly.efi\narm64 = snponly.efi\n", null, null)]
    public void Missing_loaders_are_told_at_the_start(string settings, string first, string second)
    {
        var board = new VirtualBoard();
        byte[] text = Encoding.ASCII.GetBytes(settings + "[device]\nname = netboot\n");
        board.Write(SettingsStore.ImportFile, text, text.Length);
        using var running = new RunningDevice(board);
        var lines = new StringBuilder();
        var writer = new ByteWriter(256, 512);
        for (int i = 0; i < running.Device.Log.Added; i++)
        {
            writer.Clear();
            running.Device.Log.Write(i, writer, out _);
            lines.AppendLine(writer.ToString());
        }

        if (first == null)
        {
            Assert.DoesNotContain("No loader", lines.ToString());
            return;
        }

        Assert.Contains("[Init] " + first, lines.ToString());
        Assert.Contains("[Init] " + second, lines.ToString());
    }
}
