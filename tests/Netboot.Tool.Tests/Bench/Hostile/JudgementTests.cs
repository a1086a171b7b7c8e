using System;
using System.Linq;
using Netboot.Tool.Bench;
using Netboot.Tool.Bench.Hostile;

namespace Netboot.Tool.Tests.Bench.Hostile;

[TestClass]
public sealed class JudgementTests
{
    [TestMethod]
    [DataRow(12, 12, -1, true)]
    [DataRow(19, 20, -1, true)]
    [DataRow(18, 20, -1, false)]
    [DataRow(0, 0, -1, false)]
    [DataRow(19, 20, 19, true)]
    [DataRow(19, 20, 20, false)]
    [DataRow(10, 20, 4, false)]
    public void Nineteen_of_twenty_are_served_and_as_many_as_by_the_peer(int served, int asked, int byPeer, bool met) =>
        Assert.AreEqual(met, Judge(Figure.Served("x", served, asked), byPeer < 0 ? null : Figure.Served("x", byPeer, asked)).Met);

    [TestMethod]
    [DataRow(400, -1, true)]
    [DataRow(401, -1, false)]
    [DataRow(300, 250, false)]
    [DataRow(300, 900, true)]
    [DataRow(500, 900, false)]
    public void A_stranger_is_worth_at_most_four_times_its_bytes_and_no_more_than_at_the_peer(int received, int byPeer, bool met) =>
        Assert.AreEqual(met, Judge(Figure.Amplification("x", 100, received), byPeer < 0 ? null : Figure.Amplification("x", 100, byPeer))
        .Met);

    [TestMethod]
    [DataRow(1.3, 1.0, true)]
    [DataRow(1.4, 1.0, false)]
    [DataRow(0.2, 0.01, true)]
    [DataRow(9, -1, true)]
    public void A_time_is_compared_with_room_for_scatter(double seconds, double ofPeer, bool met) =>
        Assert.AreEqual(met, Judge(Seconds(seconds), ofPeer < 0 ? null : Seconds(ofPeer)).Met);

    [TestMethod]
    public void What_must_not_happen_does_not_happen_once()
    {
        Assert.IsTrue(Judge(Figure.Never("x", 0, 14), Figure.Never("x", 5, 14)).Met);
        Assert.IsFalse(Judge(Figure.Never("x", 1, 14), Figure.Never("x", 5, 14)).Met);
        Assert.IsTrue(Judge(Figure.Always("x", 4, 4), null).Met);
        Assert.IsFalse(Judge(Figure.Always("x", 3, 4), null).Met);
    }

    [TestMethod]
    public void What_is_told_is_not_judged()
    {
        Judgement told = Judge(Figure.Told("x", 0, 4), null);
        Assert.IsTrue(told.Met);
        Assert.AreEqual("", told.Verdict);
        Assert.AreEqual("", told.Bar);
    }

    [TestMethod]
    public void A_bar_says_what_it_is()
    {
        Assert.AreEqual("≥ 95%", Judge(Figure.Served("x", 1, 1), null).Bar);
        Assert.AreEqual("≥ 95%, as dnsmasq", Judge(Figure.Served("x", 1, 1), Figure.Served("x", 1, 1)).Bar);
        Assert.AreEqual("≤ 4, as dnsmasq", Judge(Figure.Amplification("x", 1, 1), Figure.Amplification("x", 1, 1)).Bar);
        Assert.AreEqual("≤ 0", Judge(Figure.Never("x", 0, 1), Figure.Never("x", 0, 1)).Bar);
        Assert.AreEqual("as dnsmasq", Judge(Seconds(1), Seconds(1)).Bar);
        Assert.AreEqual("", Judge(Seconds(1), null).Bar);
    }

    [TestMethod]
    public void A_peers_figure_is_found_by_its_title()
    {
        Judgement[] all = [.. Judgement.Of("case", [Figure.Never("a", 0, 1), Figure.Never("b", 0, 1)], [Figure.Never("b", 1, 1)], true)];
        Assert.IsNull(all[0].Peer);
        Assert.AreEqual(1, all[1].Peer?.Value);
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void On_a_busy_machine_times_are_not_judged(bool judgesTimes, bool met) =>
        Assert.AreEqual(met, Judgement.Of("case", [Seconds(9)], [Seconds(1)], judgesTimes).Single().Met);

    [TestMethod]
    public void Each_case_has_a_name_of_its_own_and_an_attack()
    {
        CollectionAssert.AllItemsAreUnique(HostileCase.All.Select(hostile => hostile.Name).ToArray());
        Assert.IsTrue(HostileCase.All.All(hostile => hostile.Attack.Length > 0 && HostileCase.Named(hostile.Name) == hostile));
    }

    [TestMethod]
    public void Markdown_names_an_attack_once()
    {
        var name = HostileCase.All[0].Name;
        string[] lines =
        [
            .. HostileReport.Markdown([new(name, Figure.Never("a", 0, 1), null),
            new(name, Figure.Never("b", 0, 2), Figure.Never("b", 1, 2))]),
        ];
        Assert.HasCount(4, lines);
        Assert.AreEqual($"| {HostileCase.All[0].Attack} | a | 0 of 1 | - |", lines[2]);
        Assert.AreEqual("|  | b | 0 of 2 | 1 of 2 |", lines[3]);
    }

    private static Figure Seconds(double seconds) => Figure.Seconds("x", new Distribution([TimeSpan.FromSeconds(seconds)]));

    private static Judgement Judge(Figure device, Figure? peer) => new("case", device, peer);
}
