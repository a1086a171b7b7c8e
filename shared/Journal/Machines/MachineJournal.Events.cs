using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <content>What packets, scripts and log entries tell.</content>
public sealed partial class MachineJournal
{
    /// <summary>Boots that begin so close to each other and get no further are a loop: a firmware's whole round of attempts takes three minutes.</summary>
    private const int LoopTime = 600000 / Unit;

    /// <summary>A machine silent for so long began anew: firmware pauses 64 s at most between attempts.</summary>
    private const int SilenceTime = 120000 / Unit;

    /// <summary>A file that took longer came from a slow mirror: 60 MB at 3 MB/s.</summary>
    private const int SlowTime = 20000 / Unit;

    /// <summary>A DHCP packet was heard; <paramref name="sighting"/> stands at it.</summary>
    internal void Heard(Sightings sighting, long now)
    {
        lock (_lock)
        {
            _now = (int)(now / Unit);
            ClientKind kind = sighting.Kind;
            byte[] bytes = sighting.Bytes;
            int machine = Find(bytes, sighting.MacOffset);
            if (kind == ClientKind.None)
            {
                // No netboot client: the system that was booted asks for its address, or the machine went to its disk.
                if (machine != Nobody && _bootCounts[machine] > 0 && _reached[machine] >= (byte)BootStage.Script && _states[machine] != (byte)MachineState.Failed)
                {
                    _heard[machine] = _now;
                    _changed[machine] = _now;
                    Reach(machine, BootStage.Up);
                }

                return;
            }

            machine = machine != Nobody ? machine : FindOrAdd(bytes, sighting.MacOffset);
            bool ipxe = kind == ClientKind.Ipxe || kind == ClientKind.IpxeWithoutHttp;
            if (_bootCounts[machine] == 0 || (sighting.MessageType == DhcpMessageType.Discover && BeginsAnew(machine, ipxe)))
            {
                Begin(machine);
            }

            _heard[machine] = _now;
            _changed[machine] = _now;
            _kinds[machine] = (byte)kind;
            _platforms[machine] = (byte)sighting.Platform;
            _architectures[machine] = (ushort)sighting.Architecture;
            if (sighting.HasUuid)
            {
                _flags[machine] |= UuidFlag;
                Array.Copy(bytes, sighting.UuidOffset, _uuids, machine * UuidText.Size, UuidText.Size);
            }

            int address = Octets.ReadInt32(bytes, sighting.AddressOffset);
            if (sighting.MessageType == DhcpMessageType.Request && address != 0)
            {
                _addresses[machine] = address;
                Asked(machine);
            }
        }
    }

    /// <summary>A log entry tells of a machine.</summary>
    internal void Logged(LogEntry entry, long now)
    {
        lock (_lock)
        {
            _now = (int)(now / Unit);
            int machine = entry.MachineLength == MacText.Size ? Find(entry.Machine, 0)
                : entry.MachineLength == 4 ? ByAddress(Octets.ReadInt32(entry.Machine, 0)) : Nobody;
            if (machine == Nobody && entry.MachineLength == MacText.Size && (entry.What == LogEvent.ScriptSent || entry.What == LogEvent.Reported))
            {
                // Somebody's own iPXE, or one that was heard before the device's last start.
                machine = FindOrAdd(entry.Machine, 0);
                Begin(machine);
            }

            if (machine == Nobody || _bootCounts[machine] == 0)
            {
                return;
            }

            if (entry.What != LogEvent.Diagnosis && entry.What != LogEvent.Woken)
            {
                // These two are the device's own words about it.
                _heard[machine] = _now;
                _changed[machine] = _now;
            }

            Take(machine, entry);
        }
    }

