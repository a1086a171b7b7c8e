using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Tests.Journal;

[TestClass]
public class LogTests
{
    private static readonly byte[] Mac = { 0x52, 0x54, 0, 0x12, 0x34, 0x56 };

    [TestMethod]
    public void Lines_have_pixiecores_shape()
    {
        var log = new Log(new LogText());
        byte[] file = Octets.Of("snponly.efi");
        log.Add(Subsystem.Dhcp, LogEvent.Offered, Mac, 0, 6, 0, 0, file, 0, file.Length);
        log.Add(Subsystem.Tftp, LogEvent.TransferDone, new byte[] { 10, 0, 0, 9 }, 0, 4, 284672, 310, file, 0, file.Length);
        log.Add(Subsystem.Init, LogEvent.Listening, 69, null);
        Assert.AreEqual("[DHCP] Offering to boot 52:54:00:12:34:56: snponly.efi", Line(log, 0));
        Assert.AreEqual("[TFTP] Sent to 10.0.0.9: snponly.efi, 284672 bytes in 310 ms", Line(log, 1));
        Assert.AreEqual("[Init] Listening on port 69", Line(log, 2));
    }

    [TestMethod]
    public void The_oldest_give_way()
    {
        var log = new Log(new LogText());
        for (int i = 0; i < Log.Capacity + 3; i++)
        {
            log.Add(Subsystem.Init, LogEvent.Note, 0, "line " + i.ToString());
        }

        Assert.AreEqual(Log.Capacity + 3, log.Added);
        Assert.IsNull(Line(log, 2));
        Assert.AreEqual("[Init] line 3", Line(log, 3));
        Assert.IsNull(Line(log, Log.Capacity + 3));
        Assert.IsNull(Line(log, -1));
    }

    [TestMethod]
    public void Where_texts_are_long_fewer_entries_are_kept_and_each_is_whole()
    {
        var log = new Log(new LogText());
        var text = new byte[Log.TextCapacity];
        for (int i = 0; i < 500; i++)
        {
            int length = (i * 37) % (Log.TextCapacity + 1);
            for (int j = 0; j < length; j++)
            {
                text[j] = (byte)('a' + (i % 26));
            }

            log.Add(Subsystem.Http, LogEvent.Note, Mac, 0, 6, 0, 0, text, 0, length);
        }

        Assert.IsTrue(log.Oldest < 500 - 20 && log.Oldest > 500 - Log.Capacity - 1);
        Assert.IsNull(Line(log, log.Oldest - 1));
        for (int i = log.Oldest; i < 500; i++)
        {
            string line = Line(log, i);
            Assert.AreEqual(7 + ((i * 37) % (Log.TextCapacity + 1)), line.Length);
            Assert.IsTrue(line.Length == 7 || line.ToCharArray()[7] == 'a' + (i % 26));
            var machine = new byte[6];
            Assert.AreEqual(6, log.MachineOf(i, machine));
            Assert.AreEqual(0x56, (int)machine[5]);
        }

        Assert.AreEqual(0, log.MachineOf(500, new byte[6]));
    }

    [TestMethod]
    public void Text_that_a_machine_sent_is_cut_and_cleaned()
    {
        var log = new Log(new LogText());
        var text = new byte[300];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = i == 1 ? (byte)10 : (byte)'a';
        }

        log.Add(Subsystem.Http, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        string line = Line(log, 0);
        Assert.IsTrue(line.StartsWith("[HTTP] a.aaa") && line.EndsWith("a..."));
        Assert.AreEqual(7 + Log.TextCapacity, line.Length);
    }

    [TestMethod]
    public void A_long_text_ends_with_a_whole_word_and_says_that_there_was_more()
    {
        var log = new Log(new LogText());
        byte[] text = Octets.Of(
            "the catalogue has no such file as the machine asks for and the mirror, which may have it, answers that it has moved to another place");
        log.Add(Subsystem.Tftp, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        Assert.AreEqual("[TFTP] the catalogue has no such file as the machine asks for and the mirror, which may have it, answers that it has...", Line(log, 0));
        Assert.AreEqual(9, TextCut.PartLength(Octets.Of("some long words"), 0, 15, 10));
    }

    private static string Line(Log log, int index)
    {
        var writer = new ByteWriter(400, 400);
        return log.Write(index, writer, out long time) ? writer.ToString() : null;
    }
}
