using System;
using System.Net;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;

namespace Netboot.Tftp;

/// <summary>
/// All of TFTP but the socket: datagrams and times in, datagrams out. It finds the transfer that a packet belongs to, admits new ones into
/// a table of fixed size, and lets each transfer say what is due.
/// </summary>
public sealed partial class TftpServer
{
    /// <summary>Transfers at once. Each holds a few hundred bytes and, when it streams, the mirror's window; the rest wait in their own retry.</summary>
    public const int MaxTransfers = 8;

    /// <summary>Transfers at once of one address: a machine needs one, a restarted one leaves one behind.</summary>
    public const int MaxTransfersPerAddress = 4;

    /// <summary>A request just like the one that began a transfer is a duplicate when it comes this soon, and the machine asking again when later.</summary>
    public const int DuplicateTime = 1000;

    /// <summary>A transfer whose client has been silent for this long does not keep the loop awake: a wake-up costs 10 ms at most.</summary>
    public const int AwakeTime = 1000;

    /// <summary>Time between two looks at all transfers, in milliseconds. A look at eight costs as much as two blocks; the waits are 100 ms and more.</summary>
    public const int LookInterval = 5;

    private const int NoAck = -1;

    private readonly INetwork _network;
    private readonly IBootFiles _files;
    private readonly ITftpOutput _output;
    private readonly TftpRequest _request = new TftpRequest();
    private readonly TftpSlot[] _slots = new TftpSlot[MaxTransfers];
    private readonly byte[] _buffer = new byte[TftpPackets.MaxPacket];
    // Places made so far: the first that many of the table. A place takes over 600 bytes of the board's heap; it is made when it is first needed and stays.
    private int _made;
    private TftpSlot _recent;
    private int _running;
    private bool _awake;
    private long _nextLook;

    /// <summary>A table that serves <paramref name="files"/>. Clients outside the board's subnet are answered only when <paramref name="anySubnet"/> says so (relayed sites).</summary>
    public TftpServer(INetwork network, IBootFiles files, Log log, bool anySubnet, ITftpOutput output)
    {
        _network = network;
        _files = files;
        _log = log;
        AnySubnet = anySubnet;
        _output = output;
        _recent = new TftpSlot();
        _slots[0] = _recent;
        _made = 1;
    }

    /// <summary>Whether clients outside the board's subnet are answered.</summary>
    public bool AnySubnet { get; set; }

    /// <summary>Transfers under way.</summary>
    public int Running
    {
        get { return _running; }
    }

    /// <summary>
    /// Deals with one datagram and sends what follows from it. <paramref name="packet"/> may be used again afterwards, <paramref name="from"/>
    /// is kept while a transfer lasts.
    /// </summary>
    public void Receive(byte[] packet, int length, IPEndPoint from, long now)
    {
        if (length >= TftpPackets.HeaderSize && packet[1] == TftpPackets.Ack && packet[0] == 0)
        {
            TftpSlot slot = Find(from);
            if (slot == null)
            {
                Stray(from, now);
                return;
            }

            slot.Heard = now;
            Pump(slot, (packet[2] << 8) | packet[3], now);
            return;
        }

        int opcode = length < 2 || packet[0] != 0 ? 0 : packet[1];
        switch (opcode)
        {
            case TftpPackets.ReadRequest:
            case TftpPackets.WriteRequest:
                Request(packet, length, from, now);
                break;
            case TftpPackets.Error:
                Ended(packet, length, from, now);
                break;
            case TftpPackets.Data:
            case TftpPackets.OptionAck:
                if (Find(from) == null)
                {
                    Stray(from, now);
                }

                break;
            default:
                Malformed(from, UnknownOpcode, now);
                break;
        }
    }

