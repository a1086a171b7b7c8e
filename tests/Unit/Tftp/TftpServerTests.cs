using System.Net;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

[TestClass]
public partial class TftpServerTests
{
    [TestMethod]
    public void Boot_of_edk2_is_a_size_probe_that_leaves_no_trace_and_a_transfer()
    {
        var lan = new TableHarness();
        IPEndPoint probe = TableHarness.Client(20, 1025);
        lan.FileSize = 2000;
        Assert.AreEqual(
            "OACK blksize|1468|tsize|2000|windowsize|4| > 1025",
            lan.Receive(Packets.Read("snponly.efi|octet|tsize|0|blksize|1468|windowsize|4|"), probe, 0),
            "probe");
        Assert.AreEqual("", lan.Receive(Packets.Error(8, "User aborted the transfer"), probe, 1), "an ERROR is not answered");
        Assert.AreEqual("", lan.Lines(), "no line");
        Assert.AreEqual(0, lan.Log.Counts[Counter.TftpFailed], "no failure");
        Assert.AreEqual(1, lan.File.Closed, "the file is closed");
        Assert.AreEqual(0, lan.Server.Running, "nothing runs");

        IPEndPoint client = TableHarness.Client(20, 1026);
        lan.Receive(Packets.Read("snponly.efi|octet|blksize|1468|windowsize|4|"), client, 2);
        Assert.AreEqual("DATA 1 +1468 > 1026; DATA 2 +532 > 1026", lan.Receive(Packets.Ack(0), client, 3), "window");
        Assert.AreEqual("", lan.Receive(Packets.Ack(2), client, 9), "end");
        Assert.AreEqual(
            "[TFTP] Sending to 192.168.1.20: snponly.efi, 2000 bytes; [TFTP] Sent to 192.168.1.20: snponly.efi, 2000 bytes in 7 ms",
            lan.Lines(), "lines");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpCompleted], "completed");
        Assert.AreEqual(2, lan.Log.Counts[Counter.TftpBlocks], "blocks");
        Assert.AreEqual(2, lan.Log.Counts[Counter.TftpRequests], "requests");
    }

    [TestMethod]
    public void Missing_file_is_error_1_at_once()
    {
        var lan = new TableHarness();
        Assert.AreEqual("ERROR 1 file not found > 2070",
            lan.Receive(Packets.Read("missing|octet|tsize|0|"), TableHarness.Client(9, 2070), 0), "answer");
        Assert.AreEqual("[TFTP] No such file for 192.168.1.9: missing", lan.Lines(), "line");
        Assert.AreEqual(0, lan.Server.Running, "no transfer");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpMissing], "counted");
    }

    [TestMethod]
    public void Writing_is_error_2_and_netascii_error_4()
    {
        var lan = new TableHarness();
        Assert.AreEqual("ERROR 2 read-only server > 9",
            lan.Receive(Packets.Of(TftpPackets.WriteRequest, "f|octet|"), TableHarness.Client(9, 9), 0), "write");
        Assert.AreEqual("ERROR 4 only octet (binary) mode > 9", lan.Receive(Packets.Read("f|netascii|"), TableHarness.Client(9, 9), 0),
            "netascii");
        Assert.AreEqual(2, lan.Log.Counts[Counter.TftpRefused], "refused");
    }

    [TestMethod]
    public void Wrong_transfer_id_is_error_5_and_the_transfer_goes_on()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        Assert.AreEqual("ERROR 5 unknown transfer id > 2071", lan.Receive(Packets.Ack(1), TableHarness.Client(9, 2071), 1), "other port");
        Assert.AreEqual("ERROR 5 unknown transfer id > 2070", lan.Receive(Packets.Ack(1), TableHarness.Client(8, 2070), 1),
            "other address");
        Assert.AreEqual("DATA 2 +512 > 2070", lan.Receive(Packets.Ack(1), client, 2), "undisturbed");
    }

    [TestMethod]
    public void Strays_are_answered_sparingly_and_errors_never()
    {
        var lan = new TableHarness();
        int answers = 0;
        for (int i = 0; i < 100; i++)
        {
            answers += lan.Receive(Packets.Ack(i), TableHarness.Client(9, 3000 + i), 10).Length > 0 ? 1 : 0;
        }

        Assert.AreEqual(4, answers, "a burst");
        Assert.AreEqual("", lan.Receive(Packets.Error(5, "who are you"), TableHarness.Client(9, 69), 5000), "an ERROR");
        Assert.AreEqual("", lan.Receive(Packets.Ack(1), TableHarness.Foreigner(69), 5000), "another subnet");
        Assert.AreEqual(101, lan.Log.Counts[Counter.TftpStrays], "counted");
    }

    [TestMethod]
    public void What_is_no_TFTP_is_counted_and_dropped()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 9);
        Assert.AreEqual("", lan.Receive(new byte[0], client, 0), "empty");
        Assert.AreEqual("", lan.Receive(new byte[] { 0 }, client, 0), "one byte");
        Assert.AreEqual("", lan.Receive(new byte[] { 0, 4, 0 }, client, 0), "short ACK");
        Assert.AreEqual("", lan.Receive(new byte[] { 1, 4, 0, 1 }, client, 0), "opcode 260");
        Assert.AreEqual("", lan.Receive(new byte[] { 0, 7, 0, 1 }, client, 0), "opcode 7");
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet"), client, 0), "not ended");
        Assert.AreEqual(6, lan.Log.Counts[Counter.TftpMalformed] + lan.Log.Counts[Counter.TftpStrays], "counted");
        for (int i = 0; i < 1000; i++)
        {
            lan.Receive(new byte[] { 0, 9 }, client, 0);
        }

        Assert.IsTrue(lan.Log.Added <= 16, "a flood does not wash the log out");
    }

    [TestMethod]
    public void Other_subnets_are_dropped_unless_allowed()
    {
        var lan = new TableHarness();
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|"), TableHarness.Foreigner(9), 0), "dropped");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpOutside], "counted");
        Assert.AreEqual("[TFTP] Not answering 10.0.0.1: TFTP from outside the subnet", lan.Lines(), "and said");
        var open = new TableHarness();
        open.Served.Use(Octets.Of("10.0.0.254"));
        Assert.AreEqual("DATA 1 +512 > 9", open.Receive(Packets.Read("f|octet|"), TableHarness.Foreigner(9), 0), "allowed");
    }

    [TestMethod]
    public void Repeated_request_is_answered_again_without_a_second_transfer()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        byte[] request = Packets.Read("f|octet|tsize|0|");
        Assert.AreEqual("OACK tsize|100000| > 2070", lan.Receive(request, client, 0), "answer");
        Assert.AreEqual("OACK tsize|100000| > 2070", lan.Receive(request, client, 500), "again");
        Assert.AreEqual(1, lan.Readers.Count, "opened once");
        Assert.AreEqual("DATA 1 +512 > 2070", lan.Receive(Packets.Ack(0), client, 600), "begins");
        Assert.AreEqual("", lan.Receive(request, client, 601), "a late duplicate changes nothing");
        Assert.AreEqual("DATA 2 +512 > 2070", lan.Receive(Packets.Ack(1), client, 602), "goes on");
        Assert.AreEqual("OACK tsize|100000| > 2070", lan.Receive(request, client, 9000), "later it is the machine beginning anew");
        Assert.AreEqual(1, lan.Server.Running, "one transfer");
    }

    [TestMethod]
    public void Another_request_from_the_same_port_takes_the_place_of_the_first()
    {
        var lan = new TableHarness();
        // ROMs use one fixed port (2070) for all they fetch, and do not always end a size probe with an ERROR.
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("f|octet|tsize|0|"), client, 0);
        PatternReader first = lan.File;
        Assert.AreEqual("OACK blksize|1456| > 2070", lan.Receive(Packets.Read("f|octet|blksize|1456|"), client, 1), "answer");
        Assert.AreEqual(1, first.Closed, "the first is closed");
        Assert.AreEqual(1, lan.Server.Running, "one transfer");
        Assert.AreEqual(0, lan.Log.Counts[Counter.TftpFailed], "no failure");
    }

    [TestMethod]
    public void Late_packets_of_a_finished_client_get_no_error()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        byte[] request = Packets.Read("f|octet|");
        lan.FileSize = 10;
        lan.Receive(request, client, 0);
        Assert.AreEqual("", lan.Receive(Packets.Ack(1), client, 1), "done");
        Assert.AreEqual("", lan.Receive(Packets.Ack(1), client, 2), "late ACK");
        Assert.AreEqual("", lan.Receive(request, client, 3), "late request");
        Assert.AreEqual("DATA 1 +10 > 2070", lan.Receive(request, client, 5000), "a new one");
    }

    [TestMethod]
    public void Failure_of_the_source_is_told_to_the_machine_and_the_log()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("ipxe.efi|octet|"), client, 0);
        lan.File.BreaksAt = 512;
        Assert.AreEqual("ERROR 0 mirror said 503 > 2070", lan.Receive(Packets.Ack(1), client, 1), "machine");
        Assert.IsTrue(lan.Lines().IndexOf("[TFTP] Send failed to 192.168.1.9: ipxe.efi: mirror said 503") >= 0, "log");
        Assert.AreEqual(1, lan.Log.Counts[Counter.TftpFailed], "failed");
        Assert.AreEqual(1, lan.File.Closed, "closed");
    }

    [TestMethod]
    public void Mirror_that_lacks_the_file_is_error_1_when_it_says_so()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Late = true;
        Assert.AreEqual("", lan.Receive(Packets.Read("f|octet|"), client, 0), "waits");
        lan.File.IsMissing = true;
        Assert.AreEqual("ERROR 1 file not found > 2070", lan.Tick(50), "then says so");
        Assert.AreEqual("[TFTP] No such file for 192.168.1.9: f", lan.Lines(), "line");
    }

    [TestMethod]
    public void Storage_that_throws_costs_one_request_only()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        lan.StorageThrows = true;
        Assert.AreEqual("ERROR 0 the file cannot be read > 2071", lan.Receive(Packets.Read("g|octet|"), TableHarness.Client(9, 2071), 1),
            "told");
        Assert.AreEqual("DATA 2 +512 > 2070", lan.Receive(Packets.Ack(1), client, 2), "the other goes on");
    }

    [TestMethod]
    public void Client_that_breaks_off_is_logged_with_its_words()
    {
        var lan = new TableHarness();
        IPEndPoint client = TableHarness.Client(9, 2070);
        lan.Receive(Packets.Read("f|octet|"), client, 0);
        lan.Receive(Packets.Ack(1), client, 1);
        Assert.AreEqual("", lan.Receive(Packets.Error(3, "disk full"), client, 2), "not answered");
        Assert.IsTrue(lan.Lines().IndexOf("f: aborted by the machine: disk full") >= 0, "log");
        Assert.AreEqual("", lan.Tick(60000), "nothing more");
    }

    [TestMethod]
    public void Clear_closes_every_file()
    {
        var lan = new TableHarness();
        for (int i = 0; i < 6; i++)
        {
            lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(9 + i, 2070), 0);
        }

        lan.Server.Clear();
        for (int i = 0; i < lan.Readers.Count; i++)
        {
            Assert.AreEqual(1, ((PatternReader)lan.Readers[i]).Closed, "closed");
        }

        Assert.AreEqual(0, lan.Server.Running, "nothing runs");
        Assert.IsFalse(lan.Server.Tick(99), "and nothing keeps the loop awake");
        Assert.AreEqual(6, lan.Log.Counts[Counter.TftpBlocks], "counters stay");
    }

    [TestMethod]
    public void Loop_stays_awake_for_a_transfer_but_not_for_a_machine_that_fell_silent()
    {
        var lan = new TableHarness();
        Assert.IsFalse(lan.Server.Tick(0), "nothing to do");
        lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(9, 2070), 0);
        Assert.IsTrue(lan.Server.Tick(1), "awake");
        Assert.IsFalse(lan.Server.Tick(TftpLimits.AwakeTime), "asleep between its repetitions");
    }
}