    private void Take(int machine, LogEntry entry)
    {
        switch (entry.What)
        {
            case LogEvent.Offered:
                Reach(machine, IsIpxe(machine) ? BootStage.Ipxe : BootStage.Offered);
                break;
            case LogEvent.BootServerAnswered:
                Reach(machine, IsIpxe(machine) ? BootStage.Ipxe : BootStage.BootServer);
                break;
            case LogEvent.NotAnswered:
                Refused(machine, (WhyCode)(entry.Number & 0xFF), entry.Number >> 8);
                break;
            case LogEvent.TransferStarted:
                _flags[machine] |= FetchingFlag;
                _moved[machine] = _now;
                break;
            case LogEvent.TransferDone:
                Loaded(machine, entry, entry.Number, entry.Milliseconds);
                break;
            case LogEvent.TransferFailed:
                _flags[machine] &= unchecked((byte)~FetchingFlag);
                if (entry.Number != 0 && _reached[machine] < (byte)BootStage.Script)
                {
                    int reason = entry.Number == (int)WhyCode.LoaderAborted ? entry.WordsOffset : entry.ReasonOffset;
                    Explain(machine, (WhyCode)entry.Number, 0, entry.Text, reason, entry.TextLength - reason);
                }

                break;
            case LogEvent.FileMissing:
                // iPXE itself asks for files that need not be there; a firmware asks for its loader.
                if (_reached[machine] < (byte)BootStage.Loader)
                {
                    Explain(machine, WhyCode.LoaderMissing, 0, entry.Text, 0, entry.TextLength);
                }

                break;
            case LogEvent.Request:
                if (entry.Number == 200 && entry.TextEndsWith(".efi"))
                {
                    Loaded(machine, entry, 0, 0);
                }

                break;
            case LogEvent.ScriptSent:
                ScriptSent(machine, entry);
                break;
            case LogEvent.Reported:
                Reported(machine, entry);
                break;
            default:
                break;
        }
    }

    private void Loaded(int machine, LogEntry entry, int bytes, int milliseconds)
    {
        _flags[machine] &= unchecked((byte)~FetchingFlag);
        if (entry.TextEndsWith(".ipxe"))
        {
            // autoexec.ipxe: that iPXE runs is the news.
            return;
        }

        Reach(machine, BootStage.Loader);
        int boot = machine * Boots;
        _loaderBytes[boot] = bytes;
        int time = milliseconds / Unit;
        _loaderTimes[boot] = (ushort)(time > 0xFFFE ? 0xFFFE : time);
    }

    private void ScriptSent(int machine, LogEntry entry)
    {
        if (entry.Number != 0)
        {
            _addresses[machine] = entry.Number;
        }

        if (_reached[machine] > (byte)BootStage.Script || _states[machine] == (byte)MachineState.Up)
        {
            Begin(machine);
        }

        var kind = (ProfileKind)entry.Milliseconds;
        Reach(machine, BootStage.Script);
        if (kind == ProfileKind.Linux)
        {
            _flags[machine] |= ReportsFlag;
        }
        else if (kind == ProfileKind.Deny)
        {
            Explain(machine, WhyCode.RefusedByRule, 0, entry.Text, 0, entry.TextLength);
            _states[machine] = (byte)MachineState.Refused;
        }
        else if (kind != ProfileKind.Script)
        {
            _states[machine] = (byte)MachineState.Quiet;
        }
    }

