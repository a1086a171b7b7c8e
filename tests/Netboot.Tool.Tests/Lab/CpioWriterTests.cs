using System.Globalization;
using System.IO;
using System.Text;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class CpioWriterTests
{
    private const int HeaderLength = 110;

    [TestMethod]
    public void Entry_is_the_kernels_newc_form()
    {
        var archive = Archive(writer => writer.Executable("init", "#!/bin/sh\n"u8));

        Assert.AreEqual("070701", Text(archive, 0, 6));
        Assert.AreEqual(1u, Field(archive, 0, 0), "inode");
        Assert.AreEqual(0x81EDu, Field(archive, 0, 1), "a regular file, 0755");
        Assert.AreEqual(10u, Field(archive, 0, 6), "size");
        Assert.AreEqual(5u, Field(archive, 0, 11), "name with its NUL");
        Assert.AreEqual("init\0", Text(archive, HeaderLength, 5));
        Assert.AreEqual("#!/bin/sh\n", Text(archive, 116, 10), "the content is at a multiple of 4");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4)]
    public void Every_entry_begins_at_a_multiple_of_four(int length)
    {
        var archive = Archive(writer =>
        {
            writer.Executable("a", new byte[length]);
            writer.Directory("dev");
        });

        var second = (HeaderLength + 2 + length + 3) / 4 * 4;
        Assert.AreEqual("070701", Text(archive, second, 6));
        Assert.AreEqual(0x41EDu, Field(archive, second, 1), "a folder, 0755");
    }

    [TestMethod]
    public void Device_and_link_carry_their_kind()
    {
        var device = Archive(writer => writer.CharacterDevice("dev/console", 5, 1));
        Assert.AreEqual(0x2180u, Field(device, 0, 1));
        Assert.AreEqual(5u, Field(device, 0, 9));
        Assert.AreEqual(1u, Field(device, 0, 10));

        var link = Archive(writer => writer.SymbolicLink("bin/sh", "busybox"));
        Assert.AreEqual(0xA1FFu, Field(link, 0, 1));
        Assert.AreEqual("busybox", Text(link, 120, 7));
    }

    [TestMethod]
    public void Archive_ends_with_the_trailer()
    {
        var archive = Archive(_ => { });
        Assert.AreEqual("TRAILER!!!\0", Text(archive, HeaderLength, 11));
        Assert.AreEqual(0, archive.Length % 4);
    }

    private static byte[] Archive(System.Action<CpioWriter> write)
    {
        var output = new MemoryStream();
        var writer = new CpioWriter(output);
        write(writer);
        writer.End();
        return output.ToArray();
    }

    private static string Text(byte[] archive, int start, int length) => Encoding.ASCII.GetString(archive, start, length);

    private static uint Field(byte[] archive, int entry, int index) =>
        uint.Parse(Text(archive, entry + 6 + (index * 8), 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