    /// <summary>
    /// Sends what the time has made due: repetitions, and blocks that their source was late with. Gives true while the loop had better
    /// stay awake.
    /// </summary>
    public bool Tick(long now)
    {
        if (_running == 0 || now < _nextLook)
        {
            return _running > 0 && _awake;
        }

        _nextLook = now + LookInterval;
        bool awake = false;
        for (int i = 0; i < _made; i++)
        {
            TftpSlot slot = _slots[i];
            if (slot.Seen < TftpState.Done && slot.Port != TftpSlot.NoPort)
            {
                Pump(slot, NoAck, now);
                awake = awake || now - slot.Heard < AwakeTime || slot.Transfer.WaitsForSource;
            }
        }

        _awake = awake;
        return awake;
    }

    /// <summary>Forgets every transfer.</summary>
    public void Clear()
    {
        for (int i = 0; i < _made; i++)
        {
            TftpSlot slot = _slots[i];
            Account(slot);
            try
            {
                slot.Free();
            }
            catch (Exception e)
            {
                // A source that cannot even be closed must not keep the others open.
                _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
            }
        }

        _running = 0;
        _nextLook = 0;
    }

    private TftpSlot Find(IPEndPoint from)
    {
        int port = from.Port;
        TftpSlot slot = _recent;
        if (slot.Port == port && slot.Client.Equals(from))
        {
            return slot;
        }

        TftpSlot[] slots = _slots;
        for (int i = 0; i < _made; i++)
        {
            slot = slots[i];
            if (slot.Port == port && slot.Client.Equals(from))
            {
                _recent = slot;
                return slot;
            }
        }

        return null;
    }

    // Takes in an ACK, if there is one, and sends what is due.
    private void Pump(TftpSlot slot, int ack, long now)
    {
        TftpTransfer transfer = slot.Transfer;
        try
        {
            if (ack != NoAck)
            {
                transfer.Acknowledge(ack, now);
            }

            int length;
            while ((length = transfer.Next(_buffer, now)) > 0)
            {
                _output.Send(_buffer, length, slot.Client);
            }
        }
        catch (Exception e)
        {
            // A source that throws (the board's storage may) ends its own transfer, not the other seven.
            transfer.Fail(TftpPackets.SeeMessage, CannotRead);
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
        }

        if (transfer.WaitsForSource)
        {
            // The mirror may deliver at any moment.
            _nextLook = now;
        }

        if (transfer.State != slot.Seen)
        {
            Report(slot, now);
        }
    }

    private void Ended(byte[] packet, int length, IPEndPoint from, long now)
    {
        // An ERROR is never answered, so that two servers cannot keep each other busy.
        TftpSlot slot = length < TftpPackets.HeaderSize ? null : Find(from);
        if (slot != null && slot.Running)
        {
            int text = length - TftpPackets.HeaderSize;
            int end = Octets.IndexOf(packet, TftpPackets.HeaderSize, text, 0);
            text = end < 0 ? text : end - TftpPackets.HeaderSize;
            slot.Transfer.EndedByClient(ClientSays(packet, text));
            Pump(slot, NoAck, now);
        }
    }

    private void Request(byte[] packet, int length, IPEndPoint from, long now)
    {
        TftpRequest request = _request;
        if (!request.Parse(packet, length))
        {
            Malformed(from, request.Problem, now);
            return;
        }

        Requests++;
        TftpSlot slot = Find(from);
        if (slot != null && slot.Fingerprint == request.Fingerprint && IsDuplicate(slot, now))
        {
            return;
        }

        byte[] address = from.Address.GetAddressBytes();
        if (address.Length != 4 || !Answerable(address))
        {
            Outside(address, now);
            return;
        }

        if (request.IsWrite || !request.IsOctet)
        {
            Refuse(address, from, request, now);
            return;
        }

        slot = slot != null && slot.Running ? Restart(slot, now) : Room(slot, Octets.ReadInt32(address, 0), now);
        if (slot == null)
        {
            // No ERROR: the machine's own retry finds a place when another transfer has ended.
            Refused++;
            return;
        }

        Admit(slot, from, address, packet, now);
    }
}
