using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>The boots of a machine, one after the other: where each begins and how far it gets.</summary>
public abstract class MachineBoots : MachineDiagnoses
{
    /// <summary>
    /// Boots that begin so close to each other and get no further are a loop: a firmware's whole round of attempts takes three minutes.
    /// </summary>
    private const int LoopTime = 600000 / Unit;

    /// <summary>A machine silent for so long began anew: firmware pauses 64 s at most between attempts.</summary>
    private const int SilenceTime = 120000 / Unit;

    /// <summary>A file that took longer came from a slow mirror: 60 MB at 3 MB/s.</summary>
    private const int SlowTime = 20000 / Unit;

    private const int CappedTime = 1 << 28;

    private protected MachineBoots(Log log)
        : base(log)
    {
    }

    // The machine that lets itself be heard, by its Ethernet address (6 bytes) or its IPv4 address; none where it is not known or never
    // began to boot.
    private protected int Speaking(byte[] who, int offset, int length)
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

    private protected int SpeakingOrNew(byte[] mac)
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

    private protected bool BeginsAnew(int machine, ClientKind kind)
    {
        if (_now - _numbers[Heards + machine] > SilenceTime)
        {
            return true;
        }

        int stage = _bytes[Reached + machine];
        bool ipxe = kind == ClientKind.Ipxe || kind == ClientKind.IpxeWithoutHttp;
        return stage >= (int)BootStage.Script || (!ipxe && stage >= (int)BootStage.Loader);
    }

    private protected void Begin(int machine)
    {
        int boot = machine * Boots;
        int[] numbers = _numbers;
        byte[] bytes = _bytes;
        int loop = 0;
        int count = bytes[BootCounts + machine];
        if (count != 0)
        {
            loop = LoopOf(machine);
            int older = count < Boots ? count : Boots - 1;
            int stages = StageTimes + (boot * StageBytes);
            int times = LoaderTimes + (boot * 2);
            Array.Copy(numbers, Begins + boot, numbers, Begins + boot + 1, older);
            Array.Copy(numbers, LoaderSizes + boot, numbers, LoaderSizes + boot + 1, older);
            Array.Copy(bytes, times, bytes, times + 2, older * 2);
            Array.Copy(bytes, stages, bytes, stages + StageBytes, older * StageBytes);
            count = older;
            for (int i = 1; i <= older; i++)
            {
                Cap(Begins + boot + i);
            }
        }

        int now = _now;
        numbers[Begins + boot] = now;
        numbers[Moves + machine] = now;
        numbers[Heards + machine] = now;
        numbers[Changes + machine] = now;
        numbers[LoaderSizes + boot] = 0;
        Array.Clear(bytes, LoaderTimes + (boot * 2), 2);
        Array.Clear(bytes, StageTimes + (boot * StageBytes), StageBytes);
        bytes[BootCounts + machine] = (byte)(count + 1);
        bytes[Flags + machine] &= UuidFlag | OwnersFlags | VainFlag;
        bytes[Reached + machine] = 0;
        bytes[States + machine] = (byte)MachineState.Booting;
        bytes[Whys + machine] = 0;
        bytes[TextLengths + machine] = 0;
        if (loop > 0)
        {
            Explain(machine, WhyCode.Loop, loop, null, 0, 0);
        }
    }

