using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>
/// Finds out whether the mirror is the reason when a machine takes long: fetches what the machine fetches, and hands the rate to the
/// journal. A file that a machine got by a next-boot-only profile is not known any more; then the file of its profile is taken, of the same
/// mirror as a rule.
/// </summary>
public sealed class SlowMirror
{
    /// <summary>Less than that comes before the network is at its speed.</summary>
    private const int FewestBytes = 65536;

    private readonly DeviceApi _device;
    private readonly byte[] _mac = new byte[MacText.Size];
    private int _run;

    /// <summary>One that measures with the device's own check of the mirror.</summary>
    public SlowMirror(DeviceApi device)
    {
        _device = device;
    }

    /// <summary>Starts what the journal asks for, and gives it the result. It never waits. False when nothing is left to do.</summary>
    public bool Step(long now)
    {
        MirrorCheck check = _device.MirrorCheck;
        if (check.State == MirrorCheckState.Running)
        {
            return true;
        }

        if (_run != 0)
        {
            if (_run == check.Runs && check.Ok && check.Bytes >= FewestBytes)
            {
                _device.Journal.Measured(_mac, check.BytesPerSecond);
            }

            _run = 0;
        }

        if (_device.Journal.TakeSlow(_mac, out BootStage stage))
        {
            string url = UrlOf(stage, now);
            if (url != null && check.Start(url, now))
            {
                _run = check.Runs;
            }
        }

        return _run != 0;
    }

    private string UrlOf(BootStage stage, long now)
    {
        var record = new MachineRecord();
        if (!_device.Journal.Find(_mac, 0, record, now))
        {
            return null;
        }

        DeviceSettings settings = _device.Rules.Settings;
        BootChoice choice = _device.Rules.Choose(_mac, 0, record.HasUuid ? record.Uuid : null, 0, record.Platform, new BootChoice());
        return MirrorTarget.Of(choice.Profile, stage, settings);
    }
}
