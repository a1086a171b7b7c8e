using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

[TestClass]
public partial class TftpTransferTests
{
    [TestMethod]
    public void Without_options_data_1_is_the_answer_and_blocks_go_one_by_one()
    {
        var bench = new TransferBench();
        bench.Open(1000, "f|octet|");
        Assert.AreEqual("DATA 1 +512", bench.Due(0), "answer");
        Assert.AreEqual("", bench.Due(999), "nothing more");
        Assert.AreEqual("DATA 2 +488", bench.Acked(1, 5), "second");
        Assert.AreEqual("", bench.Acked(2, 6), "nothing after the last");
        Assert.IsTrue(bench.Transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Option_ack_answers_what_was_asked_and_nothing_else()
    {
        var bench = new TransferBench();
        bench.Open(301056, "f|octet|tsize|0|blksize|1468|windowsize|4|");
        Assert.AreEqual("OACK blksize|1468|tsize|301056|windowsize|4|", bench.Due(0), "edk2");
        bench.Open(5, "f|octet|tsize|0|");
        Assert.AreEqual("OACK tsize|5|", bench.Due(0), "tsize");
        bench.Open(5, "f|octet|timeout|8|");
        Assert.AreEqual("OACK timeout|8|", bench.Due(0), "timeout");
        bench.Open(0, "f|octet|tsize|0|");
        Assert.AreEqual("OACK tsize|0|", bench.Due(0), "empty file");
    }

    [TestMethod]
    public void Granted_values_are_cut_to_what_fits_and_bad_ones_left_out()
    {
        var bench = new TransferBench();
        bench.Open(5, "f|octet|blksize|65464|windowsize|64|");
        Assert.AreEqual("OACK blksize|1468|windowsize|4|", bench.Due(0), "cut");
        bench.Open(5, "f|octet|blksize|7|windowsize|2|timeout|256|");
        Assert.AreEqual("OACK windowsize|2|", bench.Due(0), "left out");
        bench.Open(600, "f|octet|blksize|7|");
        Assert.AreEqual("DATA 1 +512", bench.Due(0), "no option left: no OACK (RFC 2347)");
    }

    [TestMethod]
    public void No_window_before_the_first_ack()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|blksize|1468|windowsize|4|");
        Assert.AreEqual("OACK blksize|1468|windowsize|4|", bench.Due(0), "answer");
        Assert.AreEqual("", bench.Due(0), "no data yet");
        Assert.AreEqual("", bench.Acked(1, 1), "a wrong first ACK starts nothing");
        Assert.AreEqual("DATA 1 +1468", bench.Acked(0, 2), "ACK 0 does");
        Assert.AreEqual("DATA 2 +1468", bench.Due(2), "2");
        Assert.AreEqual("DATA 3 +1468", bench.Due(2), "3");
        Assert.AreEqual("DATA 4 +1468", bench.Due(2), "4");
        Assert.AreEqual("", bench.Due(2), "window is full");
        Assert.AreEqual("DATA 5 +1468", bench.Acked(4, 3), "next window");
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
        var bench = new TransferBench();
        bench.Open(size, "f|octet|");
        string sent = bench.Due(0);
        for (int block = 1; block < blocks; block++)
        {
            Assert.AreEqual("DATA " + block.ToString() + " +512", sent, "full block");
            sent = bench.Acked(block, block);
        }

        Assert.AreEqual("DATA " + blocks.ToString() + " +" + lastLength.ToString(), sent, "last block");
        bench.Acked(blocks, 99);
        Assert.IsTrue(bench.Transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Duplicate_ack_in_lock_step_sends_nothing()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|");
        bench.Due(0);
        Assert.AreEqual("DATA 2 +512", bench.Acked(1, 1), "2");
        Assert.AreEqual("", bench.Acked(1, 2), "duplicate");
        Assert.AreEqual("", bench.Acked(1, 500), "duplicate, later");
        Assert.AreEqual("DATA 3 +512", bench.Acked(2, 501), "3");
        Assert.AreEqual("", bench.Acked(1, 502), "old");
        Assert.AreEqual("", bench.Acked(9, 503), "never sent");
        Assert.AreEqual(3, bench.Counts[Counter.TftpBlocks], "each block once");
    }

    [TestMethod]
    public void Duplicate_ack_in_a_window_sends_again_only_when_nothing_else_comes()
    {
        var bench = new TransferBench();
        bench.OpenWindow();
        bench.AssertWindow(bench.Acked(4, 1), 5, 1);
        Assert.AreEqual("", bench.Acked(4, 2), "duplicate");
        bench.AssertWindow(bench.Acked(8, 50), 9, 50);
        Assert.AreEqual(0, bench.Counts[Counter.TftpRepeated], "nothing twice");
        Assert.AreEqual("", bench.Acked(8, 60), "duplicate");
        Assert.AreEqual("", bench.Acked(8, 61), "and one more");
        Assert.AreEqual("", bench.Due(60 + TftpLimits.SettleTime - 1), "waits");
        bench.AssertWindow(bench.Due(60 + TftpLimits.SettleTime), 9, 60 + TftpLimits.SettleTime);
        Assert.AreEqual(4, bench.Counts[Counter.TftpRepeated], "once");
    }

    [TestMethod]
    public void Client_that_repeats_itself_for_ever_is_left_to_the_timeout()
    {
        var bench = new TransferBench();
        bench.OpenWindow();
        bench.AssertWindow(bench.Acked(4, 1), 5, 1);
        int sent = bench.Counts[Counter.TftpBlocks];
        long now = 2;
        for (; now < 900; now++)
        {
            bench.Acked(4, now);
            while (bench.Due(now).Length > 0)
            {
            }
        }

        Assert.AreEqual(sent + (4 * TftpLimits.MostSettles), bench.Counts[Counter.TftpBlocks], "bounded");
    }

    [TestMethod]
    public void Ack_inside_the_window_goes_back_to_it()
    {
        var bench = new TransferBench();
        bench.OpenWindow();
        bench.AssertWindow(bench.Acked(4, 1), 5, 1);
        bench.AssertWindow(bench.Acked(6, 2), 7, 2);
        Assert.AreEqual(2, bench.Counts[Counter.TftpRepeated], "7 and 8");
        bench.AssertWindow(bench.Acked(10, 3), 11, 3);
    }

    [TestMethod]
    public void Second_gap_while_going_back_waits_a_little()
    {
        var bench = new TransferBench();
        bench.OpenWindow();
        bench.AssertWindow(bench.Acked(4, 1), 5, 1);
        bench.AssertWindow(bench.Acked(5, 2), 6, 2);
        Assert.AreEqual("DATA 10 +8", bench.Acked(6, 3), "7 and 8 are on their way twice: only what is new");
        Assert.AreEqual("", bench.Due(3), "no more");
        bench.AssertWindow(bench.Due(3 + TftpLimits.SettleTime), 7, 3 + TftpLimits.SettleTime);
    }

    [TestMethod]
    public void Block_numbers_wrap_from_65535_to_0()
    {
        var bench = new TransferBench();
        bench.Open((65536 * 8) + 20, "f|octet|blksize|8|windowsize|4|");
        bench.Due(0);
        bench.Acked(0, 0);
        bench.Due(0);
        bench.Due(0);
        bench.Due(0);
        int block = 4;
        for (; block < 65532; block += 4)
        {
            bench.Acked(block & 0xFFFF, block);
            bench.Due(block);
            bench.Due(block);
            bench.Due(block);
        }

        Assert.AreEqual("DATA 65533 +8", bench.Acked(65532, block), "65533");
        Assert.AreEqual("DATA 65534 +8", bench.Due(block), "65534");
        Assert.AreEqual("DATA 65535 +8", bench.Due(block), "65535");
        Assert.AreEqual("DATA 0 +8", bench.Due(block), "wraps");
        Assert.AreEqual(PatternReader.At(65535 * 8), bench.Buffer[4], "content goes on");
        Assert.AreEqual("DATA 0 +8", bench.Acked(65535, block), "ACK before the wrap goes back to it");
        Assert.AreEqual("DATA 1 +8", bench.Due(block), "1");
        Assert.AreEqual("DATA 2 +8", bench.Due(block), "2");
        Assert.AreEqual("DATA 3 +4", bench.Due(block), "3");
        Assert.AreEqual("", bench.Acked(3, block), "end");
        Assert.IsTrue(bench.Transfer.State == TftpState.Done, "done");
    }

    [TestMethod]
    public void Silence_sends_again_with_doubling_waits_and_then_gives_up()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|");
        bench.Due(0);
        bench.Acked(1, 0);
        long[] waits = { 1000, 2000, 4000, 8000, 8000 };
        long now = 0;
        for (int i = 0; i < waits.Length; i++)
        {
            Assert.AreEqual("", bench.Due(now + waits[i] - 1), "not before");
            now += waits[i];
            Assert.AreEqual("DATA 2 +512", bench.Due(now), "again");
        }

        Assert.AreEqual("", bench.Due(now + 8000), "gives up");
        Assert.IsTrue(bench.Transfer.State == TftpState.Failed, "failed");
        Assert.AreEqual(TftpTransfer.NoError, bench.Transfer.ErrorCode, "nobody is there to be told");
        Assert.AreEqual(5, bench.Counts[Counter.TftpRepeated], "retransmits");
    }

    [TestMethod]
    public void First_answer_is_sent_again_only_twice()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|tsize|0|");
        bench.Due(0);
        Assert.AreEqual("OACK tsize|100000|", bench.Due(1000), "once");
        Assert.AreEqual("OACK tsize|100000|", bench.Due(3000), "twice");
        Assert.AreEqual("", bench.Due(7000), "no more");
        Assert.IsTrue(bench.Transfer.State == TftpState.Failed, "failed");
    }

