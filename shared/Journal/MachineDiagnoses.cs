using System;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Journal;

/// <summary>
/// What is wrong with each machine. Of one that takes long to fetch its files only the device can tell whether the mirror is the reason, by
/// fetching itself; that is not for the packets' thread, so whoever can do it asks here for whom.
/// </summary>
public abstract class MachineDiagnoses : MachinePlaces
{
    private protected readonly Log _log;

    private int _toMeasure = Nobody;
    private BootStage _stageToMeasure;

    private protected MachineDiagnoses(Log log)
        : base(log.Counts)
    {
        _log = log;
    }

    /// <summary>Whether <see cref="TakeSlow"/> may have something.</summary>
    public bool HasSlow => _toMeasure != Nobody;

    /// <summary>
    /// Whether a mirror is to be measured because a machine takes long: copies its Ethernet address to <paramref name="mac"/> (6 bytes);
    /// <paramref name="stage"/> is <see cref="BootStage.Kernel"/> or <see cref="BootStage.Initrd"/>, the file that takes long. Each is told
    /// once.
    /// </summary>
    public bool TakeSlow(byte[] mac, out BootStage stage)
    {
        lock (_bytes)
        {
            int machine = _toMeasure;
            _toMeasure = Nobody;
            stage = _stageToMeasure;
            if (machine == Nobody || _bytes[Whys + machine] != (byte)WhyCode.MirrorSlow)
            {
                return false;
            }

            Array.Copy(_bytes, Macs + (machine * MacText.Size), mac, 0, MacText.Size);
            return true;
        }
    }

    /// <summary>
    /// What the mirror gives this device, in bytes per second: for the diagnosis of that machine, if it still is that the mirror is slow.
    /// </summary>
    public void Measured(byte[] mac, int bytesPerSecond)
    {
        lock (_bytes)
        {
            int machine = Find(mac, 0);
            if (machine != Nobody && _bytes[Whys + machine] == (byte)WhyCode.MirrorSlow)
            {
                Explain(machine, WhyCode.MirrorSlow, bytesPerSecond, _bytes, Texts + (machine * TextSize), _bytes[TextLengths + machine]);
            }
        }
    }

    private protected void Slow(int machine, BootStage stage, string what, int took)
    {
        int rate = _bytes[Whys + machine] == (byte)WhyCode.MirrorSlow ? _numbers[Arguments + machine] : 0;
        byte[] text = Octets.Of(what + (took * Unit / 1000).ToString() + " s");
        Explain(machine, WhyCode.MirrorSlow, rate, text, 0, text.Length);
        if (rate == 0)
        {
            _toMeasure = machine;
            _stageToMeasure = stage;
        }
    }

    private protected void Explain(int machine, WhyCode why, int argument, byte[] text, int offset, int length)
    {
        length = length < 0 ? 0 : length;
        bool cut = length > TextSize;
        length = TextCut.CutLength(text, offset, length, TextSize);
        bool news = _bytes[Whys + machine] != (byte)why || _numbers[Arguments + machine] != argument
            || _bytes[TextLengths + machine] != length
            || (length > 0
            && !Octets.Equal(_bytes, Texts + (machine * TextSize), text, offset, cut ? length - TextCut.Mark.Length : length));
        _numbers[Changes + machine] = _now;
        _bytes[States + machine] = (byte)WhyText.StateOf(why, (MachineState)_bytes[States + machine]);
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

    private protected void Clear(int machine)
    {
        _bytes[States + machine] = (byte)MachineState.Booting;
        _bytes[Whys + machine] = 0;
        _bytes[TextLengths + machine] = 0;
    }
}
