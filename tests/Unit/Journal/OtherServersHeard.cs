using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Tests.Captures;
using Netboot.Web;

namespace Netboot.Tests.Journal;

/// <summary>
/// Replies of other servers as they come to the device's own port 67, and what people are shown of them. The device is 10.77.0.2.
/// </summary>
[TestClass]
public class OtherServersHeard
{
    [TestMethod]
    public void A_server_is_listed_and_logged_once_and_counts_as_nothing_malformed()
    {
        var bench = new JournalBench();
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(0, bench.Reply(Servers.RelayedBootRouter));
            Assert.AreEqual(0, bench.Reply(Servers.PlainRouter));
        }

        Assert.AreEqual(0, bench.Device.Log.Counts[Counter.DhcpMalformed]);
        Assert.AreEqual(2, bench.Device.Others.Count);
        string log = bench.Line("log 40");
        Once(log, "[DHCP] Another server, 192.168.4.2: gives out addresses, sends its own boot options (60, 66 or 67)");
        Once(log, "[DHCP] Another server, 10.77.0.1: gives out addresses");
        string status = bench.Line("status");
        Once(status, "Other server 192.168.4.2: gives out addresses, sends its own boot options (60, 66 or 67) (");
        Once(status, "Other server 10.77.0.1: gives out addresses (");
        var json = new ByteWriter(64, 512);
        WriteOthers(json, bench);
        Assert.AreEqual(
            "\"others\":[{\"address\":\"192.168.4.2\",\"gives\":true,\"boot\":true,\"noProxy\":false,\"ago\":2000},"
            + "{\"address\":\"10.77.0.1\",\"gives\":true,\"boot\":false,\"noProxy\":false,\"ago\":1000}]",
            json.ToString());
    }

    [TestMethod]
    public void The_device_itself_is_no_other_server()
    {
        var bench = new JournalBench();
        bench.Reply(Servers.ProxyOffer);
        Assert.AreEqual(0, bench.Device.Others.Count);
        Assert.AreEqual(0, bench.Device.Log.Counts[Counter.DhcpMalformed]);
        var json = new ByteWriter(64, 512);
        WriteOthers(json, bench);
        Assert.AreEqual("\"others\":[]", json.ToString());
    }

    [TestMethod]
    public void The_own_question_that_comes_back_is_ignored()
    {
        var bench = new JournalBench();
        Assert.AreEqual(0, bench.Reply(ServerQuestion.Of(new byte[] { 2, 0, 0, 0, 0, 9 }, new byte[] { 10, 77, 0, 2 })));
        Assert.AreEqual(0, bench.Device.Log.Counts[Counter.DhcpMalformed]);
        Assert.AreEqual(0, bench.Device.Log.Counts[Counter.DhcpRefused]);
        Assert.AreEqual(0, bench.Device.Journal.Count);
        Assert.AreEqual(0, bench.Device.Log.Added);
    }

    [TestMethod]
    public void Another_such_device_is_answered_and_is_no_machine()
    {
        var bench = new JournalBench();
        Assert.IsTrue(bench.Reply(ServerQuestion.Of(new byte[] { 2, 0, 0, 0, 0, 9 }, new byte[] { 10, 77, 0, 5 })) >= 300);
        Assert.AreEqual(0, bench.Device.Journal.Count);
        Assert.AreEqual(0, bench.Device.Log.Added);

        // What it is told makes this device known there.
        var answer = new byte[300];
        System.Array.Copy(bench.Answered, 0, answer, 0, 300);
        var there = new JournalBench();
        there.UseAddress(new byte[] { 10, 77, 0, 5 });
        there.Reply(answer);
        Assert.AreEqual((int)OtherServerKind.Boot, (int)there.Device.Others.Kind(0));
        Assert.AreEqual(0x0a4d0002, Octets.ReadInt32(there.Device.Others.Address(0), 0));
    }

    [TestMethod]
    public void A_reply_that_is_broken_is_malformed_and_lists_nobody()
    {
        var bench = new JournalBench();
        byte[] broken = Servers.RelayedBootRouter;
        broken[241] = 200;
        bench.Reply(broken);
        Assert.AreEqual(1, bench.Device.Log.Counts[Counter.DhcpMalformed]);
        Assert.AreEqual(0, bench.Device.Others.Count);
    }

    private static void WriteOthers(ByteWriter json, JournalBench bench)
    {
        int index = 0;
        var writer = new JsonWriter(json);
        while (OthersJson.Write(writer, bench.Device.Others, index, bench.Now))
        {
            index++;
        }
    }

    private static void Once(string text, string words)
    {
        int at = text.IndexOf(words);
        Assert.AreEqual(words, at >= 0 ? words : text);
        Assert.IsTrue(text.IndexOf(words, at + 1) < 0);
    }
}
