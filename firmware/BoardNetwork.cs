using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Firmware;

/// <summary>
/// One interface of the board as the way to the LAN. Asking the platform for the address reads flash, so the address is kept here and read
/// again after an event, when the link flag changes, and now and then in any case: Ethernet has no event for a lost address, only one for
/// the link (facts 4.3).
/// </summary>
public sealed class BoardNetwork : INetwork, IPolled
{
    /// <summary>Time between two looks while there is no address: somebody is waiting for one.</summary>
    private const int SearchMilliseconds = 1000;

    /// <summary>Time between two looks while there is one, in case an event was lost.</summary>
    private const int WatchMilliseconds = 10000;

    /// <summary>Connections that lwIP keeps for us until they are accepted; two machines' worth of parallel requests.</summary>
    private const int Backlog = 4;

    /// <summary>
    /// The hop limit that a receiver of multicast DNS may insist on, as proof that the packet passed no router (RFC 6762 section 11).
    /// </summary>
    private const int HopLimit = 255;

    private readonly NetworkInterfaceType _type;
    private byte[] _address;
    private byte[] _mask;
    private int _generation;
    private bool _changed = true;
    private bool _lost;
    private bool _link;
    private bool _linkWasSeen;
    private bool _proven;
    private long _nextLook;

    /// <summary>The interface of this type. It need not be up yet.</summary>
    public BoardNetwork(NetworkInterfaceType type)
    {
        _type = type;
        NetworkChange.NetworkAddressChanged += OnAddress;
        NetworkChange.NetworkAvailabilityChanged += OnAvailability;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "network"; }
    }

    /// <inheritdoc/>
    public byte[] Address
    {
        get { return _address; }
    }

    /// <inheritdoc/>
    public byte[] SubnetMask
    {
        get { return _mask; }
    }

    /// <inheritdoc/>
    public int Generation
    {
        get { return _generation; }
    }

    /// <summary>Whether there certainly is a network: an address from a DHCP server, or a fixed address and a link.</summary>
    public bool IsProven
    {
        get { return _proven; }
    }

    /// <summary>Whether a DHCP server gave the address.</summary>
    public bool IsByServer { get; private set; }

    /// <inheritdoc/>
    public Socket OpenDatagram(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Bound to Any: broadcasts come in, and a changed address does not leave the socket deaf. 255.255.255.255 leaves by lwIP's
            // default interface, the only one that is up (Wi-Fi is kept off next to Ethernet).
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return socket;
        }
        catch (Exception)
        {
            // A socket that is not closed is lost until the next collection, and there are 16 (facts 15.3).
            socket.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public Socket OpenMulticast(int port, byte[] group)
    {
        // IP_ADD_MEMBERSHIP's argument: the group, and the interface by its address.
        byte[] address = _address;
        var membership = new byte[8];
        Array.Copy(group, membership, 4);
        if (address != null)
        {
            Array.Copy(address, 0, membership, 4, 4);
        }

        Socket socket = OpenDatagram(port);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, membership);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, HopLimit);
            return socket;
        }
        catch (Exception)
        {
            socket.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public Socket OpenListener(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception)
        {
            socket.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        bool link = NetworkInterface.GetIsNetworkAvailable();
        if (_lost)
        {
            // The cable was out, however short: what was bound before may hang (facts 12.5).
            _lost = false;
            if (_address != null)
            {
                _generation++;
            }
        }

        if (link == _link && !_changed && now < _nextLook)
        {
            return;
        }

        _changed = false;
        _link = link;
        _linkWasSeen |= link;
        _nextLook = now + SearchMilliseconds;
        Look(link);
        _nextLook = now + (_address == null ? SearchMilliseconds : WatchMilliseconds);
    }

    private void Look(bool link)
    {
        NetworkInterface found = Interfaces.Find(_type);
        byte[] address = found == null ? null : NonZero(found.IPv4Address);

        // A fixed address is there even with the cable out. The link flag is believed once it has been seen up; the access point has no
        // such link.
        bool byServer = found != null && found.IsDhcpEnabled;
        if (!byServer && !link && _linkWasSeen && _type != NetworkInterfaceType.WirelessAP)
        {
            address = null;
        }

        byte[] mask = address == null ? null : NonZero(found.IPv4SubnetMask);
        _proven = address != null && (byServer || link);
        IsByServer = byServer;
        if (!Same(address, _address) || !Same(mask, _mask))
        {
            _mask = mask;
            _address = address;
            _generation++;
        }
    }

    private static byte[] NonZero(string text)
    {
        byte[] address = AddressText.Parse(text);
        return address == null || Octets.ReadInt32(address, 0) == 0 ? null : address;
    }

    private static bool Same(byte[] a, byte[] b)
    {
        return a == null || b == null ? a == b : Octets.Equal(a, 0, b, 0, 4);
    }

    // Both run on the platform's event thread, so they only take note. A renewed lease raises the first one too, so by itself it makes no
    // new generation.
    private void OnAddress(object sender, EventArgs e)
    {
        _changed = true;
    }

    private void OnAvailability(object sender, NetworkAvailabilityEventArgs e)
    {
        _changed = true;
        if (!e.IsAvailable)
        {
            _lost = true;
        }
    }
}
