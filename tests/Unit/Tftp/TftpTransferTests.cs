using Netboot.Bytes;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

[TestClass]
public partial class TftpTransferTests
{
    private readonly byte[] _buffer = new byte[TftpPackets.MaxPacket];
    private readonly TftpTransfer _transfer = new TftpTransfer();
    private PatternReader _file;

    [TestMethod]
    public void Without_options_data_1_is_the_answer_and_blocks_go_one_by_one()
    {
        Open(1000, "f|octet|");
        Assert.AreEqual("DATA 1 +512", Due(0), "answer");
        Assert.AreEqual("", Due(999), "nothing more");
        Assert.AreEqual("DATA 2 +488", Acked(1, 5), "second");
        Assert.AreEqual("", Acked(2, 6), "nothing after the last");
        Assert.IsTrue(_transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Option_ack_answers_what_was_asked_and_nothing_else()
    {
        Open(301056, "f|octet|tsize|0|blksize|1468|windowsize|4|");
        Assert.AreEqual("OACK blksize|1468|tsize|301056|windowsize|4|", Due(0), "edk2");
        Open(5, "f|octet|tsize|0|");
        Assert.AreEqual("OACK tsize|5|", Due(0), "tsize");
        Open(5, "f|octet|timeout|255|");
        Assert.AreEqual("OACK timeout|255|", Due(0), "timeout");
        Open(0, "f|octet|tsize|0|");
        Assert.AreEqual("OACK tsize|0|", Due(0), "empty file");
    }

    [TestMethod]
    public void Granted_values_are_cut_to_what_fits_and_bad_ones_left_out()
    {
        Open(5, "f|octet|blksize|65464|windowsize|64|");
        Assert.AreEqual("OACK blksize|1468|windowsize|4|", Due(0), "cut");
        Open(5, "f|octet|blksize|7|windowsize|2|timeout|256|");
        Assert.AreEqual("OACK windowsize|2|", Due(0), "left out");
        Open(600, "f|octet|blksize|7|");
        Assert.AreEqual("DATA 1 +512", Due(0), "no option left: no OACK (RFC 2347)");
    }

    [TestMethod]
    public void No_window_before_the_first_ack()
    {
        Open(100000, "f|octet|blksize|1468|windowsize|4|");
        Assert.AreEqual("OACK blksize|1468|windowsize|4|", Due(0), "answer");
        Assert.AreEqual("", Due(0), "no data yet");
        Assert.AreEqual("", Acked(1, 1), "a wrong first ACK starts nothing");
        Assert.AreEqual("DATA 1 +1468", Acked(0, 2), "ACK 0 does");
        Assert.AreEqual("DATA 2 +1468", Due(2), "2");
        Assert.AreEqual("DATA 3 +1468", Due(2), "3");
        Assert.AreEqual("DATA 4 +1468", Due(2), "4");
        Assert.AreEqual("", Due(2), "window is full");
        Assert.AreEqual("DATA 5 +1468", Acked(4, 3), "next window");
    }

    [DataRow(0, 1, 0)]
    [DataRow(1, 1, 1)]
    [DataRow(511, 1, 511)]
    [DataRow(512, 2, 0)]
    [DataRow(513, 2, 1)]
    [DataRow(1024, 3, 0)]
    [TestMethod]
    public void Short_block_ends_the_file_and_an_exact_multiple_gets_an_empty_one(int size, int blocks, int lastLength)
    {
        Open(size, "f|octet|");
        string sent = Due(0);
        for (int block = 1; block < blocks; block++)
        {
            Assert.AreEqual("DATA " + block.ToString() + " +512", sent, "full block");
            sent = Acked(block, block);
        }

        Assert.AreEqual("DATA " + blocks.ToString() + " +" + lastLength.ToString(), sent, "last block");
        Acked(blocks, 99);
        Assert.IsTrue(_transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Duplicate_ack_in_lock_step_sends_nothing()
    {
        Open(100000, "f|octet|");
        Due(0);
        Assert.AreEqual("DATA 2 +512", Acked(1, 1), "2");
        Assert.AreEqual("", Acked(1, 2), "duplicate");
        Assert.AreEqual("", Acked(1, 500), "duplicate, later");
        Assert.AreEqual("DATA 3 +512", Acked(2, 501), "3");
        Assert.AreEqual("", Acked(1, 502), "old");
        Assert.AreEqual("", Acked(9, 503), "never sent");
        Assert.AreEqual(3, _transfer.BlocksSent, "each block once");
    }

    [TestMethod]
    public void Duplicate_ack_in_a_window_sends_again_only_when_nothing_else_comes()
    {
        OpenWindow();
        AssertWindow(Acked(4, 1), 5, 1);
        Assert.AreEqual("", Acked(4, 2), "duplicate");
        AssertWindow(Acked(8, 50), 9, 50);
        Assert.AreEqual(0, _transfer.Retransmits, "nothing twice");
        Assert.AreEqual("", Acked(8, 60), "duplicate");
        Assert.AreEqual("", Acked(8, 61), "and one more");
        Assert.AreEqual("", Due(60 + TftpTransfer.SettleTime - 1), "waits");
        AssertWindow(Due(60 + TftpTransfer.SettleTime), 9, 60 + TftpTransfer.SettleTime);
        Assert.AreEqual(4, _transfer.Retransmits, "once");
    }

    [TestMethod]
    public void Client_that_repeats_itself_for_ever_is_left_to_the_timeout()
    {
        OpenWindow();
        AssertWindow(Acked(4, 1), 5, 1);
        int sent = _transfer.BlocksSent;
        long now = 2;
        for (; now < 900; now++)
        {
            Acked(4, now);
            while (Due(now).Length > 0)
            {
            }
        }

        Assert.AreEqual(sent + (4 * TftpTransfer.MostSettles), _transfer.BlocksSent, "bounded");
    }

    [TestMethod]
    public void Ack_inside_the_window_goes_back_to_it()
    {
        OpenWindow();
        AssertWindow(Acked(4, 1), 5, 1);
        AssertWindow(Acked(6, 2), 7, 2);
        Assert.AreEqual(2, _transfer.Retransmits, "7 and 8");
        AssertWindow(Acked(10, 3), 11, 3);
    }

    [TestMethod]
    public void Second_gap_while_going_back_waits_a_little()
    {
        OpenWindow();
        AssertWindow(Acked(4, 1), 5, 1);
        AssertWindow(Acked(5, 2), 6, 2);
        Assert.AreEqual("DATA 10 +8", Acked(6, 3), "7 and 8 are on their way twice: only what is new");
        Assert.AreEqual("", Due(3), "no more");
        AssertWindow(Due(3 + TftpTransfer.SettleTime), 7, 3 + TftpTransfer.SettleTime);
    }

    [TestMethod]
    public void Block_numbers_wrap_from_65535_to_0()
    {
        Open((65536 * 8) + 20, "f|octet|blksize|8|windowsize|4|");
        Due(0);
        Acked(0, 0);
        Due(0);
        Due(0);
        Due(0);
        int block = 4;
        for (; block < 65532; block += 4)
        {
            Acked(block & 0xFFFF, block);
            Due(block);
            Due(block);
            Due(block);
        }

        Assert.AreEqual("DATA 65533 +8", Acked(65532, block), "65533");
        Assert.AreEqual("DATA 65534 +8", Due(block), "65534");
        Assert.AreEqual("DATA 65535 +8", Due(block), "65535");
        Assert.AreEqual("DATA 0 +8", Due(block), "wraps");
        Assert.AreEqual(PatternReader.At(65535 * 8), _buffer[4], "content goes on");
        Assert.AreEqual("DATA 0 +8", Acked(65535, block), "ACK before the wrap goes back to it");
        Assert.AreEqual("DATA 1 +8", Due(block), "1");
        Assert.AreEqual("DATA 2 +8", Due(block), "2");
        Assert.AreEqual("DATA 3 +4", Due(block), "3");
        Assert.AreEqual("", Acked(3, block), "end");
        Assert.IsTrue(_transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Silence_sends_again_with_doubling_waits_and_then_gives_up()
    {
        Open(100000, "f|octet|");
        Due(0);
        Acked(1, 0);
        long[] waits = { 1000, 2000, 4000, 8000, 8000 };
        long now = 0;
        for (int i = 0; i < waits.Length; i++)
        {
            Assert.AreEqual("", Due(now + waits[i] - 1), "not before");
            now += waits[i];
            Assert.AreEqual("DATA 2 +512", Due(now), "again");
        }

        Assert.AreEqual("", Due(now + 8000), "gives up");
        Assert.IsTrue(_transfer.State == TftpState.Failed, "failed");
        Assert.AreEqual(TftpTransfer.NoError, _transfer.ErrorCode, "nobody is there to be told");
        Assert.AreEqual(5, _transfer.Retransmits, "retransmits");
    }

    [TestMethod]
    public void First_answer_is_sent_again_only_twice()
    {
        Open(100000, "f|octet|tsize|0|");
        Due(0);
        Assert.AreEqual("OACK tsize|100000|", Due(1000), "once");
        Assert.AreEqual("OACK tsize|100000|", Due(3000), "twice");
        Assert.AreEqual("", Due(7000), "no more");
        Assert.IsTrue(_transfer.State == TftpState.Failed, "failed");
    }

    [TestMethod]
    public void Negotiated_timeout_is_the_first_wait_and_progress_starts_over()
    {
        Open(100000, "f|octet|timeout|3|");
        Due(0);
        Assert.AreEqual("", Due(2999), "not before");
        Assert.AreEqual("OACK timeout|3|", Due(3000), "after 3 s");
        Assert.AreEqual("DATA 1 +512", Acked(0, 3001), "begins");
        Assert.AreEqual("DATA 1 +512", Due(6001), "3 s again, not 6");
        Assert.AreEqual("", Due(12000), "then 6");
        Assert.AreEqual("DATA 1 +512", Due(12001), "doubled");
    }

    [TestMethod]
    public void Repeated_request_gets_the_first_answer_again()
    {
        Open(100000, "f|octet|");
        Due(0);
        _transfer.RequestAgain();
        Assert.AreEqual("DATA 1 +512", Due(10), "again");
        Acked(1, 11);
        _transfer.RequestAgain();
        Assert.AreEqual("", Due(12), "not once it runs");
    }

    [TestMethod]
    public void Error_before_the_first_ack_is_no_failure()
    {
        Open(3000, "f|octet|tsize|0|");
        Due(0);
        _transfer.EndedByClient(Octets.Of("User aborted the transfer"));
        Assert.IsTrue(_transfer.State == TftpState.Declined, "declined");
        Assert.AreEqual("", Due(60000), "nothing more");
        Open(3000, "f|octet|tsize|0|");
        Due(0);
        Acked(0, 1);
        _transfer.EndedByClient(Octets.Of("disk full"));
        Assert.IsTrue(_transfer.State == TftpState.Failed, "failed");
        Assert.AreEqual(TftpTransfer.NoError, _transfer.ErrorCode, "an ERROR is not answered");
    }

    private void Open(int size, string request)
    {
        Open(size, request, size);
    }

    private void Open(int size, string request, int delivered)
    {
        _file = new PatternReader(size);
        _file.Delivered = delivered;
        _transfer.Open(_file, Packets.Parsed(request), 0);
    }

    // A transfer of many blocks of 8 bytes in windows of 4, the first one sent.
    private void OpenWindow()
    {
        Open(100000, "f|octet|blksize|8|windowsize|4|");
        Due(0);
        AssertWindow(Acked(0, 0), 1, 0);
    }

    private void AssertWindow(string first, int block, long now)
    {
        Assert.AreEqual("DATA " + block.ToString() + " +8", first, "first of the window");
        for (int i = 1; i < 4; i++)
        {
            Assert.AreEqual("DATA " + (block + i).ToString() + " +8", Due(now), "in the window");
            Assert.AreEqual(PatternReader.At((block + i - 1) * 8), _buffer[4], "content");
        }

        Assert.AreEqual("", Due(now), "not more than the window");
    }

    private string Acked(int block, long now)
    {
        _transfer.Acknowledge(block, now);
        return Due(now);
    }

    private string Due(long now)
    {
        return Packets.Show(_buffer, _transfer.Next(_buffer, now));
    }
}
