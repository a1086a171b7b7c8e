using Netboot.Logging;
using Netboot.Syslog;

namespace Netboot.Tests.Journal;

[TestClass]
public class SyslogLimitTests
{
    [TestMethod]
    public void A_source_has_five_lines_at_once_and_then_two_a_second()
    {
        var limit = new SyslogLimit();
        Assert.AreEqual(5, Taken(limit, 1, 20, 1000));
        Assert.AreEqual(0, Taken(limit, 1, 20, 1499));
        Assert.AreEqual(1, Taken(limit, 1, 20, 1500));
        Assert.AreEqual(2, Taken(limit, 1, 20, 2500));
        Assert.AreEqual(5, Taken(limit, 1, 20, 100000));
    }

    [TestMethod]
    public void One_that_floods_does_not_silence_another()
    {
        var limit = new SyslogLimit();
        Taken(limit, 1, 1000, 1000);
        Assert.AreEqual(5, Taken(limit, 2, 5, 1000));
    }

    [TestMethod]
    public void All_together_have_ten_a_second()
    {
        var limit = new SyslogLimit();
        int taken = 0;
        for (int source = 1; source < 200; source++)
        {
            taken += Taken(limit, source, 20, 1000);
        }

        Assert.AreEqual(10, taken);
        for (int source = 200; source < 400; source++)
        {
            taken += Taken(limit, source, 20, 2000);
        }

        Assert.AreEqual(20, taken);
    }

    [TestMethod]
    public void A_flood_of_a_minute_leaves_the_device_its_own_lines()
    {
        var limit = new SyslogLimit();
        int taken = 0;
        for (int time = 0; time < 60000; time += 10)
        {
            taken += Taken(limit, time % 7, 1, time);
        }

        Assert.AreEqual((Log.Capacity / 2) + 29, taken);
    }

    [TestMethod]
    public void Silence_of_months_is_no_flood()
    {
        var limit = new SyslogLimit();
        Taken(limit, 1, 100, 1000);
        Assert.AreEqual(5, Taken(limit, 1, 20, 1000L + int.MaxValue));
        Assert.AreEqual(5, Taken(limit, 1, 20, 1000L + (2L * int.MaxValue)));
    }

    private static int Taken(SyslogLimit limit, int address, int lines, long now)
    {
        int taken = 0;
        for (int i = 0; i < lines; i++)
        {
            taken += limit.Take(address, now) ? 1 : 0;
        }

        return taken;
    }
}
