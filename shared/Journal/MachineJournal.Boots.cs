using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;

namespace Netboot.Journal;

/// <content>The boots of a machine, one after the other: where each begins, how far it gets, and what is wrong with it.</content>
public sealed partial class MachineJournal
{
    /// <summary>
    /// Boots that begin so close to each other and get no further are a loop: a firmware's whole round of attempts takes three minutes.
    /// </summary>
    private const int LoopTime = 600000 / Unit;

    /// <summary>A machine silent for so long began anew: firmware pauses 64 s at most between attempts.</summary>
    private const int SilenceTime = 120000 / Unit;

    private bool BeginsAnew(int machine, ClientKind kind)
    {
        if (_now - _numbers[Heards + machine] > SilenceTime)
        {
            return true;
        }

        int stage = _bytes[Reached + machine];
        bool ipxe = kind == ClientKind.Ipxe || kind == ClientKind.IpxeWithoutHttp;
        return stage >= (int)BootStage.Script || (!ipxe && stage >= (int)BootStage.Loader);
    }

    private void Begin(int machine)
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

    // A stage after the first; whether it is news.
    private bool Reach(int machine, BootStage stage)
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
        else if (why != (byte)WhyCode.MirrorSlow && (why != (byte)WhyCode.Loop || (int)stage > numbers[Arguments + machine]))
        {
            Clear(machine);
        }

        if (stage >= BootStage.Start)
        {
            bytes[States + machine] = (byte)(stage == BootStage.Up ? MachineState.Up : MachineState.Started);
        }

        return true;
    }

    private void Clear(int machine)
    {
        _bytes[States + machine] = (byte)MachineState.Booting;
        _bytes[Whys + machine] = 0;
        _bytes[TextLengths + machine] = 0;
    }

    private void Explain(int machine, WhyCode why, int argument, byte[] text, int offset, int length)
    {
        length = length < 0 ? 0 : length;
        bool cut = length > TextSize;
        length = TextCut.CutLength(text, offset, length, TextSize);
        bool news = _bytes[Whys + machine] != (byte)why || _numbers[Arguments + machine] != argument
            || _bytes[TextLengths + machine] != length
            || (length > 0
            && !Octets.Equal(_bytes, Texts + (machine * TextSize), text, offset, cut ? length - TextCut.Mark.Length : length));
        _numbers[Changes + machine] = _now;
        _bytes[States + machine] = (byte)MachineState.Failed;
        _bytes[Whys + machine] = (byte)why;
        _numbers[Arguments + machine] = argument;
        _bytes[TextLengths + machine] = (byte)length;
        if (length > 0)
        {
            Array.Copy(text, offset, _bytes, Texts + (machine * TextSize), length);
            if (cut)
            {
                TextCut.WriteMark(_bytes, Texts + (machine * TextSize) + length);
            }
        }

        int mac = Macs + (machine * MacText.Size);
        if (news && _log.Admits(LogEvent.Diagnosis, _bytes, mac, MacText.Size, length, _bytes[Flags + machine] >= ListedFlag))
        {
            _log.Put(Subsystem.Pxe, LogEvent.Diagnosis, _bytes, mac, MacText.Size, (int)why, argument, _bytes, Texts
                + (machine * TextSize), length);
        }
    }
}
