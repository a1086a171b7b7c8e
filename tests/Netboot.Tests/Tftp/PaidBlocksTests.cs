using System;
using Netboot.Dhcp;
using Netboot.Tests.Captures;
using Netboot.Tests.Journal;

namespace Netboot.Tests.Tftp;

/// <summary>Whose DHCP packets pay for a first block to an address that never answered.</summary>
[TestClass]
public class PaidBlocksTests
{
    private static readonly byte[] RaspberryPi = [0xB8, 0x27, 0xEB, 1, 2, 3];

    [TestMethod]
    public void A_Raspberry_Pi_pays_for_one_block_with_each_packet()
    {
        var bench = new JournalBench();
        var blocks = new Netboot.Api.PaidBlocks(bench.Device.Dhcp);
        Assert.IsFalse(blocks.TakeBlock(), "nothing was heard");
        bench.Packet(UefiX64.Discover00, false);
        bench.Packet(BiosPlain.Discover00, false);
        Assert.IsFalse(blocks.TakeBlock(), "other machines ask with options");
        bench.Packet(OfPi(), false);
        Assert.IsTrue(blocks.TakeBlock());
        Assert.IsFalse(blocks.TakeBlock(), "one each");
    }

    [TestMethod]
    public void What_is_left_of_many_packets_is_two_blocks()
    {
        var bench = new JournalBench();
        var blocks = new Netboot.Api.PaidBlocks(bench.Device.Dhcp);
        for (int i = 0; i < 50; i++)
        {
            bench.Packet(OfPi(), false);
        }

        Assert.IsTrue(blocks.TakeBlock() && blocks.TakeBlock());
        Assert.IsFalse(blocks.TakeBlock());
    }

    // A PC's DISCOVER of architecture 0, which a Pi's says too, from one of its Ethernet addresses.
    private static byte[] OfPi()
    {
        byte[] packet = (byte[])BiosPlain.Discover00.Clone();
        Array.Copy(RaspberryPi, 0, packet, DhcpMessage.HardwareAddressOffset, RaspberryPi.Length);
        return packet;
    }
}
