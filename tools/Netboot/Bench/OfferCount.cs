using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Netboot.Tool.Bench;

/// <summary>
/// Matches offers to the DISCOVERs that they answer, by transaction and hardware address. One thread sends, another receives.
/// </summary>
internal sealed class OfferCount(DiscoverPlan plan)
{
    /// <summary>iPXE waits 2 s for a proxy's offer, other firmware longer: one that comes later is as good as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const byte Reply = 2;
    private const byte MessageType = 53;
    private const byte MessageTypeOffer = 2;
    private const uint Cookie = 0x63825363;
    private const int CookieOffset = 236;

    private readonly long[] _sent = new long[plan.Count];
    private readonly long[] _due = new long[plan.Count];
    private readonly long[] _answered = new long[plan.Count];
    private int _duplicates;
    private int _strangers;

    /// <summary>The packet is about to leave.</summary>
    public void Leaves(int index, long due, long now)
    {
        _due[index] = due;
        Volatile.Write(ref _sent[index], now);
    }

    public void Take(ReadOnlySpan<byte> packet, long now)
    {
        var index = IsOffer(packet)
            ? plan.IndexOf(BinaryPrimitives.ReadUInt32BigEndian(packet[DiscoverPlan.TransactionOffset..]))
            : -1;
        if (index < 0 || Volatile.Read(ref _sent[index]) == 0 || !SameMachine(packet, plan[index]))
        {
            _strangers++;
        }
        else if (_answered[index] != 0)
        {
            _duplicates++;
        }
        else
        {
            _answered[index] = now;
        }
    }

    /// <summary>Called when there is nothing more to wait for.</summary>
    public OfferResult Result(string server)
    {
        var answered = Enumerable.Range(0, plan.Count).Where(i => _answered[i] != 0 && Latency(i) <= Patience).ToArray();
        var lateness = Enumerable.Range(0, plan.Count).Select(i => Stopwatch.GetElapsedTime(_due[i], _sent[i]));
        return new OfferResult(server, plan.Count, new Distribution(answered.Select(Latency)), new Distribution(lateness), _duplicates,
            _strangers)
        {
            Slowest = answered.Length == 0 ? -1 : answered.MaxBy(Latency),
        };
    }

    private TimeSpan Latency(int index) => Stopwatch.GetElapsedTime(_sent[index], _answered[index]);

    private static bool IsOffer(ReadOnlySpan<byte> packet) =>
        packet.Length > DiscoverPlan.OptionsOffset + 2
        && packet[0] == Reply
        && BinaryPrimitives.ReadUInt32BigEndian(packet[CookieOffset..]) == Cookie
        && packet[DiscoverPlan.OptionsOffset..].StartsWith((ReadOnlySpan<byte>)[MessageType, 1, MessageTypeOffer]);

    private static bool SameMachine(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> discover) =>
        packet.Slice(DiscoverPlan.HardwareAddressOffset, DiscoverPlan.HardwareAddressLength)
            .SequenceEqual(discover.Slice(DiscoverPlan.HardwareAddressOffset, DiscoverPlan.HardwareAddressLength));
}

/// <summary>What came of a stream of DISCOVERs to one server.</summary>
internal sealed record OfferResult(string Server, int Sent, Distribution Latency, Distribution Lateness, int Duplicates, int Strangers)
{
    /// <summary>What the server's process took of the processors meanwhile.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>
    /// Which DISCOVER waited longest for its answer, counted from 0, or -1: a program's first answer is slower, because its code is
    /// compiled then.
    /// </summary>
    public int Slowest { get; init; }

    public int Answered => Latency.Count;

    public int Lost => Sent - Answered;
}
