using System;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Journal;

/// <content>What scripts, their reports and the lines that machines send tell.</content>
public sealed partial class MachineJournal
{
    /// <summary>A file that took longer came from a slow mirror: 60 MB at 3 MB/s.</summary>
    private const int SlowTime = 20000 / Unit;

    // In place of a stage.
    private const int FailedStage = -1;

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

    // The machine that lets itself be heard, by its Ethernet address (6 bytes) or its IPv4 address; none where it is not known or never
    // began to boot.
    private int Speaking(byte[] who, int offset, int length)
    {
        _now = Time;
        int machine = length == MacText.Size ? Find(who, offset) : ByAddress(Octets.ReadInt32(who, offset));
        if (machine == Nobody || _bytes[BootCounts + machine] == 0)
        {
            return Nobody;
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

        return machine;
    }

    private int SpeakingOrNew(byte[] mac)
    {
        if (Find(mac, 0) == Nobody)
        {
            _now = Time;
            int machine = Add(mac, 0, _listed.FindMac(mac, 0));
            _bytes[Kinds + machine] = 0;
            _bytes[PlatformsOf + machine] = 0;
            Array.Clear(_bytes, Architectures + (machine * 2), 2);
            Begin(machine);
        }

        return Speaking(mac, 0, MacText.Size);
    }

    private void TakeScript(int machine, int address, byte[] profile, ProfileKind kind, bool hasInitrd)
    {
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
            _bytes[Flags + machine] |= hasInitrd ? (byte)(ReportsFlag | InitrdFlag) : ReportsFlag;
        }
        else if (kind == ProfileKind.Deny)
        {
            Explain(machine, WhyCode.RefusedByRule, 0, profile, 0, profile.Length);
            _bytes[States + machine] = (byte)MachineState.Refused;
        }
        else if (kind != ProfileKind.Script)
        {
            _bytes[States + machine] = (byte)MachineState.Quiet;
        }
    }

    private void TakeReport(int machine, int stage, int error, byte[] text, int length)
    {
        if (stage < 0)
        {
            Explain(machine, IpxeError.Meaning(error, Octets.Is(text, 0, length, "script")), error, text, 0, length);
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
}