    private void Reported(int machine, LogEntry entry)
    {
        int stage = entry.Number;
        if (stage < 0)
        {
            WhyCode why = IpxeError.Meaning(entry.Milliseconds, entry.TextIs("script"));
            Explain(machine, why, entry.Milliseconds, entry.Text, 0, entry.TextLength);
            return;
        }

        int took = _now - _moved[machine];
        int before = _reached[machine];
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
            _states[machine] = (byte)(rule ? MachineState.Refused : MachineState.Failed);
        }
    }

    private void Asked(int machine)
    {
        if ((_flags[machine] & AskedFlag) == 0)
        {
            _flags[machine] |= AskedFlag;
            _moved[machine] = _now;
            if (_whys[machine] == (byte)WhyCode.NoRequest)
            {
                Clear(machine);
            }
        }
    }

    private bool IsIpxe(int machine)
    {
        return _kinds[machine] == (byte)ClientKind.Ipxe;
    }

    private bool BeginsAnew(int machine, bool ipxe)
    {
        if (_now - _heard[machine] > SilenceTime)
        {
            return true;
        }

        int stage = _reached[machine];
        return stage >= (int)BootStage.Script || (!ipxe && stage >= (int)BootStage.Loader);
    }

    private void Begin(int machine)
    {
        int loop = LoopOf(machine);
        int boot = machine * Boots;
        Array.Copy(_began, boot, _began, boot + 1, Boots - 1);
        Array.Copy(_loaderBytes, boot, _loaderBytes, boot + 1, Boots - 1);
        Array.Copy(_loaderTimes, boot, _loaderTimes, boot + 1, Boots - 1);
        Array.Copy(_stages, boot * Stages, _stages, (boot + 1) * Stages, (Boots - 1) * Stages);
        _began[boot] = _now;
        _loaderBytes[boot] = 0;
        _loaderTimes[boot] = 0;
        for (int i = 1; i < Stages; i++)
        {
            _stages[(boot * Stages) + i] = MachineRecord.NotReached;
        }

        _stages[boot * Stages] = 0;
        _bootCounts[machine] += (byte)(_bootCounts[machine] < Boots ? 1 : 0);
        _flags[machine] &= UuidFlag;
        _reached[machine] = 0;
        _moved[machine] = _now;
        Clear(machine);
        if (loop > 0)
        {
            Explain(machine, WhyCode.Loop, loop, null, 0, 0);
        }
    }

    // The stage that the last two boots got to, or 0: together with the one that begins these are three in a row. One that has another explanation is no riddle.
    private int LoopOf(int machine)
    {
        int boot = machine * Boots;
        if (_bootCounts[machine] < 2 || _now - _began[boot + 1] > LoopTime || (_whys[machine] != 0 && _whys[machine] != (byte)WhyCode.Loop))
        {
            return 0;
        }

        int last = Furthest(boot);
        return last == Furthest(boot + 1) ? last : 0;
    }

    private int Furthest(int boot)
    {
        int stage = Stages - 1;
        while (stage > 0 && _stages[(boot * Stages) + stage] == MachineRecord.NotReached)
        {
            stage--;
        }

        return stage;
    }

    private void Reach(int machine, BootStage stage)
    {
        int at = (machine * Boots * Stages) + (int)stage;
        if (_stages[at] == MachineRecord.NotReached)
        {
            int time = _now - _began[machine * Boots];
            _stages[at] = (ushort)(time > 0xFFFE ? 0xFFFE : time);
        }

        if ((int)stage <= _reached[machine])
        {
            return;
        }

        // iPXE asks for an address of its own; what its firmware did before is another matter.
        if (stage == BootStage.Ipxe)
        {
            _flags[machine] &= unchecked((byte)~AskedFlag);
        }

        _reached[machine] = (byte)stage;
        _moved[machine] = _now;
        byte why = _whys[machine];
        if (why != (byte)WhyCode.MirrorSlow && (why != (byte)WhyCode.Loop || (int)stage > _arguments[machine]))
        {
            Clear(machine);
        }

        if (stage >= BootStage.Start)
        {
            _states[machine] = (byte)MachineState.Up;
        }
    }

    private void Clear(int machine)
    {
        _states[machine] = (byte)MachineState.Booting;
        _whys[machine] = 0;
        _textLengths[machine] = 0;
    }

    private void Explain(int machine, WhyCode why, int argument, byte[] text, int offset, int length)
    {
        length = length > TextSize ? TextSize : length < 0 ? 0 : length;
        bool news = _whys[machine] != (byte)why || _arguments[machine] != argument || _textLengths[machine] != length
            || (length > 0 && !Octets.Equal(_texts, machine * TextSize, text, offset, length));
        _changed[machine] = _now;
        _states[machine] = (byte)MachineState.Failed;
        _whys[machine] = (byte)why;
        _arguments[machine] = argument;
        _textLengths[machine] = (byte)length;
        if (length > 0)
        {
            Array.Copy(text, offset, _texts, machine * TextSize, length);
        }

        if (news && _lines.Take((long)_now * Unit))
        {
            _log.Add(Subsystem.Pxe, LogEvent.Diagnosis, _macs, machine * MacText.Size, MacText.Size, (int)why, argument, _texts, machine * TextSize, length);
        }
    }
}
