using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Tests.Dhcp;

/// <summary>The table of other servers, and when the device asks for them.</summary>
[TestClass]
public class OtherServersTests
{
    private const int Minute = 60000;
    private const int Hour = 3600000;
    private const OtherServerKind Router = OtherServerKind.Dhcp | OtherServerKind.Boot;

    [TestMethod]
    public void It_asks_ten_seconds_after_the_start_and_every_ten_minutes()
    {
        var others = new OtherServers();
        Assert.IsFalse(others.IsDue(5000));
        Assert.IsFalse(others.IsDue(14999));
        Assert.IsTrue(others.IsDue(15000));
        others.Asked(15000);
        Assert.IsFalse(others.IsDue(15000 + (10 * Minute) - 1));
        Assert.IsTrue(others.IsDue(15000 + (10 * Minute)));
    }

    [TestMethod]
    public void It_asks_earlier_when_somebody_wants_to_know_or_the_link_was_away_but_once_a_minute_at_most()
    {
        var others = new OtherServers { Wanted = true };
        Assert.IsFalse(others.IsDue(0));
        Assert.IsFalse(others.IsDue(9999));
        others.Asked(10000);
        Assert.IsFalse(others.Wanted);
        others.Wanted = true;
        Assert.IsFalse(others.IsDue(10000 + Minute - 1));
        Assert.IsTrue(others.IsDue(10000 + Minute));
        others.Asked(10000 + Minute);
        others.AskSoon();
        Assert.IsFalse(others.IsDue(11000 + Minute));
        Assert.IsFalse(others.IsDue(10000 + (2 * Minute) - 1));
        Assert.IsTrue(others.IsDue(10000 + (2 * Minute)));
    }

    [TestMethod]
    public void A_first_sighting_and_a_change_are_news_and_nothing_else()
    {
        var others = new OtherServers();
        Assert.AreEqual((int)OtherServerKind.Dhcp, (int)others.Heard(1, OtherServerKind.Dhcp, true, 0));
        Assert.AreEqual((int)OtherServerKind.None, (int)others.Heard(1, OtherServerKind.Dhcp, true, Minute));
        Assert.AreEqual((int)Router, (int)others.Heard(1, Router, true, 2 * Minute));

        // What it tells another machine adds to what is known; what it tells us is all there is.
        Assert.AreEqual((int)OtherServerKind.None, (int)others.Heard(1, OtherServerKind.Dhcp, false, 3 * Minute));
        Assert.AreEqual((int)Router, (int)others.Kind(0));
        Assert.AreEqual((int)OtherServerKind.Dhcp, (int)others.Heard(1, OtherServerKind.Dhcp, true, 4 * Minute));
        Assert.AreEqual(1, others.Count);
        Assert.AreEqual(3, others.Changes);
    }

    [TestMethod]
    public void The_server_that_was_silent_longest_gives_way_and_after_an_hour_any()
    {
        var others = new OtherServers();
        for (int i = 0; i < OtherServers.Capacity; i++)
        {
            others.Heard(100 + i, OtherServerKind.Dhcp, true, i * Minute);
        }

        others.Heard(100, OtherServerKind.Dhcp, true, 10 * Minute);
        others.Heard(200, OtherServerKind.NoProxy, true, 11 * Minute);
        Assert.AreEqual(OtherServers.Capacity, others.Count);
        Assert.AreEqual("100 200 102 103 ", All(others));
        Assert.AreEqual(1, others.Find(OtherServerKind.NoProxy));
        Assert.AreEqual(-1, others.Find(OtherServerKind.Boot));
        others.Asked((3 * Minute) + Hour - 1000);
        Assert.AreEqual("100 200 103 ", All(others));
        others.Asked((10 * Minute) + Hour);
        Assert.AreEqual("200 ", All(others));
        others.Asked((11 * Minute) + Hour);
        Assert.AreEqual(0, others.Count);
        Assert.IsNull(others.Address(0));
    }

    [TestMethod]
    public void A_flood_of_made_up_servers_gets_few_lines()
    {
        var others = new OtherServers();
        int lines = 0;
        for (int i = 1; i <= 1000; i++)
        {
            lines += others.Heard(i, OtherServerKind.Boot, false, 5000 + i) == OtherServerKind.None ? 0 : 1;
        }

        Assert.AreEqual(2 * OtherServers.Capacity, lines);
        Assert.AreEqual((int)OtherServerKind.Boot, (int)others.Heard(2000, OtherServerKind.Boot, true, 5 * Minute),
            "minutes later there is a line again");
        Assert.AreEqual(OtherServers.Capacity, others.Count);
    }

    private static string All(OtherServers others)
    {
        string all = "";
        for (int i = 0; i < others.Count; i++)
        {
            all += Octets.ReadInt32(others.Address(i), 0).ToString() + " ";
        }

        return all;
    }
}
