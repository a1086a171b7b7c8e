using System;
using System.Net;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Tftp;

/// <content>Who gets a place in the table, and what strangers get.</content>
public sealed partial class TftpServer
{
    /// <summary>A transfer that was never acknowledged gives way after this: its address may be made up.</summary>
    public const int PatienceUnheard = 1000;

    /// <summary>A running transfer gives way after this much silence of its client: edk2 repeats itself every 4 s.</summary>
    public const int PatienceSilent = 5000;

    /// <summary>A transfer that waits for the mirror gives way after this; clients keep silent meanwhile.</summary>
    public const int PatienceWaiting = 15000;

    // Texts are made when something went wrong: kept, they would take 70 bytes of the heap each.
    private static byte[] CannotRead => Octets.Of("the file cannot be read");
    private static byte[] NotFound => Octets.Of("file not found");
    private static byte[] ReadOnly => Octets.Of("read-only server");
    private static byte[] OctetOnly => Octets.Of("only octet (binary) mode");
    private static byte[] NoSuchTransfer => Octets.Of("unknown transfer id");
    private static byte[] UnknownOpcode => Octets.Of("no TFTP opcode");
    private static byte[] GaveWay => Octets.Of("silent, gave way to another");
    private static byte[] AskedAgain => Octets.Of("the machine began anew");

    // One ERROR 5 in half a second after a burst of four: enough for a person with a client, too little to be a weapon or an echo.
    private readonly TokenBucket _strays = new TokenBucket(4, 500);

    private bool IsDuplicate(TftpSlot slot, long now)
    {
        switch (slot.Transfer.State)
        {
            case TftpState.Opening:
                slot.Heard = now;
                return true;
            case TftpState.Answering:
                slot.Heard = now;
                slot.Transfer.RequestAgain();
                Pump(slot, NoAck, now);
                return true;
            case TftpState.Sending:
            case TftpState.Done:
                return now - slot.Begun < DuplicateTime;
            default:
                return false;
        }
    }

    private void Admit(TftpSlot slot, IPEndPoint from, byte[] address, byte[] packet, long now)
    {
        TftpRequest request = _request;
        LoaderReader reader;
        try
        {
            reader = _files.Open(packet, request.NameOffset, request.NameLength);
        }
        catch (Exception e)
        {
            // Storage that cannot be read is told to the machine at once, and costs the others nothing.
            _log.Add(Subsystem.Tftp, LogEvent.Fault, 0, e.Message);
            Failed++;
            SendError(TftpPackets.SeeMessage, CannotRead, from);
            return;
        }

        if (reader == null)
        {
            Missing++;
            Say(LogEvent.FileMissing, address, packet, request.NameOffset, request.NameLength, now);
            SendError(TftpPackets.FileNotFound, NotFound, from);
            return;
        }

        slot.Take(from, address, packet, request, now);
        slot.Transfer.Open(reader, request, now);
        _recent = slot;
        _running++;
        _awake = true;
        Pump(slot, NoAck, now);
    }

    // A free place, or one whose transfer has given way; null when there is none for this address. "ended" is the place of the client's
    // former transfer or null: the same endpoint must not be in the table twice.
    private TftpSlot Room(TftpSlot ended, int address, long now)
    {
        if (ended != null)
        {
            ended.Free();
        }

        TftpSlot free = null;
        TftpSlot stalled = null;
        TftpSlot ownStalled = null;
        int own = 0;
        for (int i = 0; i < _made; i++)
        {
            TftpSlot slot = _slots[i];
            if (!slot.Running)
            {
                // Best one that nobody has, then the one that ended first: its client's late packets have had the most time.
                if (free == null || (free.Port != TftpSlot.NoPort && (slot.Port == TftpSlot.NoPort || slot.Heard < free.Heard)))
                {
                    free = slot;
                }

                continue;
            }

            bool mine = slot.AddressBits == address;
            if (mine)
            {
                own++;
            }

            if (now - slot.Heard >= Patience(slot))
            {
                if (stalled == null || slot.Heard < stalled.Heard)
                {
                    stalled = slot;
                }

                if (mine && (ownStalled == null || slot.Heard < ownStalled.Heard))
                {
                    ownStalled = slot;
                }
            }
        }

        if (own >= MaxTransfersPerAddress)
        {
            return ownStalled == null ? null : GiveWay(ownStalled, GaveWay, now);
        }

        if ((free == null || free.Port != TftpSlot.NoPort) && _made < MaxTransfers)
        {
            free = new TftpSlot();
            _slots[_made++] = free;
        }

        return free != null ? free : stalled == null ? null : GiveWay(stalled, GaveWay, now);
    }

    private static int Patience(TftpSlot slot)
    {
        return slot.Transfer.WaitsForSource ? PatienceWaiting : slot.Transfer.State == TftpState.Answering ? PatienceUnheard : PatienceSilent;
    }

    private TftpSlot GiveWay(TftpSlot slot, byte[] reason, long now)
    {
        slot.Transfer.Fail(TftpTransfer.NoError, reason);
        Pump(slot, NoAck, now);
        return slot;
    }

    // Another request from the endpoint of a transfer: ROMs use one fixed port for all their files, and a size probe is not always ended by an ERROR.
    private TftpSlot Restart(TftpSlot slot, long now)
    {
        if (slot.Transfer.State == TftpState.Sending)
        {
            return GiveWay(slot, AskedAgain, now);
        }

        slot.Transfer.EndedByClient(AskedAgain);
        Pump(slot, NoAck, now);
        return slot;
    }

    private bool Answerable(byte[] address)
    {
        if (AnySubnet)
        {
            return true;
        }

        byte[] own = _network.Address;
        byte[] mask = _network.SubnetMask;
        return own != null && mask != null
            && ((Octets.ReadInt32(own, 0) ^ Octets.ReadInt32(address, 0)) & Octets.ReadInt32(mask, 0)) == 0;
    }

    // A packet of no transfer (RFC 1350 4): ERROR 5 goes back to where it came from; no transfer is disturbed.
    private void Stray(IPEndPoint from, long now)
    {
        Strays++;
        if (_strays.Take(now))
        {
            byte[] address = from.Address.GetAddressBytes();
            if (address.Length == 4 && Answerable(address))
            {
                SendError(TftpPackets.UnknownTransfer, NoSuchTransfer, from);
            }
        }
    }

    private void Refuse(byte[] address, IPEndPoint from, TftpRequest request, long now)
    {
        // RFC 1350 wants line ends translated in netascii, which would spoil a loader, and "mail" is obsolete: no PXE client asks for either.
        Refused++;
        byte[] reason = request.IsWrite ? ReadOnly : OctetOnly;
        Say(LogEvent.NotAnswered, address, reason, 0, reason.Length, now);
        SendError(request.IsWrite ? TftpPackets.AccessViolation : TftpPackets.IllegalOperation, reason, from);
    }

    private void SendError(int code, byte[] message, IPEndPoint to)
    {
        _output.Send(_buffer, TftpPackets.WriteError(_buffer, code, message), to);
    }
}
