using Netboot.Board;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>
/// The one door to the device for its faces, page and console: machines, settings and changes to them, log, status, waking. What it says no
/// to, no face can do. Device/ puts it together with its faces, its loops and its threads.
/// </summary>
public abstract class DeviceApi : SettingsInUse
{
    /// <summary>A loop that has not come round for so long is not healthy; a flash that is written holds it for half a second.</summary>
    private const int UnhealthyMilliseconds = 3000;

    /// <summary>From the page's answer to the restart that it announces: what is said has to reach the browser first.</summary>
    private const int RebootMilliseconds = 1000;

    private MirrorCheck _mirrorCheck;
    private SlowMirror _slowMirror;
    private long _rebootAt;

    /// <summary>
    /// What a device on these adapters consists of but its HTTP server, which listens on <paramref name="httpPort"/>, and what shares a
    /// thread with that.
    /// </summary>
    protected DeviceApi(IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
        : base(board, network, storage, loaders, randomness, httpPort)
    {
    }

    /// <summary>Fetches and measures a file of the mirror when asked to. Made when first needed: it takes 300 bytes.</summary>
    public MirrorCheck MirrorCheck
    {
        get
        {
            lock (_lock)
            {
                if (_mirrorCheck == null)
                {
                    _mirrorCheck = new MirrorCheck(this);
                }

                return _mirrorCheck;
            }
        }
    }

    /// <summary>Why it does not serve machines at the moment, or null: what <c>/health</c> says.</summary>
    public string Unhealthy
    {
        get
        {
            long now = DeviceClock.Now;
            if (Network.Address == null)
            {
                return "no address";
            }

            if (Supervisor.IsStarved)
            {
                return "not enough memory to serve scripts";
            }

            if (!Dhcp.IsOpen || !Tftp.IsOpen)
            {
                return (Dhcp.IsOpen ? "TFTP" : "DHCP") + " has no socket";
            }

            return !Packets.IsAlive || now - Packets.LastBeat > UnhealthyMilliseconds ? "the packet loop is stuck" : null;
        }
    }

    /// <summary>
    /// Wakes a machine (6 bytes) that is in the settings or was heard since the start; false, and the error says why, when it is neither,
    /// or the packet could not be sent. That it was sent is all that can be known.
    /// </summary>
    public bool Wake(byte[] mac, SettingsError error)
    {
        error.Clear();
        if (Rules.Settings.Machines.FindMac(mac, 0) < 0 && !Journal.Find(mac, 0, new MachineRecord(), DeviceClock.Now))
        {
            return error.Fail("this machine is not in the settings and has not been heard since the device started");
        }

        if (!WakeOnLan.Send(Network, mac, error))
        {
            return false;
        }

        Log.Add(Subsystem.Init, LogEvent.Woken, mac, 0, MacText.Size, 0, 0, null, 0, 0);
        return true;
    }

    /// <summary>Restarts the board in a moment, with one of the next ticks.</summary>
    public void RebootSoon(long now) => _rebootAt = now + RebootMilliseconds;

    /// <summary>Whether the restart that was asked for is due; then it is asked for no more.</summary>
    protected bool IsRebootDue(long now)
    {
        bool isDue = _rebootAt != 0 && now >= _rebootAt;
        _rebootAt = isDue ? 0 : _rebootAt;
        return isDue;
    }

    /// <summary>Goes on with the checks of the mirror that are under way.</summary>
    protected void CheckMirror(long now)
    {
        if (_mirrorCheck != null)
        {
            _mirrorCheck.Tick(now);
        }

        if (_slowMirror == null && Journal.HasSlow)
        {
            _slowMirror = new SlowMirror(this);
        }

        if (_slowMirror != null && !_slowMirror.Step(now))
        {
            _slowMirror = null;
        }
    }

    /// <summary>Lets go of what can be made anew when it is needed.</summary>
    protected void SpareMirror()
    {
        if (_mirrorCheck != null && _mirrorCheck.State != MirrorCheckState.Running)
        {
            _mirrorCheck = null;
        }
    }

    /// <summary>Ends a check that is under way, for good.</summary>
    protected void CloseMirror()
    {
        if (_mirrorCheck != null)
        {
            _mirrorCheck.Close();
        }
    }
}
