using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Setup;

[TestClass]
public class FirstStartTests
{
    private const int Minute = 60000;

    private FakeBoard _board;
    private MemoryStorage _storage;
    private Log _log;
    private FirstStart _start;

    [TestMethod]
    public void Wifi_board_without_credentials_opens_an_access_point_after_half_a_minute()
    {
        Fresh();
        Start();
        Assert.IsFalse(_start.IsOpen);
        Run(0, SetupMode.SettleMilliseconds - 1, false);
        Assert.IsFalse(_board.IsOn);
        Run(SetupMode.SettleMilliseconds, SetupMode.SettleMilliseconds + 1000, false);
        Assert.IsTrue(_board.IsOn);
        Assert.AreEqual("netboot-0abc01", _board.OnName);
        Assert.AreEqual(SetupKey.Length, _board.OnPassword.Length);
        Assert.AreEqual(1, _board.Restarts);

        Start();
        Assert.IsTrue(_start.IsOpen);
        Assert.AreEqual("Wi-Fi set-up: join " + _board.OnName + ", password " + _board.OnPassword + ", then open http://192.168.4.1/", _start.Announcement);
    }

    [TestMethod]
    public void The_password_is_in_no_log_and_the_same_every_time()
    {
        Fresh();
        OpenAndRestart();
        string password = _board.OnPassword;
        Assert.IsTrue(LogText().IndexOf(password) < 0);
        Run(0, 11 * Minute, false);
        Start();
        Start();
        Run(0, Minute, false);
        Assert.IsTrue(_board.IsOn);
        Assert.AreEqual(password, _board.OnPassword);
    }

    [TestMethod]
    public void It_closes_after_ten_minutes_and_stays_closed_until_the_next_start_but_one()
    {
        Fresh();
        OpenAndRestart();
        Run(0, SetupMode.OpenMilliseconds - 1000, false);
        Assert.IsTrue(_board.IsOn);
        Run(SetupMode.OpenMilliseconds, SetupMode.OpenMilliseconds + 5000, false);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(2, _board.Restarts);

        // The restart that closing took.
        Start();
        Assert.IsFalse(_start.IsOpen);
        Run(0, 60 * Minute, false);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(2, _board.Restarts);

        // Somebody switches it off and on.
        Start();
        Run(0, Minute, false);
        Assert.IsTrue(_board.IsOn);
    }

    [TestMethod]
    public void A_power_cut_while_it_is_open_leaves_it_open_for_another_ten_minutes()
    {
        Fresh();
        OpenAndRestart();
        Run(0, 5 * Minute, false);
        Start();
        Assert.IsTrue(_start.IsOpen);
        Run(0, 9 * Minute, false);
        Assert.IsTrue(_board.IsOn);
    }

    [TestMethod]
    public void Never_while_the_link_is_up()
    {
        Fresh();
        Start();
        Run(0, 60 * Minute, true);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(0, _board.Restarts);

        Start();
        Run(0, 20000, false);
        Run(20000, 60 * Minute, true);
        Run(60 * Minute, 120 * Minute, false);
        Assert.IsFalse(_board.IsOn);
    }

    [TestMethod]
    public void A_link_closes_it_at_once()
    {
        Fresh();
        OpenAndRestart();
        Run(0, 1000, false);
        Run(1000, 6000, true);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(2, _board.Restarts);
    }

    [TestMethod]
    public void Never_on_a_board_with_Ethernet()
    {
        Fresh();
        _board.IsAllowed = false;
        Start();
        Run(0, 60 * Minute, false);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(0, _board.Restarts);
    }

    [TestMethod]
    public void A_Wifi_that_was_entered_is_tried_and_the_access_point_comes_back_when_it_cannot_be_joined()
    {
        Fresh();
        OpenAndRestart();
        _board.UseWifi("home", "wrong");
        _start.WifiEntered(1000);
        Run(1000, 1000 + FirstStart.GoodbyeMilliseconds - 200, false);
        Assert.AreEqual(1, _board.Restarts);
        Run(1000 + FirstStart.GoodbyeMilliseconds, 10000, false);
        Assert.AreEqual(2, _board.Restarts);
        Assert.IsFalse(_board.IsOn);

        Start();
        Run(0, SetupMode.TrialMilliseconds - 1000, false);
        Assert.IsFalse(_board.IsOn);
        Run(SetupMode.TrialMilliseconds, SetupMode.TrialMilliseconds + 1000, false);
        Assert.IsTrue(_board.IsOn);
        Start();
        Assert.IsTrue(_start.IsOpen);

        // Nobody comes; its time is over; the owner switches it off and on and has another go.
        Run(0, 11 * Minute, false);
        Start();
        Run(0, 5 * Minute, false);
        Assert.IsFalse(_board.IsOn);
        Start();
        Run(0, 5 * Minute, false);
        Assert.IsTrue(_board.IsOn);
    }

