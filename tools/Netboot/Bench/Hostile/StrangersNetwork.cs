using System.Net;
using System.Net.Sockets;
using System.Text;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// A server's network with everybody on the other end of the cable: machines, the owner, the mirror and strangers, each with an address of
/// its own. Addresses that strangers forge are there for the server (it can send to them) and never answer, as a host behind a firewall
/// does not.
/// </summary>
internal sealed class StrangersNetwork(RunName run, int number, string folder)
{
    public const int MdnsPort = 5353;

    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;
    private const int SocketBuffer = 4 * 1024 * 1024;

    private const int FirstOwn = 3;
    private const int LastOwn = 119;
    private const int FirstSilent = 120;
    private const int LastSilent = 249;

    /// <summary>Locally administered, and the same in each run: the server's neighbours are entered by it.</summary>
    private const string EthernetAddress = "02:6e:62:ff:00:01";

    private readonly BenchNetwork _network = new(run, number);

    public static IPAddress Server { get; } = IPAddress.Parse(BenchNetwork.ServerAddress);

    public static IPAddress Owner { get; } = Address(4);

    /// <summary>A second place of the owner's.</summary>
    public static IPAddress OwnersOther { get; } = Address(5);

    /// <summary>Somebody in the subnet in whose name strangers write; it receives what comes, and sends nothing.</summary>
    public static IPAddress Victim { get; } = Address(118);

    public static IPAddress SubnetBroadcast { get; } = Address(255);

    /// <summary>Of another subnet (TEST-NET-1), behind the server's default route.</summary>
    public static IPAddress Foreign { get; } = IPAddress.Parse("192.0.2.9");

    public static IPAddress ForeignRelay { get; } = IPAddress.Parse("192.0.2.1");

    public string ServerNamespace => _network.Server;

    public string Namespace => _network.Client;

    /// <summary>A machine that boots: 15 of them at most.</summary>
    public static IPAddress Machine(int index) => Address(102 + index);

    /// <summary>A stranger with an address of its own: 90 of them at most.</summary>
    public static IPAddress Stranger(int index) => Address(10 + (index % 90));

    /// <summary>An address that never answers.</summary>
    public static IPAddress Silent(int index) => Address(FirstSilent + (index % (LastSilent - FirstSilent + 1)));

    public void Make(Ledger ledger)
    {
        _network.Make(ledger, clientHasAddress: true);
        NamespaceThread.Run(Namespace, DoNotForward);
        Batch(
            Namespace,
            [
                $"link set {BenchNetwork.Interface} address {EthernetAddress}",
                .. Enumerable.Range(FirstOwn, LastOwn - FirstOwn + 1).Select(Address)
                .Where(address => address.ToString() != BenchNetwork.ClientAddress)
                    .Select(address => $"address add {address}/{LabNetwork.PrefixLength} dev {BenchNetwork.Interface}"),
                $"address add {Foreign}/32 dev lo",
                $"address add {ForeignRelay}/32 dev lo",
            ]);
        Batch(
            ServerNamespace,
            Enumerable.Range(FirstSilent, LastSilent - FirstSilent + 1)
                .Select(last => $"neigh replace {Address(last)} lladdr {EthernetAddress} dev {BenchNetwork.Interface} nud permanent"));
    }

    public Socket Udp(IPAddress address, int port) => In(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true,
            ReceiveBufferSize = SocketBuffer };
        if (address.Equals(IPAddress.Any))
        {
            socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.ASCII.GetBytes(BenchNetwork.Interface + "\0"));
        }

        socket.Bind(new IPEndPoint(address, port));
        return socket;
    });

    /// <summary>A socket for multicast from an address.</summary>
    public Socket Multicast(IPAddress address)
    {
        var socket = Udp(address, 0);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address.GetAddressBytes());
        return socket;
    }

    /// <summary>Not connected yet. With a small buffer it reads only little at a time.</summary>
    public Socket Tcp(IPAddress address, int? receiveBuffer = null) => In(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    });

    /// <summary>Sends whole IP packets, whatever source they name.</summary>
    public Socket Raw() => In(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw) { EnableBroadcast = true };
        socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.ASCII.GetBytes(BenchNetwork.Interface + "\0"));
        return socket;
    });

    /// <summary>Hears every UDP datagram that comes, with its IP header.</summary>
    public Socket Listen() => In(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Udp) { ReceiveBufferSize = SocketBuffer };
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return socket;
    });

    /// <summary>What comes for an address that nobody has must end there: a host that forwards would send it back.</summary>
    private static void DoNotForward() => File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "0");

    private T In<T>(Func<T> make) => NamespaceThread.Run(Namespace, make);

    private static IPAddress Address(int last) => new([10, 77, 0, (byte)last]);

    private void Batch(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(folder, name + ".ip");
        File.WriteAllLines(file, lines);
        HostCommand.Run("ip", ["-n", name, "-batch", file]);
    }
}
