namespace Netboot.Settings;

/// <content>Where a value goes that was accepted.</content>
internal sealed partial class SettingsParser
{
    private bool Keep(SettingsKey key, int index)
    {
        byte[] value = _value.Buffer;
        int length = _value.Length;
        int number = 0;
        if (SettingsTable.Kind(key) == ValueKind.ProfileName)
        {
            number = Number(value, 0, length, (int)key);
            if (number < 0)
            {
                return false;
            }
        }

        if (_section == SettingsSection.Profile)
        {
            _profile.Add(key, index, value, length);
        }
        else if (_section == SettingsSection.Boot)
        {
            _settings.SetRule(key - SettingsKey.BootDefault, number);
        }
        else if (_section == SettingsSection.Machine)
        {
            return KeepMachine(key, number, value, length);
        }
        else
        {
            var own = new byte[length];
            System.Array.Copy(value, 0, own, 0, length);
            _settings.SetValue(key, own);
        }

        return true;
    }

    private bool KeepMachine(SettingsKey key, int number, byte[] value, int length)
    {
        MachineTable machines = _settings.Machines;
        int machine = machines.Count - 1;
        switch (key)
        {
            case SettingsKey.MachineName:
                machines.SetName(machine, value, length);
                break;
            case SettingsKey.MachineProfile:
                machines.SetProfile(machine, number);
                break;
            case SettingsKey.MachineOnce:
                machines.SetOnce(machine, number);
                break;
            case SettingsKey.MachineLoader:
                machines.SetLoader(machine, value, length);
                break;
            case SettingsKey.MachineUuid:
                if (machines.FindUuid(value, 0) >= 0)
                {
                    return _error.Fail("another machine has the same one (in either byte order)");
                }

                machines.SetUuid(machine, value);
                break;
            default:
                machines.SetChoice(machine, key, SettingsValue.ChoiceIndex(key, value, 0, length));
                break;
        }

        return true;
    }
}
