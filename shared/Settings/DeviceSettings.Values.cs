using System;

namespace Netboot.Settings;

/// <content>Values that are set one by one, and the secrets among them.</content>
public sealed partial class DeviceSettings
{
    /// <summary>Takes over the secrets of others, and no others: a change to settings never changes a secret.</summary>
    public void TakeSecrets(DeviceSettings others)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            if (SettingsTable.IsSecret((SettingsKey)_keys[i]))
            {
                _values[i] = null;
            }
        }

        for (int i = 0; i < others._keys.Length; i++)
        {
            if (SettingsTable.IsSecret((SettingsKey)others._keys[i]))
            {
                SetValue((SettingsKey)others._keys[i], others._values[i]);
            }
        }
    }

    /// <summary>Sets a value: for who makes settings, and for the password, which nothing else hangs on.</summary>
    public void SetValue(SettingsKey key, byte[] value)
    {
        int place = Place(key);
        if (place >= 0)
        {
            _values[place] = value;
        }
        else if (value != null)
        {
            MakePlace(key);
            _values[_keys.Length - 1] = value;
        }
    }

    /// <summary>Makes room for a value, so that setting it takes no more memory.</summary>
    public void MakePlace(SettingsKey key)
    {
        if (Place(key) >= 0)
        {
            return;
        }

        int count = _keys.Length;
        var values = new byte[count + 1][];
        Array.Copy(_values, 0, values, 0, count);
        var keys = new byte[count + 1];
        Array.Copy(_keys, 0, keys, 0, count);
        keys[count] = (byte)key;
        _values = values;
        _keys = keys;
    }

    private int Place(SettingsKey key)
    {
        int place = _keys.Length - 1;
        while (place >= 0 && _keys[place] != (byte)key)
        {
            place--;
        }

        return place;
    }
}
