using System;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Syslog;
using Netboot.Tftp;

namespace Netboot.Journal;

/// <summary>
/// What happened to each machine that was heard of lately, and what is wrong. It hears the protocols' events, whichever thread they are:
/// none waits in between, and none is lost where the log has no room for its line. Page and console read copies. As a service, in the
/// packets' loop, it looks once a second at what did not happen. What it does to the table stands in the types below it, each of which
/// knows only those before it: columns, places, diagnoses, boots, waits.
/// </summary>
public sealed class MachineJournal : MachineWaits, IService, ILineOwners, IDhcpEvents, ITftpEvents, ISyslogEvents
{
    private const int LookMilliseconds = 1000;

    /// <summary>
    /// Lines that were left out are told of at once, and then not more often than every five minutes: in a flood that goes on, that line is
    /// one more.
    /// </summary>
    private const int TellTime = 300000 / Unit;

    // In place of a stage.
    private const int FailedStage = -1;

    private const string EndedBy = "aborted by the machine: ";

    private long _nextLook;
    private int _leftOutTold;
    private int _toldAt = -TellTime;

    /// <summary>An empty journal; diagnoses go to <paramref name="log"/> too, and name what <paramref name="others"/> knows.</summary>
    public MachineJournal(Log log, OtherServers others)
        : base(log, others)
    {
        log.Limit(this);
    }

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public bool Step(long now)
    {
        _clock = now;
        if (now >= _nextLook)
        {
            _nextLook = now + LookMilliseconds;
            Tick(now);
            TellLeftOut();
        }

        return false;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void Heard(DhcpMessage message, DhcpAnswer answer, bool bootServer, long now)
    {
        byte[] bytes = _bytes;
        byte[] packet = message.Buffer;
        PxeClient client = answer.Client;
        bool answered = answer.Length > 0;
        ClientKind kind = client.Kind;
        bool owners;
        lock (bytes)
        {
            _now = (int)(now / Unit);
            int machine = Find(packet, DhcpMessage.HardwareAddressOffset);
            if (kind == ClientKind.None)
            {
                // No netboot client: the system that was booted asks for its address, or the machine went to its disk.
                if (machine != Nobody)
                {
                    SystemHeard(machine, message);
                }
                else if (_lost.Any && message.MessageType == DhcpMessageType.Request)
                {
                    _lost.Asked(_listed.FindMac(packet, DhcpMessage.HardwareAddressOffset), AddressIn(message));
                }

                return;
            }

            if (machine == Nobody)
            {
                machine = Add(packet, DhcpMessage.HardwareAddressOffset, answered || answer.Refusal != Refusal.None
                    ? answer.Listed : Nobody);
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

            if (!answered)
            {
                Refused(machine, answer);
                return;
            }

            if (!Reach(machine, kind == ClientKind.Ipxe ? BootStage.Ipxe : bootServer ? BootStage.BootServer : BootStage.Offered))
            {
                // No news, so it needs no line.
                return;
            }

            owners = bytes[Flags + machine] >= ListedFlag;
        }

        LogEvent what = bootServer ? LogEvent.BootServerAnswered : LogEvent.Offered;
        if (owners || _log.Admits(what, packet, DhcpMessage.HardwareAddressOffset, MacText.Size, answer.BootfileLength, false))
        {
            _log.Put(
                bootServer ? Subsystem.Pxe : Subsystem.Dhcp, what, packet, DhcpMessage.HardwareAddressOffset, MacText.Size, 0, 0,
                answer.Bootfile, 0, answer.BootfileLength);
        }
    }

    private void Refused(int machine, DhcpAnswer answer)
    {
        switch (answer.Refusal)
        {
            case Refusal.ByRule:
                byte[] ignore = Octets.Of("of kind ignore");
                Explain(machine, WhyCode.RefusedByRule, 0, ignore, 0, ignore.Length);
                break;
            case Refusal.ByApi:
                Explain(machine, WhyCode.NotInApi, 0, null, 0, 0);
                break;
            case Refusal.NotLetIn:
                Explain(machine, WhyCode.NotLetIn, 0, null, 0, 0);
                break;
            case Refusal.NoLoader:
                Explain(machine, WhyCode.NoLoader, answer.Client.Architecture, null, 0, 0);
                break;
            case Refusal.NoLoaderFile:
                Explain(machine, WhyCode.NoLoaderFile, answer.Client.Architecture, answer.Loader, 0, answer.Loader.Length);
                break;
            default:
                break;
        }
    }

    // It asks for an address as one that is no netboot client: the system that was booted does, or its disk's. One that failed went
    // elsewhere.
    private void SystemHeard(int machine, DhcpMessage message)
    {
        bool asks = message.MessageType == DhcpMessageType.Discover || message.MessageType == DhcpMessageType.Request;
        if (asks && _bytes[BootCounts + machine] > 0 && _bytes[Reached + machine] >= (byte)BootStage.Script
            && _bytes[States + machine] != (byte)MachineState.Failed)
        {
            Hear(machine);
            Reach(machine, BootStage.Up);
            if (message.MessageType == DhcpMessageType.Request)
            {
                Requested(machine, message);
            }
        }
    }

    // The address that a request asks for, or that its machine has; 0 is none.
    private static int AddressIn(DhcpMessage message) => message.LengthOf(DhcpOption.RequestedAddress) == 4
        ? Octets.ReadInt32(message.Buffer, message.OffsetOf(DhcpOption.RequestedAddress)) : message.ClientAddress;

    private void Requested(int machine, DhcpMessage message)
    {
        int address = AddressIn(message);
        if (address != 0)
        {
            _numbers[Addresses + machine] = address;
            Asked(machine);
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

    /// <inheritdoc/>
    public void Started(byte[] address, byte[] name, int size)
    {
        _log.Add(Subsystem.Tftp, LogEvent.TransferStarted, address, 0, address.Length, size, 0, name, 0, name.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                _bytes[Flags + machine] |= FetchingFlag;
                _numbers[Moves + machine] = _now;
            }
        }
    }

    /// <inheritdoc/>
    public void Sent(byte[] address, byte[] name, int size, int milliseconds)
    {
        _log.Add(Subsystem.Tftp, LogEvent.TransferDone, address, 0, address.Length, size, milliseconds, name, 0, name.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                Loaded(machine, size, milliseconds, name, 0, name.Length);
            }
        }
    }

    /// <inheritdoc/>
    public void BrokenOff(byte[] address, byte[] name, TftpFailure failure, string reason)
    {
        var text = new ByteWriter(Log.TextCapacity, 4 * Log.TextCapacity);
        text.Raw(name).Text(failure == TftpFailure.ByMachine ? ": " + EndedBy : ": ");
        int words = text.Length;
        text.Text(reason);
        _log.Add(Subsystem.Tftp, LogEvent.TransferFailed, address, 0, address.Length, 0, 0, text.Buffer, 0, text.Length);
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine == Nobody)
            {
                return;
            }

            _bytes[Flags + machine] &= unchecked((byte)~FetchingFlag);
            if (failure != TftpFailure.Restarted && _bytes[Reached + machine] < (byte)BootStage.Script)
            {
                WhyCode why = failure == TftpFailure.ByServer ? WhyCode.LoaderRefused
                    : failure == TftpFailure.ByMachine ? WhyCode.LoaderAborted : WhyCode.LoaderTimeout;
                Explain(machine, why, 0, text.Buffer, words, text.Length - words);
            }
        }
    }

