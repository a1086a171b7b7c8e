using System.Net;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>A board whose memory is short for a while.</summary>
public partial class TftpServerTests
{
    [TestMethod]
    public void Transfer_without_memory_to_read_with_goes_on_when_there_is_some_again()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        IPEndPoint other = TableHarness.Client(10, 2070);
        lan.Receive(Packets.Read("f|octet|"), other, 0);
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        lan.Lines();
        lan.File.NoMemory = true;
        Assert.AreEqual("", lan.Receive(Packets.Ack(1), client, 1), "silence");
        Assert.IsTrue(lan.Lines().IndexOf("out of memory") >= 0, "the log says it");
        Assert.AreEqual(2, lan.Server.Running, "nothing is lost");
        Assert.AreEqual("DATA 2 +512 > 2070", lan.Receive(Packets.Ack(1), other, 2), "the other goes on");
        lan.File.NoMemory = false;
        Assert.AreEqual("DATA 2 +512 > 2070", lan.Tick(1 + TftpLimits.MemoryPause), "and this one soon");
        Assert.AreEqual(0, lan.Log.Counts[Counter.TftpFailed], "no failure");
    }

    [TestMethod]
    public void Request_without_memory_for_it_is_left_to_the_machines_own_retry()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.NoMemory = true;
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|"), client, 0), "no ERROR");
        Assert.IsTrue(lan.Lines().IndexOf("out of memory") >= 0, "the log says it");
        Assert.AreEqual(0, lan.Server.Running, "nothing runs");
        lan.NoMemory = false;
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Read("f|octet|"), client, 4000), "its retry");
    }

    [TestMethod]
    public void Ended_transfers_are_kept_for_late_duplicates_and_then_forgotten()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.FileSize = 100;
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        lan.Receive(Packets.Ack(1), client, 10);
        Assert.AreEqual(0, lan.Server.Running, "done");
        lan.Tick(5000);
        Assert.AreEqual("", lan.Receive(Packets.Ack(1), client, 5001), "known");
        lan.Tick(10 + TftpLimits.KeepEnded);
        Assert.AreEqual("ERROR 5 unknown transfer id > 2070", lan.Receive(Packets.Ack(1), client, 11 + TftpLimits.KeepEnded), "forgotten");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpBlocks], "counters stay");
    }
}
