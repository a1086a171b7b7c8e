using System;
using System.Diagnostics;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Tests.Bench;

[TestClass]
public sealed class OfferCountTests
{
    private const int Count = 4;
    private const int Reply = 2;
    private const int TypeValue = DiscoverPlan.OptionsOffset + 2;
    private const int Offer = 2;
    private const int Acknowledgement = 5;
    private static readonly long Start = Stopwatch.Frequency * 1000;
    private static readonly long Millisecond = Stopwatch.Frequency / 1000;

    private readonly DiscoverPlan _plan = new(Count, machines: 2, firstTransaction: 77, Discovers.All);
    private readonly OfferCount _count;

    public OfferCountTests() => _count = new OfferCount(_plan);

    [TestMethod]
    public void Answers_are_matched_in_any_order()
    {
        Leave(0, 1, 2, 3);
        foreach (var i in new[] { 3, 0, 1, 2 })
        {
            _count.Take(OfferTo(i), Start + (5 + i) * Millisecond);
        }

        var result = _count.Result("device");
        Assert.AreEqual(0, result.Lost);
        Assert.AreEqual(3, result.Slowest);
        Assert.AreEqual(8, result.Latency.Worst!.Value.TotalMilliseconds, 0.01);
        Assert.AreEqual(1, result.Lateness.Worst!.Value.TotalMilliseconds, 0.01);
    }

    [TestMethod]
    public void What_does_not_come_is_lost()
    {
        Leave(0, 1, 2, 3);
        _count.Take(OfferTo(1), Start + Millisecond);
        Assert.AreEqual(3, _count.Result("device").Lost);
    }

    [TestMethod]
    public void What_comes_too_late_is_lost()
    {
        Leave(0, 1, 2, 3);
        for (var i = 0; i < Count; i++)
        {
            _count.Take(OfferTo(i), Start + (long)((OfferCount.Patience.TotalSeconds + (i == 2 ? 0.1 : -0.1)) * Stopwatch.Frequency));
        }

        Assert.AreEqual(1, _count.Result("device").Lost);
    }

    [TestMethod]
    public void A_second_answer_is_no_answer_to_another()
    {
        Leave(0, 1, 2, 3);
        _count.Take(OfferTo(0), Start + Millisecond);
        _count.Take(OfferTo(0), Start + Millisecond);
        var result = _count.Result("device");
        Assert.AreEqual(1, result.Answered);
        Assert.AreEqual(1, result.Duplicates);
    }

    [TestMethod]
    public void Only_offers_to_that_machine_count()
    {
        Leave(0, 1);
        var otherMachine = OfferTo(0);
        otherMachine[DiscoverPlan.HardwareAddressOffset + 5] ^= 1;
        var otherTransaction = OfferTo(0);
        otherTransaction[DiscoverPlan.TransactionOffset] ^= 0x80;
        var request = OfferTo(0);
        request[0] = 1;
        var acknowledgement = OfferTo(0);
        acknowledgement[TypeValue] = Acknowledgement;
        byte[][] all = [otherMachine, otherTransaction, request, acknowledgement, OfferTo(2), OfferTo(0)[..200], []];
        foreach (var packet in all)
        {
            _count.Take(packet, Start + Millisecond);
        }

        var result = _count.Result("device");
        Assert.AreEqual(0, result.Answered);
        Assert.AreEqual(all.Length, result.Strangers);
    }

    private void Leave(params int[] indexes)
    {
        foreach (var i in indexes)
        {
            _count.Leaves(i, Start - Millisecond, Start);
        }
    }

    private byte[] OfferTo(int index)
    {
        var packet = (byte[])_plan[index].Clone();
        packet[0] = Reply;
        packet[TypeValue] = Offer;
        return packet;
    }
}
