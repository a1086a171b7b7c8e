using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tests.Captures;
using Netboot.Web;

namespace Netboot.Tests.Journal;

/// <summary>Ports 67 and 4011 of a device at 10.77.0.2/24: no answer leaves its subnet but to relays that the settings name.</summary>
[TestClass]
public class WhoIsAnswered
{
    private const int Ciaddr = 12;
    private const int Giaddr = 24;

    [DataRow("10.77.0.9", true, "a neighbour")]
    [DataRow("10.77.0.255", false, "the subnet's broadcast")]
    [DataRow("10.77.0.0", false, "the subnet itself")]
    [DataRow("10.77.1.9", false, "another subnet")]
    [DataRow("8.8.8.8", false, "the Internet")]
    [DataRow("224.0.0.251", false, "a group")]
    [DataRow("255.255.255.255", false, "everybody")]
    [DataRow("127.0.0.1", false, "itself")]
    [DataRow("0.0.0.7", false, "nobody")]
    [TestMethod]
    public void An_answer_goes_to_a_client_or_a_relay_of_the_own_subnet_only(string address, bool answered, string who)
    {
        var bench = new JournalBench();
        Assert.AreEqual(answered, bench.Reply(Discover(Ciaddr, address)) > 0, "ciaddr is " + who);
        Assert.AreEqual(answered, bench.Reply(Discover(Giaddr, address)) > 0, "giaddr is " + who);
        Assert.AreEqual(answered ? 0 : 2, bench.Device.Log.Counts[Counter.DhcpRefused]);
        Assert.AreEqual(answered ? 1 : 0, bench.Device.Journal.Count);
    }

    [TestMethod]
    public void The_question_of_a_device_elsewhere_is_no_way_round_the_rule()
    {
        var bench = new JournalBench();
        Assert.AreEqual(0, bench.Reply(Netboot.Dhcp.ServerQuestion.Of(new byte[] { 2, 0, 0, 0, 0, 9 }, new byte[] { 8, 8, 8, 8 })));
    }

    [TestMethod]
    public void A_relay_that_the_settings_name_is_answered_and_its_machines_too()
    {
        var bench = new JournalBench("[mirror]\nurl = http://10.77.0.3/\n[dhcp]\nrelays = 10.2.0.1 10.3.0.1/22\n");
        Assert.IsTrue(bench.Reply(Discover(Giaddr, "10.2.0.1")) > 0);
        Assert.AreEqual(0, bench.Reply(Discover(Giaddr, "10.2.0.2")), "the setting names the relay, not all of its subnet");
        Assert.IsTrue(bench.Reply(Discover(Giaddr, "10.3.0.1")) > 0);

        // Later from its own address, by unicast.
        Assert.IsTrue(bench.Reply(Discover(Ciaddr, "10.2.0.77")) > 0);
        Assert.AreEqual(0, bench.Reply(Discover(Ciaddr, "10.2.1.77")), "without a prefix it is 24 bits");
        Assert.IsTrue(bench.Reply(Discover(Ciaddr, "10.3.3.77")) > 0);
        Assert.AreEqual(0, bench.Reply(Discover(Ciaddr, "10.3.3.255")), "a broadcast is no host there either");
        Assert.AreEqual(0, bench.Reply(Discover(Ciaddr, "10.3.4.77")));
    }

    [TestMethod]
    public void Of_a_relay_that_is_not_allowed_one_line_tells_and_the_list_until_it_is()
    {
        var bench = new JournalBench();
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(0, bench.Reply(Discover(Giaddr, "10.2.0.1")));
        }

        Assert.AreEqual("10.2.0.1 1000;", Heard(bench));
        Assert.AreEqual(1, bench.Device.Log.Added);
        var line = new ByteWriter(200, 200);
        bench.Device.Log.Write(0, line, out long _);
        Assert.AreEqual("[DHCP] Relay agent 10.2.0.1 is not allowed, so its machines get no answer: see [dhcp] relays", line.ToString());

        Assert.IsTrue(bench.Line("status").Contains("Relay agent 10.2.0.1 is not allowed, see [dhcp] relays ("));
        var json = new ByteWriter(200, 200);
        int index = 0;
        var writer = new JsonWriter(json);
        while (OthersJson.WriteRelay(writer, bench.Device.Served, ref index, bench.Now))
        {
        }

        Assert.AreEqual("\"relays\":[{\"address\":\"10.2.0.1\",\"ago\":1000}]", json.ToString());

        bench.Device.Served.Use(Octets.Of("10.2.0.1"));
        Assert.AreEqual("", Heard(bench));
        Assert.IsTrue(bench.Reply(Discover(Giaddr, "10.2.0.1")) > 0);
    }

    [TestMethod]
    public void A_flood_of_relays_washes_out_neither_the_real_one_nor_the_log()
    {
        var bench = new JournalBench();
        bench.Reply(Discover(Giaddr, "10.2.0.1"));
        bench.Reply(Discover(Giaddr, "10.2.0.1"));
        for (int i = 1; i < 200; i++)
        {
            bench.Reply(Discover(Giaddr, "10.9." + i.ToString() + ".1"));
        }

        Assert.IsTrue(Heard(bench).Contains("10.2.0.1 "), Heard(bench));
        Assert.IsTrue(bench.Device.Log.Added <= 10, "lines: " + bench.Device.Log.Added.ToString());
    }

    [TestMethod]
    public void Without_an_address_nobody_is_served()
    {
        var bench = new Terminal.ConsoleBench();
        Assert.IsFalse(bench.Device.Served.Serves(new byte[] { 10, 77, 0, 9 }));
        Assert.IsFalse(bench.Device.Served.Serves(new byte[16]), "no IPv4 address");
    }

    private static byte[] Discover(int field, string address)
    {
        byte[] packet = (byte[])UefiX64.Discover00.Clone();
        System.Array.Copy(AddressText.Parse(address), 0, packet, field, 4);
        return packet;
    }

    private static string Heard(JournalBench bench)
    {
        var text = new ByteWriter(200, 200);
        var address = new byte[4];
        int index = 0;
        while (bench.Device.Served.ReadHeard(ref index, address, out long heard))
        {
            text.Address(address, 0).Byte(' ').Number((int)(bench.Now - heard) / 1000 * 1000).Byte(';');
        }

        return text.ToString();
    }
}
