using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <content>What packets, scripts and log entries tell.</content>
public sealed partial class MachineJournal
{
    /// <summary>A file that took longer came from a slow mirror: 60 MB at 3 MB/s.</summary>
    private const int SlowTime = 20000 / Unit;

    /// <summary>
    /// A valid DHCP request was heard; <paramref name="client"/> is what it says, <paramref name="told"/> how it was answered: <see cref="BootStage.Seen"/> when it
    /// was not, else <see cref="BootStage.Offered"/> or <see cref="BootStage.BootServer"/>. Of every packet of the LAN, after its answer left.
    /// </summary>
    internal void Heard(DhcpMessage message, PxeClient client, BootStage told, long now)
    {
        byte[] bytes = _bytes;
        byte[] packet = message.Buffer;
        int kind = (int)client.Kind;
        lock (bytes)
        {
            _now = (int)(now / Unit);
            int machine = Find(packet, DhcpMessage.HardwareAddressOffset);
            if (kind == (int)ClientKind.None)
            {
                // No netboot client: the system that was booted asks for its address, or the machine went to its disk.
                if (machine != Nobody && bytes[BootCounts + machine] > 0 && bytes[Reached + machine] >= (byte)BootStage.Script
                    && bytes[States + machine] != (byte)MachineState.Failed)
                {
                    Hear(machine);
                    Reach(machine, BootStage.Up);
                }

                return;
            }

            if (machine == Nobody)
            {
                machine = Add(packet, DhcpMessage.HardwareAddressOffset);
                Begin(machine);
            }
            else if (message.MessageType == DhcpMessageType.Discover && BeginsAnew(machine, kind))
            {
                Begin(machine);
            }

            Hear(machine);
            bytes[Kinds + machine] = (byte)kind;
            bytes[PlatformsOf + machine] = (byte)client.Platform;
            int at = Architectures + (machine * 2);
            bytes[at] = (byte)(client.Architecture >> 8);
            bytes[at + 1] = (byte)client.Architecture;
            if (client.UuidOffset >= 0)
            {
                bytes[Flags + machine] |= UuidFlag;
                Array.Copy(packet, client.UuidOffset, bytes, Uuids + (machine * UuidText.Size), UuidText.Size);
            }

            if (message.MessageType == DhcpMessageType.Request)
            {
                Requested(machine, message);
            }

            if (told != BootStage.Seen)
            {
                Reach(machine, kind == (int)ClientKind.Ipxe ? BootStage.Ipxe : told);
            }
        }
    }

    // The address it asks for, or has.
    private void Requested(int machine, DhcpMessage message)
    {
        int address = message.LengthOf(DhcpOption.RequestedAddress) == 4
            ? Octets.ReadInt32(message.Buffer, message.OffsetOf(DhcpOption.RequestedAddress)) : message.ClientAddress;
        if (address != 0)
        {
            _numbers[Addresses + machine] = address;
            Asked(machine);
        }
    }

    /// <summary>A log entry tells of a machine; of answers of DHCP <see cref="Heard"/> tells.</summary>
    internal void Logged(byte[] entry, long now)
    {
        lock (_bytes)
        {
            _now = (int)(now / Unit);
            LogEvent what = LogEntry.What(entry, 0);
            bool byMac = entry[LogEntry.MachinePlace] == MacText.Size;
            int machine = byMac ? Find(entry, LogEntry.Header) : ByAddress(Octets.ReadInt32(entry, LogEntry.Header));
            if (machine == Nobody && byMac && (what == LogEvent.ScriptSent || what == LogEvent.Reported))
            {
                // Somebody's own iPXE, or one that was heard before the device's last start.
                machine = Add(entry, LogEntry.Header);
                _bytes[Kinds + machine] = 0;
                _bytes[PlatformsOf + machine] = 0;
                Array.Clear(_bytes, Architectures + (machine * 2), 2);
                Begin(machine);
            }

            if (machine == Nobody || _bytes[BootCounts + machine] == 0)
            {
                return;
            }

            if (what != LogEvent.Diagnosis && what != LogEvent.Woken)
            {
                // These two are the device's own words about it.
                Hear(machine);
            }

            Take(machine, what, entry, LogEntry.Number(entry, 0), LogEntry.Milliseconds(entry, 0));
        }
    }