    /// <inheritdoc/>
    public void Missing(byte[] address, byte[] name, int offset, int length)
    {
        _log.Add(Subsystem.Tftp, LogEvent.FileMissing, address, 0, address.Length, 0, 0, name, offset, length);
        lock (_bytes)
        {
            // iPXE itself asks for files that need not be there; a firmware asks for its loader.
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody && _bytes[Reached + machine] < (byte)BootStage.Loader)
            {
                Explain(machine, WhyCode.LoaderMissing, 0, name, offset, length);
            }
        }
    }

    /// <summary>The machine of an IPv4 address fetches its loader by HTTP.</summary>
    public void LoaderFetched(byte[] address)
    {
        lock (_bytes)
        {
            int machine = Speaking(address, 0, address.Length);
            if (machine != Nobody)
            {
                Loaded(machine, 0, 0, null, 0, 0);
            }
        }
    }

    /// <summary>
    /// A machine, by its Ethernet address, fetched its script from an IPv4 address (4 bytes): it is to boot the profile of this name, which
    /// is of this kind and has an initrd or none.
    /// </summary>
    public void ScriptSent(byte[] mac, byte[] address, byte[] profile, ProfileKind kind, bool hasInitrd)
    {
        _log.Add(Subsystem.Http, LogEvent.ScriptSent, mac, 0, MacText.Size, 0, 0, profile, 0, profile.Length);
        lock (_bytes)
        {
            int machine = SpeakingOrNew(mac);
            if (machine != Nobody)
            {
                TakeScript(machine, Octets.ReadInt32(address, 0), profile, kind, hasInitrd);
            }
        }
    }

    /// <summary>
    /// The boot API at <paramref name="host"/> brought a machine nothing to boot: <paramref name="why"/> and its argument say what it was.
    /// </summary>
    public void ApiSaid(byte[] mac, WhyCode why, int argument, byte[] host)
    {
        lock (_bytes)
        {
            int machine = SpeakingOrNew(mac);
            if (machine != Nobody)
            {
                Explain(machine, why, argument, host, 0, host.Length);
            }
        }
    }

    /// <summary>A machine's script or system, by its Ethernet address, reports how far it is.</summary>
    public void Reported(byte[] mac, BootStage stage) => Report(mac, (int)stage, 0, null, 0, 0);

    /// <summary>
    /// It reports that it cannot go on: iPXE's error, and what failed (<c>kernel</c>), the first <paramref name="part"/> bytes of
    /// <paramref name="text"/>; for the log its URL follows, <paramref name="length"/> bytes in all.
    /// </summary>
    public void Failed(byte[] mac, int error, byte[] text, int part, int length) => Report(mac, FailedStage, error, text, part, length);

    /// <inheritdoc/>
    public void Said(byte[] address, int severity, byte[] text, int offset, int length)
    {
        var mac = new byte[MacText.Size];
        byte[] who = MacOf(address, 0, mac) ? mac : address;
        _log.Add(Subsystem.Machine, LogEvent.Said, who, 0, who.Length, severity, 0, text, offset, length);
        lock (_bytes)
        {
            Speaking(who, 0, who.Length);
        }
    }

    private void Report(byte[] mac, int stage, int error, byte[] text, int part, int length)
    {
        _log.Add(Subsystem.Http, LogEvent.Reported, mac, 0, MacText.Size, stage, error, text, 0, length);
        lock (_bytes)
        {
            int machine = SpeakingOrNew(mac);
            if (machine != Nobody)
            {
                TakeReport(machine, stage, error, text, part);
            }
        }
    }

    // In the log itself, where somebody who misses a line looks for it; seldom, for that is a line too.
    private void TellLeftOut()
    {
        int leftOut = _log.Counts[Counter.LinesLeftOut] - _leftOutTold;
        if (leftOut > 0 && (uint)(Time - _toldAt) >= TellTime)
        {
            _leftOutTold += leftOut;
            _toldAt = Time;
            _log.Add(Subsystem.Init, LogEvent.Note, 0, leftOut.ToString()
                + " lines left out here: too many from one source or of one kind (see the counters)");
        }
    }
}
