using System;
using Netboot.Bytes;

namespace Netboot.Journal;

/// <content>
/// A machine that takes long to fetch its files. Only the device can tell whether the mirror is the reason, by fetching itself; that is not
/// for the packets' thread, so whoever can do it asks here for whom.
/// </content>
public sealed partial class MachineJournal
{
    private int _toMeasure = Nobody;
    private BootStage _stageToMeasure;

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
                ExplainSlow(machine, bytesPerSecond, _bytes, Texts + (machine * TextSize), _bytes[TextLengths + machine]);
            }
        }
    }

    private void Slow(int machine, BootStage stage, string what, int took)
    {
        int rate = _bytes[Whys + machine] == (byte)WhyCode.MirrorSlow ? _numbers[Arguments + machine] : 0;
        byte[] text = Octets.Of(what + (took * Unit / 1000).ToString() + " s");
        ExplainSlow(machine, rate, text, 0, text.Length);
        if (rate == 0)
        {
            _toMeasure = machine;
            _stageToMeasure = stage;
        }
    }

    // It takes long, but it has not failed.
    private void ExplainSlow(int machine, int rate, byte[] text, int offset, int length)
    {
        byte state = _bytes[States + machine];
        Explain(machine, WhyCode.MirrorSlow, rate, text, offset, length);
        _bytes[States + machine] = state;
    }
}
