using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <content>The source: late, missing, failing, let go of.</content>
public partial class TftpTransferTests
{
    [TestMethod]
    public void Opening_waits_for_the_mirror_and_answers_when_it_has()
    {
        Open(3000, "f|octet|tsize|0|", 0);
        _file.Told = LoaderReader.NotYet;
        Assert.AreEqual("", Due(0), "waits");
        Assert.AreEqual("", Due(5000), "still");
        Assert.IsTrue(_transfer.State == TftpState.Opening && _transfer.WaitsForSource, "opening");
        _file.Told = 3000;
        Assert.AreEqual("OACK tsize|3000|", Due(5001), "answers");
    }

    [TestMethod]
    public void Size_that_nobody_knows_is_left_out()
    {
        Open(700, "f|octet|tsize|0|blksize|1024|");
        _file.Told = LoaderReader.NotYet;
        Assert.AreEqual("OACK blksize|1024|", Due(0), "no tsize");
        Assert.AreEqual("DATA 1 +700", Acked(0, 1), "ends where the file ends");
        Acked(1, 2);
        Assert.IsTrue(_transfer.State == TftpState.Done, "done");
        Assert.AreEqual(700, _transfer.Size, "size is known now");
    }

    [TestMethod]
    public void Late_mirror_holds_the_window_and_sends_nothing_again_meanwhile()
    {
        Open(100000, "f|octet|blksize|1000|windowsize|4|", 2000);
        Due(0);
        Assert.AreEqual("DATA 1 +1000", Acked(0, 0), "1");
        Assert.AreEqual("DATA 2 +1000", Due(0), "2");
        Assert.AreEqual("", Due(0), "3 is late");
        Assert.AreEqual("", Due(20000), "however long");
        Assert.AreEqual(0, _transfer.Retransmits, "nothing again");
        _file.Delivered = 3500;
        Assert.AreEqual("DATA 3 +1000", Due(20001), "goes on");
        Assert.AreEqual("DATA 3 +1000", Acked(2, 20002), "the client's own timeout: back to it");
        Assert.AreEqual("", Due(20002), "4 is late");
        _file.Delivered = 100000;
        Assert.AreEqual("DATA 4 +1000", Due(20003), "goes on");
    }

    [TestMethod]
    public void Mirror_that_never_delivers_ends_the_transfer()
    {
        Open(3000, "f|octet|", 0);
        _file.Told = LoaderReader.NotYet;
        Due(0);
        Due(TftpTransfer.LongestSourceWait - 1);
        Assert.IsTrue(_transfer.State == TftpState.Opening, "waits");
        Due(TftpTransfer.LongestSourceWait);
        Assert.IsTrue(_transfer.State == TftpState.Failed, "ends");
        Assert.AreEqual(TftpPackets.SeeMessage, _transfer.ErrorCode, "and says so");
    }

    [TestMethod]
    public void Missing_file_is_error_1_and_a_failed_one_error_0_with_the_reason()
    {
        Open(3000, "f|octet|");
        _file.IsMissing = true;
        Due(0);
        Assert.AreEqual(TftpPackets.FileNotFound, _transfer.ErrorCode, "missing");
        Open(3000, "f|octet|");
        _file.Told = LoaderReader.Failed;
        Due(0);
        Assert.AreEqual(TftpPackets.SeeMessage, _transfer.ErrorCode, "failed");
        Assert.AreEqual("mirror said 503", Octets.Text(_transfer.Reason, 0, _transfer.Reason.Length), "reason");
    }

    [TestMethod]
    public void File_that_fails_or_ends_midway_is_error_0()
    {
        Open(3000, "f|octet|");
        _file.BreaksAt = 512;
        Due(0);
        Assert.AreEqual("", Acked(1, 1), "no more data");
        Assert.AreEqual(TftpPackets.SeeMessage, _transfer.ErrorCode, "failed");
        Open(3000, "f|octet|");
        Due(0);
        _file.Size = 700;
        Assert.AreEqual("", Acked(1, 1), "a short block would look like the end");
        Assert.AreEqual(TftpPackets.SeeMessage, _transfer.ErrorCode, "cut short");
    }

    [TestMethod]
    public void Acknowledged_bytes_are_released_and_never_read_again()
    {
        OpenWindow();
        AssertWindow(Acked(4, 1), 5, 1);
        Assert.AreEqual(32, _file.Released, "released");
        AssertWindow(Acked(6, 2), 7, 2);
        Assert.AreEqual(48, _file.Released, "released up to the gap");
        Assert.AreEqual("", Acked(5, 3), "older ACK");
        Assert.IsFalse(_file.TouchedReleased, "nothing before it was read");
    }
}
