using System.Net;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <content>Those who ask in somebody else's name, keep a place without using it, or ask without end.</content>
public partial class TftpServerTests
{
    [TestMethod]
    public void Two_thousand_equal_requests_bring_no_more_bytes_than_four_times_theirs()
    {
        byte[] plain = Packets.Read("ipxe.efi|octet|");
        var lan = new TableHarness();
        lan.Paid = 0;
        for (int i = 0; i < 2000; i++)
        {
            lan.Receive(plain, TableHarness.Client(9, 2070), i * 5);
            lan.Tick(i * 5);
        }

        AssertFactor(lan, plain, 2000, "one port");
        lan = new TableHarness();
        lan.Paid = 0;
        for (int i = 0; i < 2000; i++)
        {
            lan.Receive(plain, TableHarness.Client(9, 3000 + i), i * 5);
            lan.Tick(i * 5);
        }

        AssertFactor(lan, plain, 2000, "a port each");
        byte[] options = Packets.Read("ipxe.efi|octet|tsize|0|");
        lan = new TableHarness();
        for (int i = 0; i < 2000; i++)
        {
            lan.Receive(options, TableHarness.Client(9, 3000 + (i % 7)), i * 5);
            lan.Tick(i * 5);
        }

        AssertFactor(lan, options, 2000, "with options");
    }

    [TestMethod]
    public void One_request_with_options_brings_less_than_four_times_its_bytes_in_all()
    {
        byte[] request = Packets.Read("f|octet|tsize|0|");
        var lan = new TableHarness();
        lan.FileSize = 2000000000;
        lan.Receive(request, TableHarness.Client(9, 2070), 0);
        for (int now = 0; now < 120000; now += 50)
        {
            lan.Tick(now);
        }

        Assert.AreEqual(0, lan.Server.Running, "given up");
        AssertFactor(lan, request, 1, "OACK and its repetitions");
    }

    [TestMethod]
    public void A_request_without_options_brings_a_block_only_when_its_bytes_and_those_of_DHCP_pay_for_it()
    {
        byte[] request = Packets.Read("ipxe.efi|octet|");
        IPEndPoint client = TableHarness.Client(9, 2070);
        var lan = new TableHarness();
        lan.Paid = 0;
        for (int i = 0; i < 60; i++)
        {
            lan.Receive(request, client, i * 5000);
            for (int now = 0; now < 5000; now += 50)
            {
                lan.Tick((i * 5000) + now);
            }

            Assert.IsTrue(lan.SentBytes <= (i + 1) * 45 * 4, lan.SentBytes.ToString() + " after request " + (i + 1).ToString());
            Assert.IsTrue(i < 3 || lan.SentBytes > 0, "the fourth at the latest is answered: tftp-hpa's and BusyBox's");
        }

        Assert.IsTrue(lan.SentBytes > 40 * 45 * 3, "a machine that goes on asking is served: " + lan.SentBytes.ToString());
    }

    [TestMethod]
    public void What_was_paid_for_by_DHCP_is_sent_in_advance_and_no_more()
    {
        byte[] request = Packets.Read("bootcode.bin|octet|");
        var lan = new TableHarness();
        lan.Paid = 1;
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(request, TableHarness.Client(9, 2070), 0),
            "the first block is the answer (RFC 1350)");
        string all = "";
        for (int now = 0; now < 20000; now += 50)
        {
            all += lan.Tick(now);
        }

