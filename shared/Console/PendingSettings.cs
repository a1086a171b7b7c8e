using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Changes that were made at the console and are not stored yet. They are checked when they are made.</summary>
public sealed class PendingSettings
{
    private readonly NetbootDevice _device;
    private readonly byte[] _mac = new byte[MacText.Size];
    private DeviceSettings _changed;

    // What was in use when the first change was made, and its next-boot-only profiles then: machines use them up at any time.
    private DeviceSettings _base;
    private byte[] _onceBefore;

    // The page also changes the settings in use in place, so the object alone does not tell.
    private int _number;

    /// <summary>No changes to the settings of <paramref name="device"/> yet.</summary>
    public PendingSettings(NetbootDevice device)
    {
        _device = device;
    }

    /// <summary>Whether something is not stored.</summary>
    public bool Any
    {
        get { return _changed != null; }
    }

    /// <summary>The settings with the changes, or those in use when there is none.</summary>
    public DeviceSettings Current
    {
        get { return _changed ?? _device.Rules.Settings; }
    }

    /// <summary>Takes changed settings.</summary>
    public void Change(DeviceSettings changed)
    {
        if (_changed == null)
        {
            _number = _device.SettingsNumber;
            _base = _device.Rules.Settings;
            MachineTable machines = _base.Machines;
            _onceBefore = new byte[machines.Count];
            for (int i = 0; i < _onceBefore.Length; i++)
            {
                _onceBefore[i] = (byte)machines.Once(i);
            }
        }

        _changed = changed;
    }

    /// <summary>A machine's next-boot-only profile was set here: it counts even if the earlier one was used up meanwhile.</summary>
    public void OnceWasSet(byte[] mac)
    {
        int machine = _base == null ? -1 : _base.Machines.FindMac(mac, 0);
        if (machine >= 0)
        {
            _onceBefore[machine] = MachineTable.None;
        }
    }

    /// <summary>
    /// Stores the changes, and the device serves by them. False: nothing changed, and the error says why. Settings that were changed elsewhere
    /// meanwhile are not written over unless <paramref name="force"/> says so.
    /// </summary>
    public bool Save(bool force, SettingsError error)
    {
        if (_device.SettingsNumber != _number && !force)
        {
            error.Clear();
            return error.Fail(
                "the settings were changed elsewhere meanwhile, on the page perhaps; 'show changes' compares with them, 'save force' writes over them, 'discard' drops yours");
        }

        FollowOnce();
        if (!_device.Save(_changed, error))
        {
            return false;
        }

        Discard();
        return true;
    }

    /// <summary>Drops the changes.</summary>
    public void Discard()
    {
        _changed = null;
        _base = null;
        _onceBefore = null;
    }

    // What machines used up since the first change must not come back with the other changes.
    private void FollowOnce()
    {
        for (int i = 0; i < _onceBefore.Length; i++)
        {
            int before = _onceBefore[i];
            if (before == MachineTable.None || _base.Machines.Once(i) != MachineTable.None)
            {
                continue;
            }

            _base.Machines.CopyMac(i, _mac, 0);
            int machine = _changed.Machines.FindMac(_mac, 0);
            int once = machine < 0 ? MachineTable.None : _changed.Machines.Once(machine);
            byte[] name = _base.Profiles[before].Name;
            if (once != MachineTable.None && _changed.Profiles[once].IsNamed(name, 0, name.Length))
            {
                _changed.Machines.SetOnce(machine, MachineTable.None);
            }
        }
    }
}
