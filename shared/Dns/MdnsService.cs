using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Datagrams;
using Netboot.Logging;

namespace Netboot.Dns;

/// <summary>
/// Moves datagrams for <see cref="MdnsAnswer"/>: the device answers to NAME.local, by <c>[device] name</c>, and says it twice when it
/// starts and when name or address change (RFC 6762 section 8.3). It neither probes nor gives way to another host of that name (sections
/// 8.1 and 9): both answer.
/// </summary>
public sealed class MdnsService : DatagramService
{
    /// <summary>Datagrams taken in one step: as many as the board's IP stack queues. A flood must not keep the pages waiting.</summary>
    private const int MostInStep = 6;

    /// <summary>A port that cannot be had, or a group that cannot be joined, is tried again after so long.</summary>
    private const int ReopenMilliseconds = 60000;

    /// <summary>Announcements, for one may be lost.</summary>
    private const int Announcements = 2;

    /// <summary>A record goes to all at most once in this (RFC 6762 section 6), and announcements are so far apart (section 8.3).</summary>
    private const int ToAllMilliseconds = 1000;

    /// <summary>
    /// Answers to askers alone in a second, of those whose addresses share a place: a host asks once or twice. Whoever floods, with one
    /// address, takes them from a sixteenth of the others; with many, the device sends 128 a second, no more bytes than came by much.
    /// </summary>
    private const int MostOfPlace = 8;

    private const int Places = 16;

    private const int SecondMilliseconds = 1000;

    private readonly byte[] _buffer;
    private readonly IPEndPoint _group = new IPEndPoint(new IPAddress(new byte[] { 224, 0, 0, 251 }), MdnsAnswer.Port);
    private byte[] _name;
    private int _announce;
    private long _nextToAll;
    private long _secondEnds;

    // Made with the first asker of that kind.
    private byte[] _inSecond;

    /// <summary>
    /// A service on <paramref name="network"/>. It receives into and sends from <paramref name="buffer"/>, at least
    /// <see cref="MdnsAnswer.Capacity"/> bytes, which may be another service's of the same loop; what is longer is cut off (Windows refuses
    /// all of it). <see cref="Use"/> comes first.
    /// </summary>
    public MdnsService(INetwork network, Log log, byte[] buffer)
        : base(network, log, Counter.Unshown, Counter.Unshown, Counter.MdnsUnsent)
    {
        _buffer = buffer;
    }

    /// <inheritdoc/>
    public override string Name => "mDNS";

    /// <summary>Answers to the device's name, without <c>.local</c>, from the next datagram on.</summary>
    public void Use(byte[] device)
    {
        byte[] name = MdnsAnswer.Name(device);
        byte[] before = _name;
        _name = name;
        if (before != null && !Octets.Is(before, 0, before.Length, name))
        {
            _announce = Announcements;
        }
    }

    /// <inheritdoc/>
    public override bool Step(long now)
    {
        byte[] address = Network.Address;
        if (address == null)
        {
            return false;
        }

        if (Socket == null)
        {
            // Nothing boots the worse for it, and the device has its address still.
            if (!TryOpen(MdnsAnswer.Port, Subsystem.Init, ReopenMilliseconds, now))
            {
                return false;
            }

            _announce = Announcements;
        }

        bool moved = Drain(Socket, _buffer, _buffer.Length, MostInStep, now);
        if (_announce > 0 && now >= _nextToAll)
        {
            SendToAll(_name, address, now);
        }

        return moved;
    }

    /// <inheritdoc/>
    protected override Socket OpenSocket(int port) => Network.OpenMulticast(port, _group.Address.GetAddressBytes());

    /// <inheritdoc/>
    protected override void Take(Socket socket, int length, IPEndPoint source, long now)
    {
        // Settings may bring another name at any time.
        byte[] name = _name;
        byte[] address = Network.Address;
        int asked = address == null ? 0 : MdnsAnswer.Asked(_buffer, length, name, address);
        if (asked != 0)
        {
            Answer(length, asked, source, name, address, now);
        }
    }

    private void Answer(int length, int asked, IPEndPoint source, byte[] name, byte[] address, long now)
    {
        // RFC 6762 section 11: the name is for the own network only.
        byte[] mask = Network.SubnetMask;
        byte[] asker = source.Address.GetAddressBytes();
        if (mask == null || !AddressText.IsInNetwork(Octets.ReadInt32(asker, 0), Octets.ReadInt32(address, 0), Octets.ReadInt32(mask, 0)))
        {
            return;
        }

        if (source.Port != MdnsAnswer.Port)
        {
            // Unicast DNS has no word for "nothing of that type" that a second device of the name could not contradict: silence.
            if ((asked & MdnsAnswer.Address) != 0 && MaySend(asker, now))
            {
                Send(MdnsAnswer.WriteLegacy(_buffer, length, name, address), source);
            }
        }
        else if ((asked & MdnsAnswer.Everybody) == 0 && MaySend(asker, now))
        {
            Send(MdnsAnswer.Write(_buffer, name, address), source);
        }
        else if (now >= _nextToAll)
        {
            // What goes to all is never one too many: it answers everybody who asked, and goes once a second however many did.
            SendToAll(name, address, now);
        }
        else if (_announce == 0)
        {
            // Who began to listen after the last one gets the next.
            _announce = 1;
        }
    }

    /// <summary>An answer to all says what an announcement says, and counts for one.</summary>
    private void SendToAll(byte[] name, byte[] address, long now)
    {
        _nextToAll = now + ToAllMilliseconds;
        _announce = _announce > 0 ? _announce - 1 : 0;
        Send(MdnsAnswer.Write(_buffer, name, address), _group);
    }

    private bool MaySend(byte[] asker, long now)
    {
        if (now >= _secondEnds)
        {
            _secondEnds = now + SecondMilliseconds;
            _inSecond = _inSecond ?? new byte[Places];
            Array.Clear(_inSecond, 0, Places);
        }

        int place = (asker[3] ^ (asker[3] >> 4)) & (Places - 1);
        if (_inSecond[place] == MostOfPlace)
        {
            Counts[Counter.MdnsUnsent]++;
            return false;
        }

        _inSecond[place]++;
        return true;
    }

    private void Send(int length, IPEndPoint receiver)
    {
        if (Send(Socket, _buffer, length, receiver))
        {
            Counts[Counter.MdnsSent]++;
        }
    }
}
