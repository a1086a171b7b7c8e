using System.Net;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <content>What many machines at once may take.</content>
public partial class TftpServerTests
{
    [TestMethod]
    public void Full_table_is_silent_until_a_transfer_ends_or_stalls()
    {
        var lan = new TableHarness();
        for (int i = 0; i < TftpLimits.MaxTransfers; i++)
        {
            lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(10 + i, 2070), i);
            lan.Receive(Packets.Ack(1), TableHarness.Client(10 + i, 2070), 100 + i);
        }

        IPEndPoint ninth = TableHarness.Client(30, 2070);
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|"), ninth, 200), "no place, no answer");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpRefused], "refused");
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Read("f|octet|"), ninth, 101 + TftpLimits.PatienceSilent),
            "the most silent one gives way");
        Assert.AreEqual(TftpLimits.MaxTransfers, lan.Server.Running, "not more than the table holds");
        Assert.AreEqual("ERROR 5 unknown transfer id > 2070", lan.Receive(Packets.Ack(2), TableHarness.Client(10, 2070), 5200),
            "its place is gone");
        Assert.AreEqual("DATA 3 +512 > 2070", lan.Receive(Packets.Ack(2), TableHarness.Client(11, 2070), 5200), "the others go on");
    }

    [TestMethod]
    public void Made_up_addresses_give_way_sooner_than_running_transfers()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        lan.Receive(Packets.Ack(1), client, 1);
        for (int i = 0; i < 200; i++)
        {
            lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(20 + i, 7), 10 * i);
        }

        Assert.AreEqual("DATA 3 +512 > 2070", lan.Receive(Packets.Ack(2), client, 2000), "goes on");
        Assert.AreEqual(TftpLimits.MaxTransfers, lan.Server.Running, "bounded");
    }

    [TestMethod]
    public void Machine_whose_size_probe_still_has_a_place_takes_that_and_nobody_elses()
    {
        // edk2 asks for the size first, and its ERROR may be lost in a board's mailbox of six; so may an ACK 0 of another machine, which it repeats after 4 s.
        var lan = new TableHarness();
        byte[] request = Packets.Read("f|octet|tsize|0|blksize|1468|");
        for (int i = 0; i < TftpLimits.MaxTransfers - 1; i++)
        {
            lan.Receive(request, TableHarness.Client(10 + i, 2000), 0);
        }

        lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(30, 1000), TftpLimits.PatienceUnheard + 10);
        Assert.AreEqual("OACK blksize|1468|tsize|100000| > 2000",
            lan.Receive(request, TableHarness.Client(30, 2000), TftpLimits.PatienceUnheard + 11), "answered");
        for (int i = 0; i < TftpLimits.MaxTransfers - 1; i++)
        {
            Assert.AreEqual("DATA 1 +1468 > 2000", lan.Receive(Packets.Ack(0), TableHarness.Client(10 + i, 2000), 900 + i), "machine "
                + i.ToString());
        }
    }

    [TestMethod]
    public void One_address_has_four_transfers_at_most()
    {
        var lan = new TableHarness();
        for (int i = 0; i < TftpLimits.MaxTransfersPerAddress; i++)
        {
            Assert.IsTrue(lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(9, 3000 + i), i).Length > 0, "served");
        }

        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(9, 3100), 10), "fifth");
        Assert.AreEqual("OACK tsize|100000| > 3100",
            lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(9, 3100), TftpLimits.PatienceUnheard),
            "its own oldest gives way");
        Assert.AreEqual(TftpLimits.MaxTransfersPerAddress, lan.Server.Running, "four");
    }

    [TestMethod]
    public void Endless_restarts_of_ended_places_do_not_pass_the_limit_of_an_address()
    {
        var lan = new TableHarness();
        for (int i = 0; i < TftpLimits.MaxTransfers; i++)
        {
            IPEndPoint client = TableHarness.Client(9, 3000 + i);
            lan.Receive(Packets.Read("f|octet|tsize|0|"), client, 0);
            lan.Receive(Packets.Error(0, "no"), client, 0);
        }

        for (int i = 0; i < TftpLimits.MaxTransfers; i++)
        {
            lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(9, 3000 + i), 1);
        }

        Assert.AreEqual(TftpLimits.MaxTransfersPerAddress, lan.Server.Running, "four");
    }

    [TestMethod]
    public void Token_bucket_lets_a_burst_through_and_then_a_trickle()
    {
        var bucket = new TokenBucket(3, 500);
        Assert.IsTrue(bucket.Take(0) && bucket.Take(0) && bucket.Take(0), "burst");
        Assert.IsFalse(bucket.Take(499), "empty");
        Assert.IsTrue(bucket.Take(500), "one");
        Assert.IsFalse(bucket.Take(999), "not two");
        Assert.IsTrue(bucket.Take(1000), "one");
        Assert.IsTrue(bucket.Take(600000) && bucket.Take(600000) && bucket.Take(600000), "full again");
        Assert.IsFalse(bucket.Take(600000), "but not fuller");
    }
}
