using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Netboot.Board;

namespace Netboot.Tool.Run;

/// <summary>One network interface of the PC as the virtual device's way to the LAN.</summary>
internal sealed class PcNetwork : INetwork, IDatagramWait, IDisposable
{
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;
    private const int ListenBacklog = 8;
    private const int MicrosecondsPerMillisecond = 1000;

    /// <summary>RFC 6762 section 11.</summary>
    private const int HopLimit = 255;

    private readonly string _name;
    private readonly List<Socket> _datagrams = [];
    private readonly List<Socket> _readable = [];
    private byte[]? _address;
    private byte[]? _mask;
    private int _generation;

    /// <summary>Uses the interface called <paramref name="name"/>. It need not be up yet.</summary>
    public PcNetwork(string name)
    {
        _name = name;
        Refresh();
        NetworkChange.NetworkAddressChanged += OnChange;
    }

    public byte[]? Address => _address;

    public byte[]? SubnetMask => _mask;

    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The interface that leads to the default route, or null.</summary>
    public static string? DefaultInterface()
    {
        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Where(i => i.GetIPProperties().GatewayAddresses.Any(g => g.Address.AddressFamily == AddressFamily.InterNetwork))
            .Select(i => i.Name)
            .FirstOrDefault();
    }

    /// <summary>The names of all interfaces, for messages.</summary>
    public static string Names() => string.Join(", ", NetworkInterface.GetAllNetworkInterfaces().Select(i => i.Name));

    public static bool Exists(string name) => NetworkInterface.GetAllNetworkInterfaces().Any(i => i.Name == name);

    public Socket OpenDatagram(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.EnableBroadcast = true;
            if (OperatingSystem.IsLinux())
            {
                // On a PC with several interfaces: answers leave where questions came from, even without a default route, and broadcasts
                // on other networks are ignored. A socket bound to the interface's address instead would hear no broadcasts on Linux.
                socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.UTF8.GetBytes(_name + "\0"));
            }

            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            lock (_datagrams)
            {
                _datagrams.Add(socket);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Socket OpenMulticast(int port, byte[] group)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // The PC's own mDNS service has the port too. On Linux a socket bound to the group hears nothing else, so it does not take
            // away the datagrams that are meant for that service alone; elsewhere a group cannot be bound to.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            IPAddress local = IPAddress.Any;
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.UTF8.GetBytes(_name + "\0"));
                local = new IPAddress(group);
            }

            byte[] own = _address ?? throw new SocketException((int)SocketError.AddressNotAvailable);
            socket.Bind(new IPEndPoint(local, port));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, (byte[])[.. group, .. own]);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
            socket.Ttl = HopLimit;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public bool Wait(int milliseconds)
    {
        lock (_datagrams)
        {
            _datagrams.RemoveAll(socket => socket.SafeHandle.IsClosed);
            _readable.Clear();
            _readable.AddRange(_datagrams);
        }

        if (_readable.Count == 0)
        {
            Thread.Sleep(milliseconds);
            return false;
        }

        try
        {
            Socket.Select(_readable, null, null, milliseconds * MicrosecondsPerMillisecond);
            return _readable.Count > 0;
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread since the list was made: the next call waits without it.
            return false;
        }
    }

    public Socket OpenListener(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(_address == null ? IPAddress.Any : new IPAddress(_address), port));
            socket.Listen(ListenBacklog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => NetworkChange.NetworkAddressChanged -= OnChange;

    private void OnChange(object? sender, EventArgs e)
    {
        byte[]? before = _address;
        Refresh();
        byte[]? after = _address;
        if (!(before ?? []).AsSpan().SequenceEqual(after ?? []))
        {
            Interlocked.Increment(ref _generation);
        }
    }

    private void Refresh()
    {
        UnicastIPAddressInformation? found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.Name == _name)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .FirstOrDefault(a => a.Address.AddressFamily == AddressFamily.InterNetwork);
        _mask = found?.IPv4Mask.GetAddressBytes();
        _address = found?.Address.GetAddressBytes();
    }
}
