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

    /// <summary>In what <see cref="LogEvent.ScriptSent"/> says of the profile: it has an initrd.</summary>
    public const int WithInitrd = 0x100;

    /// <summary>What <see cref="Heard"/> gives: the answer is no news, so it needs no line.</summary>
    internal const int NoLine = -1;

    /// <summary>The answer brought a stranger on: it has a line if there is room. Anything else: one of the owner's machines, and it has its line.</summary>
    internal const int StrangersLine = 0;

    /// <summary>
    /// A valid DHCP request was heard; <paramref name="client"/> is what it says, <paramref name="told"/> how it was answered: <see cref="BootStage.Seen"/> when it
    /// was not (<paramref name="refusal"/> says why, if not by its own choice), else <see cref="BootStage.Offered"/> or <see cref="BootStage.BootServer"/>;
    /// <paramref name="listed"/> is its number in the settings, or negative. Of every packet of the LAN, after its answer left. Gives what the log is to say of it.
    /// </summary>
    internal int Heard(DhcpMessage message, PxeClient client, BootStage told, int listed, WhyCode refusal, long now)
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
                if (machine != Nobody)
                {
                    SystemHeard(machine, message);
                }

                return NoLine;
            }

            if (machine == Nobody)
            {
                machine = Add(packet, DhcpMessage.HardwareAddressOffset, listed);
                Begin(machine);
            }
            else
            {
                if (message.MessageType == DhcpMessageType.Discover && BeginsAnew(machine, kind))
                {
                    Begin(machine);
                }

                Hear(machine);
            }

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

            if (told == BootStage.Seen)
            {
                Refused(machine, refusal, client.Architecture);
                return NoLine;
            }

            return !Reach(machine, kind == (int)ClientKind.Ipxe ? BootStage.Ipxe : told) ? NoLine : bytes[Flags + machine] & OwnersFlags;
        }
    }

    /// <summary>
    /// An event of a machine, by its Ethernet address (6 bytes) or its IPv4 address, as it is added to the log: see <see cref="LogEvent"/> for what each tells. Of
    /// answers of DHCP <see cref="Heard"/> tells.
    /// </summary>
    internal void Told(LogEvent what, byte[] who, int whoOffset, int whoLength, int number, int milliseconds, byte[] text, int offset, int length)
    {
        if (what == LogEvent.Offered || what == LogEvent.BootServerAnswered || what == LogEvent.Diagnosis || what == LogEvent.Woken || what == LogEvent.Request)
        {
            // The third and the fourth are the device's own words about it; of what is asked for by HTTP the others tell.
            return;
        }

        lock (_bytes)
        {
            _now = Time;
            bool byMac = whoLength == MacText.Size;
            int machine = byMac ? Find(who, whoOffset) : ByAddress(Octets.ReadInt32(who, whoOffset));
            if (machine == Nobody && byMac && (what == LogEvent.ScriptSent || what == LogEvent.Reported))
            {
                machine = Add(who, whoOffset, _listed.FindMac(who, whoOffset));
                _bytes[Kinds + machine] = 0;
                _bytes[PlatformsOf + machine] = 0;
                Array.Clear(_bytes, Architectures + (machine * 2), 2);
                Begin(machine);
            }

            if (machine == Nobody || _bytes[BootCounts + machine] == 0)
            {
                return;
            }

            Hear(machine);
            if (_bytes[Reached + machine] == (byte)BootStage.Start)
            {
                // Whatever it says, it is alive.
                _numbers[Moves + machine] = _now;
                if (_bytes[States + machine] == (byte)MachineState.Silent)
                {
                    _bytes[States + machine] = (byte)MachineState.Started;
                }
            }

            Take(machine, what, number, milliseconds, text, offset, text == null ? 0 : length);
        }
    }

    private void Take(int machine, LogEvent what, int number, int milliseconds, byte[] text, int offset, int length)
    {
        switch (what)
        {
            case LogEvent.TransferStarted:
                _bytes[Flags + machine] |= FetchingFlag;
                _numbers[Moves + machine] = _now;
                break;
            case LogEvent.TransferDone:
                Loaded(machine, number, milliseconds, text, offset, length);
                break;
            case LogEvent.TransferFailed:
                _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
                if (number != 0 && _bytes[Reached + machine] < (byte)BootStage.Script)
                {
                    Explain(machine, (WhyCode)number, 0, text, offset + milliseconds, length - milliseconds);
                }

                break;
            case LogEvent.FileMissing:
                // iPXE itself asks for files that need not be there; a firmware asks for its loader.
                if (_bytes[Reached + machine] < (byte)BootStage.Loader)
                {
                    Explain(machine, WhyCode.LoaderMissing, 0, text, offset, length);
                }

                break;
            case LogEvent.ScriptSent:
                ScriptSent(machine, number, milliseconds, text, offset, length);
                break;
            case LogEvent.Reported:
                Reported(machine, number, milliseconds, text, offset, length);
                break;
            default:
                break;
        }
    }

    private void Loaded(int machine, int size, int milliseconds, byte[] text, int offset, int length)
    {
        const string Script = ".ipxe";
        _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
        if (length >= Script.Length && Octets.StartsWith(text, offset + length - Script.Length, Script.Length, Script))
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

    private void ScriptSent(int machine, int address, int profile, byte[] text, int offset, int length)
    {
        var kind = (ProfileKind)(profile & ~WithInitrd);
        if (_bytes[Reached + machine] > (byte)BootStage.Script || _bytes[States + machine] == (byte)MachineState.Up)
        {
            Begin(machine);
        }

        if (address != 0)
        {
            TakeAddress(machine, address);
        }

        Rank(machine, (_bytes[Flags + machine] & OwnersFlags) | BootedFlag);
        Reach(machine, BootStage.Script);
        if (kind == ProfileKind.Linux)
        {
            _bytes[Flags + machine] |= (profile & WithInitrd) != 0 ? (byte)(ReportsFlag | InitrdFlag) : ReportsFlag;
        }
        else if (kind == ProfileKind.Deny)
        {
            Explain(machine, WhyCode.RefusedByRule, 0, text, offset, length);
            _bytes[States + machine] = (byte)MachineState.Refused;
        }
        else if (kind != ProfileKind.Script)
        {
            _bytes[States + machine] = (byte)MachineState.Quiet;
        }
    }

    private void Reported(int machine, int stage, int error, byte[] text, int offset, int length)
    {
        if (stage < 0)
        {
            // Its URL follows: what it was told, whatever the settings say by now. That is for the log.
            int word = length == 0 ? -1 : Octets.IndexOf(text, offset, length, (byte)' ');
            length = word < 0 ? length : word - offset;
            WhyCode why = IpxeError.Meaning(error, Octets.Is(text, offset, length, "script"));
            Explain(machine, why, error, text, offset, length);
            return;
        }

        int took = _now - _numbers[Moves + machine];
        int before = _bytes[Reached + machine];
        if (stage == (int)BootStage.Start && before == (int)BootStage.Kernel && (_bytes[Flags + machine] & InitrdFlag) != 0)
        {
            // A generated script starts the kernel as soon as it has the initrd.
            Reach(machine, BootStage.Initrd);
        }

        Reach(machine, (BootStage)stage);
        bool kernel = stage == (int)BootStage.Kernel && before < stage;
        bool initrd = before == (int)BootStage.Kernel && HasReached(machine * Boots, (int)BootStage.Initrd);
        if (took >= SlowTime && (kernel || (initrd && stage <= (int)BootStage.Start)))
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
}