    [TestMethod]
    public void Negotiated_timeout_is_the_first_wait_and_progress_starts_over()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|timeout|3|");
        bench.Due(0);
        Assert.AreEqual("", bench.Due(2999), "not before");
        Assert.AreEqual("OACK timeout|3|", bench.Due(3000), "after 3 s");
        Assert.AreEqual("DATA 1 +512", bench.Acked(0, 3001), "begins");
        Assert.AreEqual("DATA 1 +512", bench.Due(6001), "3 s again, not 6");
        Assert.AreEqual("", bench.Due(12000), "then 6");
        Assert.AreEqual("DATA 1 +512", bench.Due(12001), "doubled");
    }

    [TestMethod]
    public void Repeated_request_gets_the_first_answer_again()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|");
        bench.Due(0);
        bench.Transfer.RequestAgain();
        Assert.AreEqual("DATA 1 +512", bench.Due(10), "again");
        bench.Acked(1, 11);
        bench.Transfer.RequestAgain();
        Assert.AreEqual("", bench.Due(12), "not once it runs");
    }

    [TestMethod]
    public void Error_before_the_first_ack_is_no_failure()
    {
        var bench = new TransferBench();
        bench.Open(3000, "f|octet|tsize|0|");
        bench.Due(0);
        bench.Transfer.EndedByClient("User aborted the transfer");
        Assert.IsTrue(bench.Transfer.State == TftpState.Declined, "declined");
        Assert.AreEqual("", bench.Due(60000), "nothing more");
        bench.Open(3000, "f|octet|tsize|0|");
        bench.Due(0);
        bench.Acked(0, 1);
        bench.Transfer.EndedByClient("disk full");
        Assert.IsTrue(bench.Transfer.State == TftpState.Failed, "failed");
        Assert.AreEqual(TftpTransfer.NoError, bench.Transfer.ErrorCode, "an ERROR is not answered");
    }
}
