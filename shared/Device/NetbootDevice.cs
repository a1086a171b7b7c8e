using System;
using System.Threading;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;
using Netboot.Terminal;
using Netboot.Tftp;
using Netboot.Web;

namespace Netboot.Device;

/// <summary>
/// The device put together: the same on a board and on a PC, only the adapters differ. Two threads: one moves datagrams (DHCP, boot server, TFTP),
/// one serves HTTP, so that a page never delays an offer. Whoever made it calls <see cref="Tick"/> for ever.
/// </summary>
public sealed partial class NetbootDevice : IOwnAddress
{
    /// <summary>How often <see cref="Tick"/> is to be called.</summary>
    public const int TickMilliseconds = 200;

    /// <summary>A loop that has not come round for so long is not healthy; a flash that is written holds it for half a second.</summary>
    private const int UnhealthyMilliseconds = 3000;

    /// <summary>From the page's answer to the restart that it announces: what is said has to reach the browser first.</summary>
    private const int RebootMilliseconds = 1000;

    private readonly INetwork _network;
    private readonly int _httpPort;
    private readonly OfferPolicy _policy;
    private readonly ServiceLoop _packets;
    private readonly ServiceLoop _pages;
    private readonly ConsoleHost _console;
    private readonly object _lock = new object();
    private MirrorCheck _mirrorCheck;
    private SlowMirror _slowMirror;
    private long _rebootAt;
    private LogPrinter _printer;
    private byte[] _authorityAddress;
    private byte[] _authority;

