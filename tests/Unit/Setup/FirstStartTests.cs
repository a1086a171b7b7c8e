using Netboot.Api;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Setup;

[TestClass]
public class FirstStartTests
{
    private const int Minute = 60000;

    [TestMethod]
    public void Wifi_board_without_credentials_opens_an_access_point_after_half_a_minute()
    {
        var bench = new FirstStartBench();
        bench.Start();
        Assert.IsFalse(bench.FirstStart.IsOpen);
        bench.Run(0, SetupMode.SettleMilliseconds - 1, false);
        Assert.IsFalse(bench.Board.IsOn);
        bench.Run(SetupMode.SettleMilliseconds, SetupMode.SettleMilliseconds + 1000, false);
        Assert.IsTrue(bench.Board.IsOn);
        Assert.AreEqual("netboot-0abc01", bench.Board.OnName);
        Assert.AreEqual(SetupKey.Length, bench.Board.OnPassword.Length);
        Assert.AreEqual(1, bench.Board.Restarts);

        bench.Start();
        Assert.IsTrue(bench.FirstStart.IsOpen);
        Assert.AreEqual("Wi-Fi set-up: join " + bench.Board.OnName + ", password " + bench.Board.OnPassword
            + ", then open http://192.168.4.1/", bench.FirstStart.Announcement);
    }

