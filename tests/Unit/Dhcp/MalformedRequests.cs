using Netboot.Bytes;
using Netboot.Tests.Captures;

namespace Netboot.Tests.Dhcp;

/// <summary>What is no valid request is named and dropped.</summary>
[TestClass]
public class MalformedRequests
{
    [TestMethod]
    public void Every_cut_of_a_real_request_is_read_without_a_fault_outside_the_parser()
    {
        byte[] whole = UefiX64.Discover00;
        for (int length = 0; length < whole.Length; length++)
        {
            var bench = new DhcpBench();
            var cut = new byte[length];
            System.Array.Copy(whole, 0, cut, 0, length);
            string fault = bench.Send(cut, false);
            if (length < 243)
            {
                Assert.IsNotNull(fault, "without a message type");
            }
        }
    }

    [TestMethod]
    public void Stale_bytes_behind_a_short_packet_are_not_read()
    {
        var bench = new DhcpBench();
        bench.Send(UefiX64.Discover00, false);
        byte[] shorter = new Packet(1).Bytes();
        var withoutEnd = new byte[shorter.Length - 1];
        System.Array.Copy(shorter, 0, withoutEnd, 0, withoutEnd.Length);
        Assert.IsNull(bench.Send(withoutEnd, false));
        Assert.AreEqual(0, bench.Length, "the class of the packet before is not this packet's");
    }

    [TestMethod]
    public void Replies_other_hardware_and_a_missing_cookie_are_refused()
    {
        var bench = new DhcpBench();
        byte[] packet = new Packet(1).Text(60, "PXEClient").Bytes();
        packet[0] = 2;
        Assert.AreEqual("not a request", bench.Send(packet, false));
        packet[0] = 1;
        packet[1] = 32;
        Assert.AreEqual("not an Ethernet client", bench.Send(packet, false));
        packet[1] = 1;
        packet[2] = 16;
        Assert.AreEqual("not an Ethernet client", bench.Send(packet, false));
        packet[2] = 6;
        packet[236] = 0;
        Assert.AreEqual("no DHCP cookie", bench.Send(packet, false));
    }

    [TestMethod]
    public void An_option_that_runs_past_the_end_is_named()
    {
        var bench = new DhcpBench();
        byte[] packet = new Packet(1).Text(60, "PXEClient").Bytes();
        packet[packet.Length - 11] = 200;
        Assert.AreEqual("an option runs past the end", bench.Send(packet, false));
    }

    [TestMethod]
    public void An_overload_that_points_at_itself_ends()
    {
        var packet = new Packet(1);
        packet.Option(52, new byte[] { 3 });
        int at = packet.Put(108, 52, new byte[] { 3 });
        packet.Put(at, 60, Octets.Of("PXEClient"));
        packet.Put(44, 52, new byte[] { 3 });
        var bench = new DhcpBench();
        Assert.IsNull(bench.Send(packet.Bytes(), false));
    }

    [TestMethod]
    public void Split_options_longer_than_there_is_room_are_refused()
    {
        var packet = new Packet(1);
        for (int i = 0; i < 4; i++)
        {
            packet.Option(60, new byte[255]);
        }

        var bench = new DhcpBench();
        Assert.AreEqual("split options too long", bench.Send(packet.Bytes(), false));
    }
}