    [TestMethod]
    public void A_Wifi_that_was_joined_once_never_opens_it_again()
    {
        Fresh();
        _board.Network = "home";
        Start();
        Run(0, 10000, false);
        Run(10000, 20000, true);
        Assert.AreEqual(1, _storage.Length(FirstStart.MarkFile));

        // The router is away for a day.
        Start();
        Run(0, 24 * 60 * Minute, false);
        Assert.IsFalse(_board.IsOn);
    }

    [TestMethod]
    public void A_Wifi_that_was_joined_and_is_forgotten_opens_it()
    {
        Fresh();
        _board.Network = "home";
        Start();
        Run(0, 20000, true);
        _board.Network = null;
        Start();
        Run(0, Minute, false);
        Assert.IsTrue(_board.IsOn);
    }

    [TestMethod]
    public void An_access_point_that_did_not_start_is_not_tried_again_in_this_run()
    {
        Fresh();
        Start();
        Run(0, Minute, false);
        _board.IsOn = false;
        Start();
        Run(0, 60 * Minute, false);
        Assert.AreEqual(1, _board.Restarts);
        Start();
        Run(0, Minute, false);
        Assert.AreEqual(2, _board.Restarts);
    }

    [TestMethod]
    public void Without_a_storage_that_can_be_written_nothing_opens()
    {
        Fresh();
        _storage.Capacity = 0;
        Start();
        Run(0, 60 * Minute, false);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(0, _board.Restarts);
        Assert.IsTrue(LogText().IndexOf("No access point for set-up: ") >= 0);
        _storage.Dead = true;
        Start();
        Run(0, Minute, false);
        Assert.IsFalse(_board.IsOn);
    }

    [TestMethod]
    public void What_the_platform_refuses_restarts_nothing()
    {
        Fresh();
        _board.AccessPointFault = "no";
        Start();
        Run(0, 60 * Minute, false);
        Assert.AreEqual(0, _board.Restarts);
    }

    [TestMethod]
    public void An_access_point_that_is_not_ours_is_closed()
    {
        Fresh();
        _board.IsOn = true;
        _board.OnName = "netboot-0abc01";
        _board.OnPassword = "nanoframework";
        Start();
        Assert.IsFalse(_start.IsOpen);
        Assert.IsNull(_start.Announcement);
        Run(0, 5000, false);
        Assert.IsFalse(_board.IsOn);
        Assert.AreEqual(1, _board.Restarts);
    }

    [TestMethod]
    public void A_factory_reset_removes_every_file_that_can_be_removed()
    {
        Fresh();
        OpenAndRestart();
        _storage.Set("netboot.cfg", new byte[1]);
        _storage.Set("undionly.kpxe", new byte[1]);
        Assert.AreEqual(0, FactoryReset.Run(_storage, _log));
        Assert.AreEqual(-1, _storage.Length(SetupKey.File));
        Assert.AreEqual(-1, _storage.Length(FirstStart.MarkFile));
        Assert.AreEqual(-1, _storage.Length("netboot.cfg"));
        Assert.AreEqual(1, _storage.Length("undionly.kpxe"));
        _storage.DeleteThrows = true;
        Assert.IsTrue(FactoryReset.Run(_storage, _log) > 0);
    }

    private void Fresh()
    {
        _board = new FakeBoard();
        _storage = new MemoryStorage();
    }

    private void Start()
    {
        _log = new Log();
        _start = new FirstStart(_board, _storage, _board, _board, _log, 0);
    }

    private void OpenAndRestart()
    {
        Start();
        Run(0, Minute, false);
        Start();
        Assert.IsTrue(_start.IsOpen);
    }

    private void Run(long from, long to, bool linkUp)
    {
        // A board that restarts runs no further.
        int restarts = _board.Restarts;
        for (long now = from; now <= to && _board.Restarts == restarts; now += 200)
        {
            _start.Tick(now, linkUp);
        }
    }

    private string LogText()
    {
        var writer = new ByteWriter(1000, 8000);
        for (int i = 0; i < _log.Added; i++)
        {
            _log.Write(i, writer, out _);
        }

        return writer.ToString();
    }
}