    [TestMethod]
    public void The_password_is_in_no_log_and_the_same_every_time()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        string password = bench.Board.OnPassword;
        Assert.IsTrue(bench.LogText().IndexOf(password) < 0);
        bench.Run(0, 11 * Minute, false);
        bench.Start();
        bench.Start();
        bench.Run(0, Minute, false);
        Assert.IsTrue(bench.Board.IsOn);
        Assert.AreEqual(password, bench.Board.OnPassword);
    }

    [TestMethod]
    public void It_closes_after_ten_minutes_and_stays_closed_until_the_next_start_but_one()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        bench.Run(0, SetupMode.OpenMilliseconds - 1000, false);
        Assert.IsTrue(bench.Board.IsOn);
        bench.Run(SetupMode.OpenMilliseconds, SetupMode.OpenMilliseconds + 5000, false);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(2, bench.Board.Restarts);

        // The restart that closing took.
        bench.Start();
        Assert.IsFalse(bench.FirstStart.IsOpen);
        bench.Run(0, 60 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(2, bench.Board.Restarts);

        // Somebody switches it off and on.
        bench.Start();
        bench.Run(0, Minute, false);
        Assert.IsTrue(bench.Board.IsOn);
    }

    [TestMethod]
    public void A_power_cut_while_it_is_open_leaves_it_open_for_another_ten_minutes()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        bench.Run(0, 5 * Minute, false);
        bench.Start();
        Assert.IsTrue(bench.FirstStart.IsOpen);
        bench.Run(0, 9 * Minute, false);
        Assert.IsTrue(bench.Board.IsOn);
    }

    [TestMethod]
    public void Never_while_the_link_is_up()
    {
        var bench = new FirstStartBench();
        bench.Start();
        bench.Run(0, 60 * Minute, true);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(0, bench.Board.Restarts);

        bench.Start();
        bench.Run(0, 20000, false);
        bench.Run(20000, 60 * Minute, true);
        bench.Run(60 * Minute, 120 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
    }

    [TestMethod]
    public void A_link_closes_it_at_once()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        bench.Run(0, 1000, false);
        bench.Run(1000, 6000, true);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(2, bench.Board.Restarts);
    }

    [TestMethod]
    public void Never_on_a_board_with_Ethernet()
    {
        var bench = new FirstStartBench();
        bench.Board.IsAllowed = false;
        bench.Start();
        bench.Run(0, 60 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(0, bench.Board.Restarts);
    }

    [TestMethod]
    public void A_Wifi_that_was_entered_is_tried_and_the_access_point_comes_back_when_it_cannot_be_joined()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        bench.Board.UseWifi("home", "wrong");
        bench.FirstStart.WifiEntered(1000);
        bench.Run(1000, 1000 + FirstStart.GoodbyeMilliseconds - 200, false);
        Assert.AreEqual(1, bench.Board.Restarts);
        bench.Run(1000 + FirstStart.GoodbyeMilliseconds, 10000, false);
        Assert.AreEqual(2, bench.Board.Restarts);
        Assert.IsFalse(bench.Board.IsOn);

        bench.Start();
        bench.Run(0, SetupMode.TrialMilliseconds - 1000, false);
        Assert.IsFalse(bench.Board.IsOn);
        bench.Run(SetupMode.TrialMilliseconds, SetupMode.TrialMilliseconds + 1000, false);
        Assert.IsTrue(bench.Board.IsOn);
        bench.Start();
        Assert.IsTrue(bench.FirstStart.IsOpen);

        // Nobody comes; its time is over; the owner switches it off and on and has another go.
        bench.Run(0, 11 * Minute, false);
        bench.Start();
        bench.Run(0, 5 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
        bench.Start();
        bench.Run(0, 5 * Minute, false);
        Assert.IsTrue(bench.Board.IsOn);
    }

    [TestMethod]
    public void A_Wifi_that_was_joined_once_never_opens_it_again()
    {
        var bench = new FirstStartBench();
        bench.Board.Network = "home";
        bench.Start();
        bench.Run(0, 10000, false);
        bench.Run(10000, 20000, true);
        Assert.AreEqual(1, bench.Storage.Length(FirstStart.MarkFile));

        // The router is away for a day.
        bench.Start();
        bench.Run(0, 24 * 60 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
    }

    [TestMethod]
    public void A_Wifi_that_was_joined_and_is_forgotten_opens_it()
    {
        var bench = new FirstStartBench();
        bench.Board.Network = "home";
        bench.Start();
        bench.Run(0, 20000, true);
        bench.Board.Network = null;
        bench.Start();
        bench.Run(0, Minute, false);
        Assert.IsTrue(bench.Board.IsOn);
    }

    [TestMethod]
    public void An_access_point_that_did_not_start_is_not_tried_again_in_this_run()
    {
        var bench = new FirstStartBench();
        bench.Start();
        bench.Run(0, Minute, false);
        bench.Board.IsOn = false;
        bench.Start();
        bench.Run(0, 60 * Minute, false);
        Assert.AreEqual(1, bench.Board.Restarts);
        bench.Start();
        bench.Run(0, Minute, false);
        Assert.AreEqual(2, bench.Board.Restarts);
    }

    [TestMethod]
    public void Without_a_storage_that_can_be_written_nothing_opens()
    {
        var bench = new FirstStartBench();
        bench.Storage.Capacity = 0;
        bench.Start();
        bench.Run(0, 60 * Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(0, bench.Board.Restarts);
        Assert.IsTrue(bench.LogText().IndexOf("No access point for set-up: ") >= 0);
        bench.Storage.Dead = true;
        bench.Start();
        bench.Run(0, Minute, false);
        Assert.IsFalse(bench.Board.IsOn);
    }

    [TestMethod]
    public void What_the_platform_refuses_restarts_nothing()
    {
        var bench = new FirstStartBench();
        bench.Board.AccessPointFault = "no";
        bench.Start();
        bench.Run(0, 60 * Minute, false);
        Assert.AreEqual(0, bench.Board.Restarts);
    }

    [TestMethod]
    public void An_access_point_that_is_not_ours_is_closed()
    {
        var bench = new FirstStartBench();
        bench.Board.IsOn = true;
        bench.Board.OnName = "netboot-0abc01";
        bench.Board.OnPassword = "nanoframework";
        bench.Start();
        Assert.IsFalse(bench.FirstStart.IsOpen);
        Assert.IsNull(bench.FirstStart.Announcement);
        bench.Run(0, 5000, false);
        Assert.IsFalse(bench.Board.IsOn);
        Assert.AreEqual(1, bench.Board.Restarts);
    }

    [TestMethod]
    public void A_factory_reset_removes_the_devices_files_and_counts_what_stays()
    {
        var bench = new FirstStartBench();
        bench.OpenAndRestart();
        bench.Storage.Set("netboot.cfg", new byte[1]);
        bench.Storage.Set("undionly.kpxe", new byte[1]);
        Assert.AreEqual(0, FactoryReset.Run(bench.Storage, bench.Log));
        Assert.AreEqual(-1, bench.Storage.Length(SetupKey.File));
        Assert.AreEqual(-1, bench.Storage.Length(FirstStart.MarkFile));
        Assert.AreEqual(-1, bench.Storage.Length("netboot.cfg"));
        Assert.AreEqual(1, bench.Storage.Length("undionly.kpxe"));
        bench.Storage.DeleteThrows = true;
        Assert.IsTrue(FactoryReset.Run(bench.Storage, bench.Log) > 0);
    }
}
