using System.IO;
using System.Linq;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Tests.Mirror;

[TestClass]
public sealed class FileHeaderTests
{
    /// <summary>Half of a download is cut anywhere: it is read like any file, and is no kernel before its whole head is there.</summary>
    [TestMethod]
    public void Every_beginning_of_a_file_can_be_read()
    {
        foreach (byte[] file in (byte[][])[SampleFiles.BzImage("6.1"), SampleFiles.BzImage("6.1", 0), SampleFiles.Arm64Image(), SampleFiles.Pe(0x8664, 10)])
        {
            FileKind whole = FileHeader.Of(file).Kind;
            for (int length = 0; length < file.Length; length++)
            {
                FileKind kind = FileHeader.Of(file[..length]).Kind;
                Assert.IsTrue(kind == FileKind.Unknown || kind == whole || kind == FileKind.EfiProgram, $"{length} bytes: {kind}");
            }
        }
    }

    [TestMethod]
    public void A_kernel_is_read_the_same_from_a_stream()
    {
        byte[] file = SampleFiles.BzImage("6.1");
        Assert.AreEqual(FileHeader.Of(file), FileHeader.Read(new MemoryStream([.. file, .. Enumerable.Repeat((byte)1, 5000)])));
    }

    [TestMethod]
    public void iPXE_as_a_kernel_is_not_taken_for_Linux() =>
        Assert.AreEqual(FileKind.Ipxe, FileHeader.Of(SampleFiles.BzImage("iPXE 1.21.1", 0)).Kind);
}
