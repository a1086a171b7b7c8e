using System;
using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Settings;
using Netboot.Syslog;
using Netboot.Terminal;
using Netboot.Web;

namespace Netboot.Device;

/// <summary>
/// The device put together: the same on a board and on a PC, only the adapters differ. Two threads: one moves datagrams (DHCP, boot server,
/// TFTP), one serves HTTP, so that a page never delays an offer. Whoever made it calls <see cref="Tick"/> for ever.
/// </summary>
public sealed class NetbootDevice : DeviceApi
{
    /// <summary>How often <see cref="Tick"/> is to be called.</summary>
    public const int TickMilliseconds = 200;

    private readonly ServiceLoop _pages;
    private readonly ConsoleHost _console;
    private LogPrinter _printer;

    /// <summary>A device on these adapters; its HTTP server listens on <paramref name="httpPort"/> (80 on a board).</summary>
    public NetbootDevice(IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
        : base(board, network, storage, loaders, randomness, httpPort)
    {
        Http = new HttpService(network, httpPort, new SiteHandler(this, httpPort), Log);
        Syslog = new SyslogService(network, Served, board, Log, Journal, Http.Incoming);
        Mdns = new MdnsService(network, Log, Http.Incoming);
        Packets = new ServiceLoop(network, network as IDatagramWait, new IService[] { Dhcp, Tftp, Journal }, Log);
        var pages = new IService[] { Http, null, Syslog, Mdns };
        _pages = new ServiceLoop(network, null, pages, Log);
        _console = new ConsoleHost(this, network);
        Supervisor = new Supervisor(board, storage, new ServiceLoop[] { Packets, _pages }, Log, Spare);
        pages[1] = Supervisor;
        Use(new DeviceSettings());
    }

    /// <summary>Opens a console on a serial line now; see <see cref="ConsoleHost.Open"/>.</summary>
    public ConsoleService AddConsole(ITerminal terminal, INetworkSetup setup) => _console.Open(terminal, setup);

    /// <summary>A serial line on which a console opens with the first key; see <see cref="ConsoleHost.Offer"/>.</summary>
    public void OfferConsole(ITerminal terminal, INetworkSetup setup) => _console.Offer(terminal, setup);

    /// <summary>Prints every log line from the first one on, with each <see cref="Tick"/>.</summary>
    public void PrintLog(ILogSink sink) => _printer = new LogPrinter(Log, sink);

    /// <summary>Loads the stored settings and starts to serve.</summary>
    public void Start()
    {
        Log.Add(Subsystem.Init, LogEvent.Note, 0, "Netboot " + NetbootVersion.Text);
        Supervisor.Start(Started);
        Load();
        TellMissing();
        Packets.Start();
        _pages.Start();
    }

    // Before the first machine fails for want of it.
    private void TellMissing()
    {
        DeviceSettings settings = Rules.Settings;
        var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
        text.Text("No loader on the board or a mirror:");
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
            Log.Add(Subsystem.Init, LogEvent.Note, 0, secure
                ? "This board cannot use the mirror's https://: set [mirror] loaders to an http:// address"
                : "Set [mirror] url. Loaders for its folder are " + LoaderNames.Sources);
        }
    }

    /// <summary>
    /// What is due now and then: looks after the loops, stores what was used up. A fault in it is logged; it never throws.
    /// </summary>
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

        if (IsRebootDue(DeviceClock.Now))
        {
            // A board does not come back from that; a PC's device ends a moment later.
            Board.Reboot();
        }
    }

    /// <summary>Ends the threads and closes the sockets; for a virtual device.</summary>
    public void Stop()
    {
        _console.Close();
        Packets.Stop();
        _pages.Stop();
        CloseMirror();
    }

    // What can be made anew when it is needed.
    private void Spare()
    {
        SpareMirror();
        _console.Spare();
    }
}
