using System;
using System.Collections.Generic;
using System.Linq;
using Netboot.Dhcp;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class DiscoverPlanTests
{
    private const int Machines = 7;
    private const int Count = 21;

    /// <summary>Near the end of the range: transactions wrap round.</summary>
    private const uint First = uint.MaxValue - 9;

    private readonly DiscoverPlan _plan = new(Count, Machines, First, Discovers.All);

    [TestMethod]
    public void Every_template_is_a_discover_that_the_device_accepts()
    {
        foreach (var (firmware, packet) in Discovers.All)
        {
            var message = new DhcpMessage();
            packet.CopyTo(message.Buffer, 0);
            Assert.IsNull(message.Parse(packet.Length), firmware);
            Assert.AreEqual(DhcpMessageType.Discover, message.MessageType, firmware);
        }
    }

    [TestMethod]
    public void Transactions_are_different_and_found()
    {
        for (var i = 0; i < Count; i++)
        {
            var transaction = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_plan[i].AsSpan(DiscoverPlan.TransactionOffset));
            Assert.AreEqual(i, _plan.IndexOf(transaction));
        }

        Assert.AreEqual(-1, _plan.IndexOf(First - 1));
        Assert.AreEqual(-1, _plan.IndexOf(unchecked(First + Count)));
    }

    [TestMethod]
    public void Machines_take_turns_and_keep_their_firmware()
    {
        Assert.AreEqual(Machines, Enumerable.Range(0, Count).Select(i => Address(_plan[i])).Distinct().Count());
        for (var i = Machines; i < Count; i++)
        {
            Assert.AreEqual(Address(_plan[i - Machines]), Address(_plan[i]));
            Assert.AreEqual(_plan[i - Machines].Length, _plan[i].Length);
        }
    }

    /// <summary>The address is also in the client identifier of iPXE, and the UUID is the machine's own.</summary>
    [TestMethod]
    public void Nothing_of_the_recorded_machine_is_left()
    {
        for (var i = 0; i < Machines; i++)
        {
            var (firmware, template) = Discovers.All[i % Discovers.All.Count];
            var recorded = template.AsSpan(DiscoverPlan.HardwareAddressOffset, DiscoverPlan.HardwareAddressLength);
            Assert.AreEqual(-1, _plan[i].AsSpan().IndexOf(recorded), firmware);
            Assert.AreEqual(template.Length, _plan[i].Length, firmware);
        }

        var uuids = new HashSet<string>(Enumerable.Range(0, Machines).Select(i => Uuid(_plan[i])));
        Assert.HasCount(Machines, uuids);
    }

    private static string Address(byte[] packet) =>
        Convert.ToHexString(packet, DiscoverPlan.HardwareAddressOffset, DiscoverPlan.HardwareAddressLength);

    private static string Uuid(byte[] packet)
    {
        var at = packet.AsSpan(DiscoverPlan.OptionsOffset).IndexOf((ReadOnlySpan<byte>)[97, 17, 0]) + DiscoverPlan.OptionsOffset;
        return Convert.ToHexString(packet, at + 3, 16);
    }
}
