namespace Netboot.Device;

/// <summary>
/// When the set-up access point opens and closes. Pure: what is known at the start and times in, steps out; <see cref="FirstStart"/> does
/// them. It opens on a board that may, has no link, and knows no Wi-Fi or one that was never joined: a slip in the password must not lock
/// its owner out. It closes after ten minutes, and at once when there is a link. A Wi-Fi that was joined once and is away does not open it:
/// an outage of the router is no reason to be on the air with a set-up page.
/// </summary>
public sealed class SetupMode
{
    /// <summary>How long the access point stays open.</summary>
    public const int OpenMilliseconds = 600000;

    /// <summary>
    /// Wait after a start before it opens, for opening restarts the board: nanoff sends files and network settings to a board that has just
    /// started (facts 13: within some 30 s), and must not be cut off.
    /// </summary>
    public const int SettleMilliseconds = 30000;

    /// <summary>
    /// A Wi-Fi that was never joined counts as wrong after so long without an address: joining and DHCP take 5 to 20 s, a slow router twice
    /// that.
    /// </summary>
    public const int TrialMilliseconds = 120000;

    private readonly bool _allowed;
    private readonly bool _hasCredentials;
    private readonly bool _isOpen;
    private readonly long _started;
    private readonly SetupMark _mark;
    private bool _done;

    /// <summary>
    /// A device that started at <paramref name="now"/>. <paramref name="isOpen"/>: the access point runs, with WPA2 and our password;
    /// <paramref name="mark"/> is what was stored before the restart.
    /// </summary>
    public SetupMode(bool allowed, bool hasCredentials, bool isOpen, SetupMark mark, long now)
    {
        _allowed = allowed;
        _hasCredentials = hasCredentials;
        _isOpen = isOpen;
        _mark = mark;
        _started = now;
        Reason = "";

        MarkIsUsed = mark == SetupMark.Closed || (mark == SetupMark.Opened && !isOpen);
        FailedToOpen = mark == SetupMark.Opened && !isOpen && allowed;
    }

    /// <summary>Whether the stored mark was meant for this start only and is to be removed now.</summary>
    public bool MarkIsUsed { get; }

    /// <summary>
    /// Whether the access point was opened before the restart and does not run: trying again at once would restart the board for ever.
    /// </summary>
    public bool FailedToOpen { get; }

    /// <summary>Why the last step is due, for the log.</summary>
    public string Reason { get; private set; }

    /// <summary>
    /// What is due at <paramref name="now"/>; <paramref name="linkUp"/>: the device has an address on Ethernet or in a Wi-Fi. After Open
    /// and Close it says no more.
    /// </summary>
    public SetupStep Step(long now, bool linkUp)
    {
        if (_done)
        {
            return SetupStep.Stay;
        }

        return _isOpen ? WhileOpen(now, linkUp) : WhileClosed(now, linkUp);
    }

    private SetupStep WhileOpen(long now, bool linkUp)
    {
        if (linkUp)
        {
            return End(SetupStep.Close, "the network is up");
        }

        if (!_allowed)
        {
            return End(SetupStep.Close, "Wi-Fi is disabled on this board");
        }

        return now - _started >= OpenMilliseconds
            ? End(SetupStep.Close, "its ten minutes are up; switch the device off and on to reopen it") : SetupStep.Stay;
    }

    private SetupStep WhileClosed(long now, bool linkUp)
    {
        if (!_allowed)
        {
            _done = true;
            return SetupStep.Stay;
        }

        if (linkUp)
        {
            _done = true;
            return _mark == SetupMark.Proven ? SetupStep.Stay : SetupStep.Joined;
        }

        if (_mark == SetupMark.Closed || _mark == SetupMark.Opened)
        {
            return SetupStep.Stay;
        }

        if (!_hasCredentials)
        {
            return now - _started >= SettleMilliseconds ? End(SetupStep.Open, "no Wi-Fi is set") : SetupStep.Stay;
        }

        if (_mark != SetupMark.Proven && now - _started >= TrialMilliseconds)
        {
            return End(SetupStep.Open, "cannot join the configured Wi-Fi");
        }

        return SetupStep.Stay;
    }

    private SetupStep End(SetupStep step, string reason)
    {
        _done = true;
        Reason = reason;
        return step;
    }
}