    // A stage after the first; whether it is news.
    private protected bool Reach(int machine, BootStage stage)
    {
        byte[] bytes = _bytes;
        int[] numbers = _numbers;
        int at = StageTimes - 2 + (machine * (Boots * StageBytes)) + ((int)stage * 2);
        if (BitConverter.ToInt16(bytes, at) == 0)
        {
            int time = _now - numbers[Begins + (machine * Boots)] + 1;
            time = time > 0xFFFF ? 0xFFFF : time;
            bytes[at] = (byte)(time >> 8);
            bytes[at + 1] = (byte)time;
        }

        if ((int)stage <= bytes[Reached + machine])
        {
            return false;
        }

        // iPXE asks for an address of its own; what its firmware did before is another matter.
        if (stage == BootStage.Ipxe)
        {
            bytes[Flags + machine] &= unchecked((byte)~AskedFlag);
        }

        bytes[Reached + machine] = (byte)stage;
        numbers[Moves + machine] = _now;
        int why = bytes[Whys + machine];
        if (why == 0)
        {
            bytes[States + machine] = (byte)MachineState.Booting;
        }
        else if (!WhyText.IsWarning((WhyCode)why) && (why != (byte)WhyCode.Loop || (int)stage > numbers[Arguments + machine]))
        {
            Clear(machine);
        }

        if (stage >= BootStage.Start)
        {
            bytes[States + machine] = (byte)(stage == BootStage.Up ? MachineState.Up : MachineState.Started);
        }

        return true;
    }

    private protected void TakeScript(int machine, int address, byte[] profile, ProfileKind kind, bool hasInitrd)
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
        if (!Reach(machine, BootStage.Script))
        {
            // Another one in the same boot: it was chosen from a menu, or asked for again. The time before was a person's.
            _numbers[Moves + machine] = _now;
            _bytes[Flags + machine] &= unchecked((byte)~(ReportsFlag | InitrdFlag));
            if (_bytes[Whys + machine] == 0 || _bytes[Whys + machine] == (byte)WhyCode.ApiFault)
            {
                Clear(machine);
            }
        }

        if (kind == ProfileKind.Linux)
        {
            _bytes[Flags + machine] |= hasInitrd ? (byte)(ReportsFlag | InitrdFlag) : ReportsFlag;
        }
        else if (kind == ProfileKind.Deny)
        {
            Explain(machine, WhyCode.RefusedByRule, 0, profile, 0, profile.Length);
        }
        else if (kind == ProfileKind.Local || kind == ProfileKind.Ignore)
        {
            _bytes[States + machine] = (byte)MachineState.Quiet;
        }
    }

    private protected void TakeReport(int machine, int stage, int error, byte[] text, int length)
    {
        if (stage < 0 && _bytes[Whys + machine] == (byte)WhyCode.ApiFault && Octets.Is(text, 0, length, "api"))
        {
            // What the machine sees of it is an answer without a script; the device knows why.
            return;
        }

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

    private protected void Loaded(int machine, int size, int milliseconds, byte[] text, int offset, int length)
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

    private protected void Cap(int at)
    {
        if (_now - _numbers[at] > CappedTime)
        {
            _numbers[at] = _now - CappedTime;
        }
    }

    // The stage that a boot ended at which did not get past its script, or 0. One that was handed on, to its disk or a menu, is not meant
    // to; one that has another explanation is no riddle.
    private int InVain(int machine)
    {
        byte[] bytes = _bytes;
        int stage = bytes[Reached + machine];
        int why = bytes[Whys + machine];
        bool vain = why == (int)WhyCode.Loop || (why == 0 && bytes[States + machine] == (byte)MachineState.Booting);
        return vain && stage <= (int)BootStage.Script ? stage : 0;
    }

    // The stage that the last two boots got to in vain, or 0: together with the one that begins these are three in a row. Keeps whether the
    // last one was in vain.
    private int LoopOf(int machine)
    {
        int before = (machine * Boots) + 1;
        int stage = InVain(machine);
        int flags = _bytes[Flags + machine];
        _bytes[Flags + machine] = (byte)(stage == 0 ? flags & ~VainFlag : flags | VainFlag);
        return stage != 0 && (flags & VainFlag) != 0 && _now - _numbers[Begins + before] <= LoopTime && Furthest(before) == stage
            ? stage : 0;
    }

    private int Furthest(int boot)
    {
        int stage = StageNames.Count - 1;
        while (stage > 0 && !HasReached(boot, stage))
        {
            stage--;
        }

        return stage;
    }

    private static int TimeOf(int boot, int stage) => StageTimes - 2 + (boot * StageBytes) + (stage * 2);

    private bool HasReached(int boot, int stage) => BitConverter.ToInt16(_bytes, TimeOf(boot, stage)) != 0;
}