    /// <summary>A device on these adapters; its HTTP server listens on <paramref name="httpPort"/> (80 on a board).</summary>
    public NetbootDevice(IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
    {
        Board = board;
        Randomness = randomness;
        _network = network;
        _httpPort = httpPort;
        Started = DeviceClock.Now;
        Log = new Log();
        _storage = storage;
        _store = new SettingsStore(storage);
        Files = new BootFiles(storage, loaders, new Mirror(Log, board), this, Log);
        _policy = new OfferPolicy(Files);
        Others = new OtherServers();
        Journal = new MachineJournal(Log, Others);
        Jobs = new PageJobs(Log);
        Sessions = new Sessions(randomness);
        Served = new ServedNetworks(network);
        Dhcp = new DhcpService(network, Served, _policy, httpPort, Log, Journal, Others, board);
        Tftp = new TftpService(network, Served, Files, new PaidBlocks(Dhcp), Log, Dhcp.Incoming, randomness);
        Http = new HttpService(network, httpPort, new SiteHandler(this, httpPort), Log);
        Syslog = new SyslogService(network, Served, board, Log, Journal, Http.Incoming);
        Mdns = new MdnsService(network, Log, Http.Incoming);
        _packets = new ServiceLoop(network, network as IDatagramWait, new IService[] { Dhcp, Tftp, Journal }, Log);
        var pages = new IService[] { Http, null, Syslog, Mdns };
        _pages = new ServiceLoop(network, null, pages, Log);
        _console = new ConsoleHost(this, network);
        Supervisor = new Supervisor(board, storage, new ServiceLoop[] { _packets, _pages }, Log, Spare);
        pages[1] = Supervisor;
        Use(new DeviceSettings());
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
    public HttpService Http { get; }

    /// <summary>Takes lines of machines, and sends the log; in the loop of the pages.</summary>
    public SyslogService Syslog { get; }

    /// <summary>Answers to the device's name; in the loop of the pages.</summary>
    public MdnsService Mdns { get; }

    /// <summary>Watches the loops.</summary>
    public Supervisor Supervisor { get; }

    /// <summary>Who is logged in to the page.</summary>
    public Sessions Sessions { get; }

    /// <summary>What the page has under way that takes a while.</summary>
    public PageJobs Jobs { get; }

    /// <summary>Faults that its loops survived.</summary>
    public int Faults
    {
        get { return _packets.Faults + _pages.Faults + _console.Faults; }
    }

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
                return "too little memory to serve scripts";
            }

            if (!Dhcp.IsOpen || !Tftp.IsOpen)
            {
                return (Dhcp.IsOpen ? "TFTP" : "DHCP") + " has no socket";
            }

            return !_packets.IsAlive || now - _packets.LastBeat > UnhealthyMilliseconds ? "the packets' loop stands still" : null;
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

    /// <summary>Opens a console on a serial line now; see <see cref="ConsoleHost.Open"/>.</summary>
    public ConsoleService AddConsole(ITerminal terminal, INetworkSetup setup)
    {
        return _console.Open(terminal, setup);
    }

    /// <summary>A serial line on which a console opens with the first key; see <see cref="ConsoleHost.Offer"/>.</summary>
    public void OfferConsole(ITerminal terminal, INetworkSetup setup)
    {
        _console.Offer(terminal, setup);
    }

    /// <summary>Prints every log line from the first one on, with each <see cref="Tick"/>.</summary>
    public void PrintLog(ILogSink sink)
    {
        _printer = new LogPrinter(Log, sink);
    }

    /// <summary>Loads the stored settings and starts to serve.</summary>
    public void Start()
    {
        Log.Add(Subsystem.Init, LogEvent.Note, 0, "Netboot " + NetbootVersion.Text);
        Supervisor.Start(Started);
        Load();
        TellMissing();
        _packets.Start();
        _pages.Start();
    }

    // Before the first machine fails for want of it.
    private void TellMissing()
    {
        DeviceSettings settings = Rules.Settings;
        var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
        text.Text("No loader here or on a mirror:");
        int none = text.Length;
        for (int i = 0; i < LoaderNames.Usual; i++)
        {
            byte[] name = Files.Missing(i, settings);
            text.Text(name == null ? "" : " ").Raw(name ?? new byte[0]);
        }

        if (text.Length > none)
        {
            Log.Add(Subsystem.Init, LogEvent.Note, null, 0, 0, 0, 0, text.Buffer, 0, text.Length);
            bool secure = settings.MirrorUrl != null && settings.LoadersUrl == null;
            Log.Add(Subsystem.Init, LogEvent.Note, 0, secure ? "The mirror's https:// is not for this board: set [mirror] loaders to an http:// address"
                : "Set [mirror] url; its loaders folder has what is " + LoaderNames.Sources);
        }
    }

    /// <summary>
    /// Wakes a machine (6 bytes) that is in the settings or was heard since the start; false, and the error says why, when it is neither, or the
    /// packet could not be sent. That it was sent is all that can be known.
    /// </summary>
    public bool Wake(byte[] mac, SettingsError error)
    {
        error.Clear();
        if (Rules.Settings.Machines.FindMac(mac, 0) < 0 && !Journal.Find(mac, 0, new MachineRecord(), DeviceClock.Now))
        {
            return error.Fail("this machine is neither in the settings nor was it heard since the device started");
        }

        if (!WakeOnLan.Send(_network, mac, error))
        {
            return false;
        }

        Log.Add(Subsystem.Init, LogEvent.Woken, mac, 0, MacText.Size, 0, 0, null, 0, 0);
        return true;
    }

    /// <summary>What is due now and then: looks after the loops, stores what was used up. A fault in it is logged; it never throws.</summary>
    public void Tick()
    {
        try
        {
            TickOnce();
        }
        catch (Exception e)
        {
            // Whatever it was, the next tick comes: the one who calls this is the last thread that may not end.
            Log.Add(Subsystem.Init, LogEvent.Fault, 0, "tick: " + FaultText.Of(e));
        }
    }

    /// <summary>Restarts the board in a moment, with a <see cref="Tick"/>.</summary>
    public void RebootSoon(long now)
    {
        _rebootAt = now + RebootMilliseconds;
    }

    private void TickOnce()
    {
        Supervisor.Step(DeviceClock.Now);
        Jobs.Run(DeviceClock.Now);
        CheckMirror(DeviceClock.Now);
        TickSettings(DeviceClock.Now);
        _console.Watch(DeviceClock.Now);

        if (_printer != null)
        {
            _printer.Step();
        }

        if (_rebootAt != 0 && DeviceClock.Now >= _rebootAt)
        {
            // A board does not come back from that; a PC's device ends a moment later.
            _rebootAt = 0;
            Board.Reboot();
        }
    }

    /// <summary>Ends the threads and closes the sockets; for a virtual device.</summary>
    public void Stop()
    {
        _console.Close();
        _packets.Stop();
        _pages.Stop();
        if (_mirrorCheck != null)
        {
            _mirrorCheck.Close();
        }
    }

    // What can be made anew when it is needed.
    private void Spare()
    {
        if (_mirrorCheck != null && _mirrorCheck.State != MirrorCheckState.Running)
        {
            _mirrorCheck = null;
        }

        _console.Spare();
    }

    private void CheckMirror(long now)
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
}
