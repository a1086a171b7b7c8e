using System;
using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Settings;
using Netboot.Syslog;
using Netboot.Tftp;

namespace Netboot.Api;

/// <summary>
/// The one door to the device for its faces, page and console: machines, settings and changes to them, log, status, waking. What it says no
/// to, no face can do. Device/ puts it together with its faces, its loops and its threads.
/// </summary>
public abstract partial class DeviceApi : IOwnAddress
{
    /// <summary>A loop that has not come round for so long is not healthy; a flash that is written holds it for half a second.</summary>
    private const int UnhealthyMilliseconds = 3000;

    /// <summary>From the page's answer to the restart that it announces: what is said has to reach the browser first.</summary>
    private const int RebootMilliseconds = 1000;

    private readonly INetwork _network;
    private readonly int _httpPort;
    private readonly OfferPolicy _policy;
    private readonly object _lock = new object();
    private MirrorCheck _mirrorCheck;
    private SlowMirror _slowMirror;
    private long _rebootAt;
    private byte[] _authorityAddress;
    private byte[] _authority;

    /// <summary>
    /// What a device on these adapters consists of but its HTTP server, which listens on <paramref name="httpPort"/>, and what shares a
    /// thread with that.
    /// </summary>
    protected DeviceApi(IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
    {
        Board = board;
        Randomness = randomness;
        _network = network;
        _httpPort = httpPort;
        Started = DeviceClock.Now;
        Log = new Log(new LogText());
        _storage = storage;
        _store = new SettingsStore(storage);
        Files = new BootFiles(storage, loaders, new Mirror(Log, board), this, Log);
        _policy = new OfferPolicy(Files);
        Others = new OtherServers();
        Journal = new MachineJournal(Log, Others);
        Jobs = new JobQueue(Log);
        Sessions = new Sessions(randomness);
        Served = new ServedNetworks(network);
        Dhcp = new DhcpService(network, Served, _policy, httpPort, Log, Journal, Others, board);
        Tftp = new TftpService(network, Served, Files, new PaidBlocks(Dhcp), Journal, Log, Dhcp.Incoming, randomness);
    }

    /// <summary>When it was made, on the device's clock.</summary>
    public long Started { get; }

    /// <summary>The board it runs on.</summary>
    public IBoard Board { get; }

    /// <summary>Where unpredictable bytes come from.</summary>
    public IRandomness Randomness { get; }

    /// <summary>The last things that happened.</summary>
    public Log Log { get; }

    /// <summary>What happened to each machine, and why it does not get on.</summary>
    public MachineJournal Journal { get; }

    /// <summary>Other DHCP and boot servers that were heard.</summary>
    public OtherServers Others { get; }

    /// <summary>Whom it answers: its own subnet, and those of relays that are allowed.</summary>
    public ServedNetworks Served { get; }

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

    /// <summary>The catalogue of loaders.</summary>
    public BootFiles Files { get; }

    /// <summary>Proxy-DHCP and the boot server.</summary>
    public DhcpService Dhcp { get; }

    /// <summary>TFTP.</summary>
    public TftpService Tftp { get; }

    /// <summary>HTTP.</summary>
    public HttpService Http { get; protected set; }

    /// <summary>Takes lines of machines, and sends the log; in the loop of the pages.</summary>
    public SyslogService Syslog { get; protected set; }

    /// <summary>Answers to the device's name; in the loop of the pages.</summary>
    public MdnsService Mdns { get; protected set; }

    /// <summary>Watches the loops.</summary>
    public Supervisor Supervisor { get; protected set; }

    /// <summary>Who is logged in to the page.</summary>
    public Sessions Sessions { get; }

    /// <summary>What the page has under way that takes a while.</summary>
    public JobQueue Jobs { get; }

    /// <summary>The loop of DHCP and TFTP.</summary>
    protected ServiceLoop Packets { get; set; }

    /// <summary>Why it does not serve machines at the moment, or null: what <c>/health</c> says.</summary>
    public string Unhealthy
    {
        get
        {
            long now = DeviceClock.Now;
            if (_network.Address == null)
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

    /// <inheritdoc/>
    public byte[] Authority
    {
        get
        {
            byte[] address = _network.Address;
            if (address == null)
            {
                return null;
            }

            lock (_lock)
            {
                if (_authorityAddress == null || !Octets.Equal(address, 0, _authorityAddress, 0, 4))
                {
                    _authorityAddress = address;
                    _authority = UrlAuthority.Of(address, _httpPort);
                }

                return _authority;
            }
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

        if (!WakeOnLan.Send(_network, mac, error))
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
