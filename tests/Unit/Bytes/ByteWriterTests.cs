using Netboot.Bytes;

namespace Netboot.Tests.Bytes;

[TestClass]
public class ByteWriterTests
{
    [TestMethod]
    [DataRow(0, "0")]
    [DataRow(7, "7")]
    [DataRow(10, "10")]
    [DataRow(-15, "-15")]
    [DataRow(1234567890, "1234567890")]
    [DataRow(2147483647, "2147483647")]
    [DataRow(-2147483648, "-2147483648")]
    public void Numbers_are_written_in_decimal(int number, string text) =>
        Assert.AreEqual(text, new ByteWriter(16, 16).Number(number).ToString());

    [TestMethod]
    public void Addresses_are_written_as_people_do()
    {
        byte[] bytes = { 0x52, 0x54, 0x00, 0xAB, 0x0C, 0xFF };
        Assert.AreEqual("52:54:00:ab:0c:ff", new ByteWriter(32, 32).Mac(bytes, 0, ':').ToString());
        Assert.AreEqual("84.0.171.12", new ByteWriter(32, 32).Address(bytes, 1).ToString());
    }

    [TestMethod]
    public void What_does_not_fit_is_cut_off_and_told()
    {
        var writer = new ByteWriter(new byte[5]);
        writer.Text("abc").Text("defg");
        Assert.AreEqual("abcde", writer.ToString());
        Assert.IsTrue(writer.Overflowed);
        writer.Byte('x').Number(5).Mac(new byte[6], 0, ':');
        Assert.AreEqual("abcde", writer.ToString());
        writer.Clear();
        Assert.IsFalse(writer.Overflowed);
        Assert.AreEqual("a", writer.Byte('a').ToString());
    }

    [TestMethod]
    public void A_text_fills_a_buffer_to_its_last_byte()
    {
        const string Text = "a text that is as long as the buffer it goes into";
        var writer = new ByteWriter(new byte[Text.Length]);
        Assert.AreEqual(Text, writer.Text(Text).ToString());
        Assert.IsFalse(writer.Overflowed);
        writer = new ByteWriter(8, Text.Length + 3);
        Assert.AreEqual("abc" + Text, writer.Text("abc").Text(Text).ToString());
        Assert.IsFalse(writer.Overflowed);
    }

    [TestMethod]
    public void Characters_that_take_several_bytes_are_written_whole()
    {
        // Written as escapes: the sources are ASCII.
        string text = "caf\u00e9 \u20ac5";
        Assert.AreEqual(text, new ByteWriter(11, 11).Text(text).ToString());
        Assert.AreEqual(text, new ByteWriter(64, 64).Text(text).ToString());
    }

    [TestMethod]
    public void A_growing_writer_keeps_all_up_to_its_limit()
    {
        var writer = new ByteWriter(4, 100);
        for (int i = 0; i < 100; i++)
        {
            writer.Byte('a');
        }

        Assert.AreEqual(100, writer.Length);
        Assert.IsFalse(writer.Overflowed);
        writer.Byte('b');
        Assert.AreEqual(100, writer.Length);
        Assert.IsTrue(writer.Overflowed);
    }

    [TestMethod]
    public void Text_from_outside_cannot_write_control_characters()
    {
        byte[] bytes = { (byte)'a', 27, (byte)'[', 10, 200, (byte)'~' };
        Assert.AreEqual("a.[..~", new ByteWriter(16, 16).Printable(bytes, 0, bytes.Length).ToString());
    }

    [TestMethod]
    public void Each_byte_is_made_printable_at_each_of_seven_places()
    {
        var bytes = new byte[7];
        var neighbours = new byte[] { 0x00, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80, 0xFF };
        for (int place = 0; place < bytes.Length; place++)
        {
            for (int neighbour = 0; neighbour < neighbours.Length; neighbour++)
            {
                for (int value = 0; value < 256; value++)
                {
                    for (int i = 0; i < bytes.Length; i++)
                    {
                        bytes[i] = neighbours[neighbour];
                    }

                    bytes[place] = (byte)value;
                    byte[] written = new ByteWriter(8, 8).Printable(bytes, 0, bytes.Length).Buffer;
                    for (int i = 0; i < bytes.Length; i++)
                    {
                        Assert.AreEqual(bytes[i] < 0x20 || bytes[i] > 0x7E ? (int)'.' : (int)bytes[i], (int)written[i]);
                    }
                }
            }
        }
    }
}