        Assert.AreEqual("", all, "it is not sent again by itself");
        Assert.AreEqual("", lan.Receive(request, TableHarness.Client(10, 2070), 20001), "another one is not paid for");
    }

    [TestMethod]
    public void Client_without_options_that_answered_gets_its_next_files_as_ever()
    {
        var lan = new TableHarness();
        lan.Paid = 1;
        lan.FileSize = 100;
        byte[] request = Packets.Read("bootcode.bin|octet|");
        for (int i = 0; i < 20; i++)
        {
            IPEndPoint client = TableHarness.Client(9, 3000 + i);
            Assert.AreEqual("DATA 1 +100 > " + client.Port.ToString(), lan.Receive(request, client, i * 10), "file " + i.ToString());
            Assert.AreEqual("", lan.Receive(Packets.Ack(1), client, (i * 10) + 1), "acknowledged");
        }

        Assert.AreEqual(20, lan.Log.Counts[Counter.TftpCompleted], "all");
        IPEndPoint last = TableHarness.Client(9, 4000);
        lan.Receive(request, last, 1000);
        Assert.AreEqual("DATA 1 +100 > 4000", lan.Tick(1000 + TftpLimits.FirstInterval), "and a lost block again");
    }

    [TestMethod]
    public void Missing_names_do_not_cost_a_client_its_first_block()
    {
        var lan = new TableHarness();
        for (int i = 0; i < 30; i++)
        {
            lan.Receive(Packets.Read("missing|octet|"), TableHarness.Client(9, 3000 + i), i);
        }

        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(9, 2070), 100), "served");
    }

    [TestMethod]
    public void Machine_is_served_while_requests_in_made_up_names_come_in_thirties_a_second()
    {
        var lan = new TableHarness();
        lan.FileSize = 1000;
        for (int i = 0; i < 300; i++)
        {
            int now = i * 33;
            lan.Receive(Packets.Read("ipxe.efi|octet|tsize|0|blksize|1468|"), TableHarness.Client(20 + (i % 200), 1000 + i), now);
            lan.Tick(now + 5);
            if (i % 30 == 29)
            {
                IPEndPoint client = TableHarness.Client(9, 2070 + i);
                Assert.IsTrue(lan.Receive(Packets.Read("ipxe.efi|octet|tsize|0|"), client, now + 20).Length > 0, "answered at "
                    + now.ToString());
                lan.Tick(now + 25);
                Assert.AreEqual("DATA 1 +512 > " + client.Port.ToString(), lan.Receive(Packets.Ack(0), client, now + 29), "and goes on");
                Assert.AreEqual("DATA 2 +488 > " + client.Port.ToString(), lan.Receive(Packets.Ack(1), client, now + 31), "to the end");
                Assert.AreEqual("", lan.Receive(Packets.Ack(2), client, now + 32), "of the file");
            }
        }

        Assert.AreEqual(0, lan.Log.Counts[Counter.TftpFailed], "nobody who answered gave way");
        Assert.AreEqual(10, lan.Log.Counts[Counter.TftpCompleted], "all of these");
        Assert.AreEqual(20, lan.Log.Added + lan.Log.Counts[Counter.LinesLeftOut], "lines of those who answered, none of the others");
    }

    [TestMethod]
    public void Made_up_names_that_wait_for_the_mirror_give_way_too()
    {
        var lan = new TableHarness();
        lan.Late = true;
        for (int i = 0; i < TftpLimits.MaxTransfers; i++)
        {
            lan.Receive(Packets.Read("mirror.efi|octet|tsize|0|"), TableHarness.Client(20 + i, 7), i);
        }

        lan.Late = false;
        byte[] request = Packets.Read("autoexec.ipxe|octet|tsize|0|");
        Assert.AreEqual("", lan.Receive(request, TableHarness.Client(9, 2070), 100), "they have their time");
        Assert.IsTrue(lan.Receive(request, TableHarness.Client(9, 2070), TftpLimits.PatienceOpening).Length > 0,
            "which is shorter than firmware's");
    }

    [TestMethod]
    public void Crawling_reader_gives_way_when_somebody_waits_and_only_then()
    {
        var lan = new TableHarness();
        var acked = new int[TftpLimits.MaxTransfers];
        for (int i = 0; i < TftpLimits.MaxTransfers; i++)
        {
            lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(10 + i, 2070), 0);
        }

        // The first takes a block in a second, the others one in 100 ms: a slow network, 5 KB/s.
        int now = 1;
        for (; now < 15000; now += 100)
        {
            for (int i = 0; i < TftpLimits.MaxTransfers; i++)
            {
                if (i > 0 || now % 1000 == 1)
                {
                    Assert.IsTrue(lan.Receive(Packets.Ack(++acked[i]), TableHarness.Client(10 + i, 2070), now).Length > 0, "nobody waits");
                }
            }
        }

        IPEndPoint ninth = TableHarness.Client(30, 2070);
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Read("f|octet|"), ninth, now), "the crawling one gives way");
        lan.Receive(Packets.Ack(1), ninth, now + 1);
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(31, 2070), now + 2), "the others do not");
        for (int i = 1; i < TftpLimits.MaxTransfers; i++)
        {
            Assert.IsTrue(lan.Receive(Packets.Ack(++acked[i]), TableHarness.Client(10 + i, 2070), now + 3).Length > 0, "goes on");
        }
    }

    [TestMethod]
    public void Long_timeouts_are_not_granted()
    {
        var lan = new TableHarness();
        Assert.AreEqual("OACK tsize|100000| > 2070",
            lan.Receive(Packets.Read("f|octet|tsize|0|timeout|255|"), TableHarness.Client(9, 2070), 0), "refused as an option");
        Assert.AreEqual("OACK timeout|6| > 2071", lan.Receive(Packets.Read("f|octet|timeout|6|"), TableHarness.Client(8, 2071), 0),
            "curl's");
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Ack(0), TableHarness.Client(9, 2070), 1), "begins");
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Tick(1 + TftpLimits.FirstInterval), "and is sent again as ever");
    }

    [TestMethod]
    public void Times_that_pass_the_ends_of_32_bits_change_nothing()
    {
        string reference = Day(0);
        Assert.AreEqual(reference, Day(0x7FFFFFFFL - 60000), "2^31");
        Assert.AreEqual(reference, Day(0xFFFFFFFFL - 60000), "2^32");
        for (int i = 0; i < 40; i++)
        {
            Assert.AreEqual(reference, Day(0x7FFFFFFFL - (i * 100)), "2^31, in the middle");
        }
    }

    // Two minutes in which every timer runs: sending again, a window's gap, giving way, giving up, forgetting.
    private static string Day(long start)
    {
        var lan = new TableHarness();
        IPEndPoint window = TableHarness.Client(8, 1);
        string all = "";
        lan.Receive(Packets.Read("f|octet|blksize|8|windowsize|4|"), window, start);
        lan.Receive(Packets.Ack(0), window, start);
        for (int i = 0; i < 1200; i++)
        {
            long now = start + (i * 100);
            if (i == 3)
            {
                all += "; " + lan.Receive(Packets.Ack(0), window, now);
            }

            if (i % 50 == 0)
            {
                all += "; " + lan.Receive(Packets.Read("f|octet|tsize|0|"), TableHarness.Client(20 + (i / 50), 2070), now);
                all += "; " + lan.Receive(Packets.Ack(0), TableHarness.Client(20 + (i / 50), 2070), now + 10);
            }

            string sent = lan.Tick(now + 50);
            all += sent.Length == 0 ? "" : "; " + i.ToString() + " " + sent;
        }

        lan.Tick(start + 400000);
        return all + "; " + lan.Server.Running.ToString() + " " + lan.Log.Counts[Counter.TftpFailed].ToString();
    }

    // Bytes with the headers of IP and UDP, as the wire has them.
    private static void AssertFactor(TableHarness lan, byte[] request, int requests, string what)
    {
        int received = requests * (request.Length + 28);
        Assert.IsTrue(lan.SentBytes > 0, what + ": answered at all");
        Assert.IsTrue(lan.SentBytes <= received * 4, what + ": " + lan.SentBytes.ToString() + " for " + received.ToString());
        Assert.AreEqual(0, lan.Log.Counts[Counter.TftpCompleted], what);
    }
}
