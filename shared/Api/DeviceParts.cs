using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dns;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Syslog;
using Netboot.Tftp;

namespace Netboot.Api;

/// <summary>What a device consists of, and its address.</summary>
public abstract class DeviceParts : IOwnAddress
{
    private readonly int _httpPort;
    private protected readonly object _lock = new object();
    private byte[] _authorityAddress;
    private byte[] _authority;

    /// <summary>
    /// What a device on these adapters consists of but its HTTP server, which listens on <paramref name="httpPort"/>, and what shares a
    /// thread with that.
    /// </summary>
    private protected DeviceParts(
        IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
    {
        Board = board;
        Randomness = randomness;
        Network = network;
        _httpPort = httpPort;
        Started = DeviceClock.Now;
        Log = new Log(new LogText());
        Storage = storage;
        Files = new BootFiles(storage, loaders, new Mirror(Log, board), this, Log);
        BootApi = new BootApi();
        Policy = new OfferPolicy(Files, BootApi);
        Others = new OtherServers();
        Journal = new MachineJournal(Log, Others);
        Jobs = new JobQueue(Log);
        Sessions = new Sessions(randomness);
        Served = new ServedNetworks(network);
        Dhcp = new DhcpService(network, Served, Policy, httpPort, Log, Journal, Others, board);
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

    /// <summary>The catalogue of loaders.</summary>
    public BootFiles Files { get; }

    /// <summary>Asks the APIs of profiles.</summary>
    public BootApi BootApi { get; }

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

    /// <summary>The network it is on.</summary>
    private protected INetwork Network { get; }

    /// <summary>Where settings and loaders are kept.</summary>
    private protected IStorage Storage { get; }

    /// <summary>Who is offered what.</summary>
    private protected OfferPolicy Policy { get; }

    /// <summary>The loop of DHCP and TFTP.</summary>
    protected ServiceLoop Packets { get; set; }

    /// <inheritdoc/>
    public byte[] Authority
    {
        get
        {
            byte[] address = Network.Address;
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
}