    private void Take(int machine, LogEvent what, byte[] entry, int number, int milliseconds)
    {
        int text = LogEntry.TextOffset(entry, 0);
        int length = LogEntry.TextLength(entry, 0);
        switch (what)
        {
            case LogEvent.NotAnswered:
                Refused(machine, (WhyCode)(number & 0xFF), number >> 8);
                break;
            case LogEvent.TransferStarted:
                _bytes[Flags + machine] |= FetchingFlag;
                _numbers[Moves + machine] = _now;
                break;
            case LogEvent.TransferDone:
                Loaded(machine, entry, number, milliseconds);
                break;
            case LogEvent.TransferFailed:
                _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
                if (number != 0 && _bytes[Reached + machine] < (byte)BootStage.Script)
                {
                    int reason = number == (int)WhyCode.LoaderAborted ? LogEntry.WordsOffset(entry) : LogEntry.ReasonOffset(entry);
                    Explain(machine, (WhyCode)number, 0, entry, reason, text + length - reason);
                }

                break;
            case LogEvent.FileMissing:
                // iPXE itself asks for files that need not be there; a firmware asks for its loader.
                if (_bytes[Reached + machine] < (byte)BootStage.Loader)
                {
                    Explain(machine, WhyCode.LoaderMissing, 0, entry, text, length);
                }

                break;
            case LogEvent.Request:
                if (number == 200 && LogEntry.TextEndsWith(entry, ".efi"))
                {
                    Loaded(machine, entry, 0, 0);
                }

                break;
            case LogEvent.ScriptSent:
                ScriptSent(machine, number, (ProfileKind)milliseconds, entry, text, length);
                break;
            case LogEvent.Reported:
                Reported(machine, number, milliseconds, entry, text, length);
                break;
            default:
                break;
        }
    }

    private void Loaded(int machine, byte[] entry, int size, int milliseconds)
    {
        _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
        if (LogEntry.TextEndsWith(entry, ".ipxe"))
        {
            // autoexec.ipxe: that iPXE runs is the news.
            return;
        }

        Reach(machine, BootStage.Loader);
        int boot = machine * Boots;
        _numbers[LoaderSizes + boot] = size;
        int time = milliseconds / Unit;
        Octets.WriteUInt16(_bytes, LoaderTimes + (boot * 2), time > 0xFFFE ? 0xFFFE : time);
    }

    private void ScriptSent(int machine, int address, ProfileKind kind, byte[] entry, int text, int length)
    {
        if (address != 0)
        {
            _numbers[Addresses + machine] = address;
        }

        if (_bytes[Reached + machine] > (byte)BootStage.Script || _bytes[States + machine] == (byte)MachineState.Up)
        {
            Begin(machine);
        }

        Reach(machine, BootStage.Script);
        if (kind == ProfileKind.Linux)
        {
            _bytes[Flags + machine] |= ReportsFlag;
        }
        else if (kind == ProfileKind.Deny)
        {
            Explain(machine, WhyCode.RefusedByRule, 0, entry, text, length);
            _bytes[States + machine] = (byte)MachineState.Refused;
        }
        else if (kind != ProfileKind.Script)
        {
            _bytes[States + machine] = (byte)MachineState.Quiet;
        }
    }

    private void Reported(int machine, int stage, int error, byte[] entry, int text, int length)
    {
        if (stage < 0)
        {
            WhyCode why = IpxeError.Meaning(error, LogEntry.TextIs(entry, "script"));
            Explain(machine, why, error, entry, text, length);
            return;
        }

        int took = _now - _numbers[Moves + machine];
        int before = _bytes[Reached + machine];
        if (stage == (int)BootStage.Start && before == (int)BootStage.Kernel)
        {
            // A generated script starts the kernel as soon as it has the initrd.
            Reach(machine, BootStage.Initrd);
        }

        Reach(machine, (BootStage)stage);
        bool kernel = stage == (int)BootStage.Kernel && before < stage;
        if (took >= SlowTime && (kernel || (before == (int)BootStage.Kernel && stage <= (int)BootStage.Start)))
        {
            BootStage late = kernel ? BootStage.Kernel : BootStage.Initrd;
            Slow(machine, late, StageNames.Of(late) + " in ", took);
        }
    }

    private void Refused(int machine, WhyCode why, int architecture)
    {
        if (why != WhyCode.None)
        {
            byte[] ignore = Octets.Of("of kind ignore");
            bool rule = why == WhyCode.RefusedByRule;
            Explain(machine, why, rule ? 0 : architecture, ignore, 0, rule ? ignore.Length : 0);
            _bytes[States + machine] = (byte)(rule ? MachineState.Refused : MachineState.Failed);
        }
    }

    private void Asked(int machine)
    {
        if ((_bytes[Flags + machine] & AskedFlag) == 0)
        {
            _bytes[Flags + machine] |= AskedFlag;
            _numbers[Moves + machine] = _now;
            if (_bytes[Whys + machine] == (byte)WhyCode.NoRequest)
            {
                Clear(machine);
            }
        }
    }
}
