using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <content>The source: late, missing, failing, let go of.</content>
public partial class TftpTransferTests
{
    [TestMethod]
    public void Opening_waits_for_the_mirror_and_answers_when_it_has()
    {
        var bench = new TransferBench();
        bench.Open(3000, "f|octet|tsize|0|", 0);
        bench.File.Told = LoaderReader.NotYet;
        Assert.AreEqual("", bench.Due(0), "waits");
        Assert.AreEqual("", bench.Due(5000), "still");
        Assert.IsTrue(bench.Transfer.State == TftpState.Opening && bench.Transfer.WaitsForSource, "opening");
        bench.File.Told = 3000;
        Assert.AreEqual("OACK tsize|3000|", bench.Due(5001), "answers");
    }

    /// <summary>
    /// A client waits for the whole window before it acknowledges: one that never comes would cost its timeout for each block.
    /// </summary>
    [TestMethod]
    [DataRow(2016, "f|octet|blksize|1468|windowsize|4|", "OACK blksize|1468|windowsize|1|")]
    [DataRow(6048, "f|octet|blksize|1468|windowsize|4|", "OACK blksize|1468|windowsize|4|")]
    [DataRow(2016, "f|octet|blksize|512|windowsize|4|", "OACK blksize|512|windowsize|3|")]
    [DataRow(100, "f|octet|blksize|512|windowsize|2|", "OACK blksize|512|windowsize|1|")]
    [DataRow(2016, "f|octet|blksize|1468|", "OACK blksize|1468|")]
    public void No_window_is_larger_than_what_the_source_keeps(int kept, string request, string answer)
    {
        var bench = new TransferBench();
        bench.Open(100000, request);
        bench.File.Kept = kept;
        Assert.AreEqual(answer, bench.Due(0));
    }

    [TestMethod]
    public void Size_that_nobody_knows_is_left_out()
    {
        var bench = new TransferBench();
        bench.Open(700, "f|octet|tsize|0|blksize|1024|");
        bench.File.Told = LoaderReader.NotYet;
        Assert.AreEqual("OACK blksize|1024|", bench.Due(0), "no tsize");
        Assert.AreEqual("DATA 1 +700", bench.Acked(0, 1), "ends where the file ends");
        bench.Acked(1, 2);
        Assert.IsTrue(bench.Transfer.State == TftpState.Done, "done");
        Assert.AreEqual(700, bench.Transfer.Size, "size is known now");
    }

    [TestMethod]
    public void Late_mirror_holds_the_window_and_sends_nothing_again_meanwhile()
    {
        var bench = new TransferBench();
        bench.Open(100000, "f|octet|blksize|1000|windowsize|4|", 2000);
        bench.Due(0);
        Assert.AreEqual("DATA 1 +1000", bench.Acked(0, 0), "1");
        Assert.AreEqual("DATA 2 +1000", bench.Due(0), "2");
        Assert.AreEqual("", bench.Due(0), "3 is late");
        Assert.AreEqual("", bench.Due(20000), "however long");
        Assert.AreEqual(0, bench.Counts[Counter.TftpRepeated], "nothing again");
        bench.File.Delivered = 3500;
        Assert.AreEqual("DATA 3 +1000", bench.Due(20001), "goes on");
        Assert.AreEqual("DATA 3 +1000", bench.Acked(2, 20002), "the client's own timeout: back to it");
        Assert.AreEqual("", bench.Due(20002), "4 is late");
        bench.File.Delivered = 100000;
        Assert.AreEqual("DATA 4 +1000", bench.Due(20003), "goes on");
    }

    [TestMethod]
    public void Mirror_that_never_delivers_ends_the_transfer()
    {
        var bench = new TransferBench();
        bench.Open(3000, "f|octet|", 0);
        bench.File.Told = LoaderReader.NotYet;
        bench.Due(0);
        bench.Due(TftpLimits.LongestSourceWait - 1);
        Assert.IsTrue(bench.Transfer.State == TftpState.Opening, "waits");
        bench.Due(TftpLimits.LongestSourceWait);
        Assert.IsTrue(bench.Transfer.State == TftpState.Failed, "ends");
        Assert.AreEqual(TftpPackets.SeeMessage, bench.Transfer.ErrorCode, "and says so");
    }

    [TestMethod]
    public void Missing_file_is_error_1_and_a_failed_one_error_0_with_the_reason()
    {
        var bench = new TransferBench();
        bench.Open(3000, "f|octet|");
        bench.File.IsMissing = true;
        bench.Due(0);
        Assert.AreEqual(TftpPackets.FileNotFound, bench.Transfer.ErrorCode, "missing");
        bench.Open(3000, "f|octet|");
        bench.File.Told = LoaderReader.Failed;
        bench.Due(0);
        Assert.AreEqual(TftpPackets.SeeMessage, bench.Transfer.ErrorCode, "failed");
        Assert.AreEqual("mirror said 503", bench.Transfer.Reason, "reason");
    }

    [TestMethod]
    public void File_that_fails_or_ends_midway_is_error_0()
    {
        var bench = new TransferBench();
        bench.Open(3000, "f|octet|");
        bench.File.BreaksAt = 512;
        bench.Due(0);
        Assert.AreEqual("", bench.Acked(1, 1), "no more data");
        Assert.AreEqual(TftpPackets.SeeMessage, bench.Transfer.ErrorCode, "failed");
        bench.Open(3000, "f|octet|");
        bench.Due(0);
        bench.File.Size = 700;
        Assert.AreEqual("", bench.Acked(1, 1), "a short block would look like the end");
        Assert.AreEqual(TftpPackets.SeeMessage, bench.Transfer.ErrorCode, "cut short");
    }

    [TestMethod]
    public void Acknowledged_bytes_are_released_and_never_read_again()
    {
        var bench = new TransferBench();
        bench.OpenWindow();
        bench.AssertWindow(bench.Acked(4, 1), 5, 1);
        Assert.AreEqual(32, bench.File.Released, "released");
        bench.AssertWindow(bench.Acked(6, 2), 7, 2);
        Assert.AreEqual(48, bench.File.Released, "released up to the gap");
        Assert.AreEqual("", bench.Acked(5, 3), "older ACK");
        Assert.IsFalse(bench.File.TouchedReleased, "nothing before it was read");
    }
}
