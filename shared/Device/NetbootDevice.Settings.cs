using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Device;

/// <content>The settings in use: how they come into force, and how they are stored.</content>
public sealed partial class NetbootDevice
{
    /// <summary>Wait before settings that the flash refused are stored again.</summary>
    private const int SaveAgainMilliseconds = 60000;

    /// <summary>Machines that can use up their next-boot-only profile while one change is made: as many as load at once.</summary>
    private const int MostUsed = 8;

    private readonly IStorage _storage;
    private readonly SettingsStore _store;
    private byte[] _used;
    private int _usedCount;
    private bool _unsaved;
    private long _saveAt;

    /// <summary>The rules in force, with their settings.</summary>
    public BootRules Rules { get; private set; }

    /// <summary>A number that changes with the settings, also where those in use are changed in place.</summary>
    public int SettingsNumber { get; private set; }

    /// <summary>Serves by these settings from the next packet on. They are not stored: see <see cref="Save"/>.</summary>
    public void Use(DeviceSettings settings)
    {
        var rules = new BootRules(settings);
        Files.Configure(settings.LoaderNames(), settings.LoadersUrl);
        Rules = rules;
        SettingsNumber++;
        _policy.Use(rules);
        Journal.Use(settings.Machines);
        Syslog.Use(settings);
        Mdns.Use(settings);
    }

    /// <summary>Stores these settings and serves by them; gives false, and leaves everything as it was, when they cannot be stored.</summary>
    public bool Save(DeviceSettings settings, SettingsError error)
    {
        lock (_store)
        {
            if (!_store.Save(settings, error))
            {
                return false;
            }

            byte[] before = Rules.Settings.Value(SettingsKey.PagePassword);
            Use(settings);
            if (!IsSamePassword(before))
            {
                Sessions.Clear();
            }

            return true;
        }
    }

    /// <summary>
    /// Sets the page's password, by its stored form, and ends all sessions; false, and all is as it was, when it cannot be stored. The settings in use are
    /// changed themselves: nothing else hangs on it, and a board that has many machines has no room for another set of settings.
    /// </summary>
    public bool SetPassword(byte[] form, SettingsError error)
    {
        lock (_store)
        {
            DeviceSettings settings = Rules.Settings;
            byte[] before = settings.Value(SettingsKey.PagePassword);
            bool stored = false;
            settings.SetValue(SettingsKey.PagePassword, form);
            try
            {
                stored = _store.Save(settings, error);
            }
            finally
            {
                if (!stored)
                {
                    settings.SetValue(SettingsKey.PagePassword, before);
                }
            }

            if (stored)
            {
                SettingsNumber++;
                Sessions.Clear();
            }

            return stored;
        }
    }

    /// <summary>Removes all stored settings, the page's password with them, and serves by the defaults. False: some are still there.</summary>
    public bool Erase(SettingsError error)
    {
        lock (_store)
        {
            if (!_store.Erase(error))
            {
                return false;
            }

            _unsaved = false;
            Use(new DeviceSettings());
            Sessions.Clear();

            // What is not settings but was set up all the same, such as the key of the access point.
            return FactoryReset.Run(_storage, Log) == 0 || error.Fail("some files could not be removed; the log names them");
        }
    }

    /// <summary>
    /// Makes a change to the settings in use, stores the outcome and serves by it. False, and everything is as it was, when it cannot be: the error
    /// says why. It may take a board two seconds. What machines use up meanwhile (see <see cref="OnceUsed"/>) stays used up.
    /// </summary>
    public bool Change(SettingsChange change, SettingsError error)
    {
        lock (_store)
        {
            if (!HasMemoryFor(change.Size(Rules.Settings), error))
            {
                return false;
            }

            _used = new byte[MostUsed * MacText.Size];
            _usedCount = 0;
            try
            {
                DeviceSettings changed = change.Apply(Rules.Settings, error);
                return changed != null && UseAndStore(changed, error);
            }
            finally
            {
                _used = null;
            }
        }
    }

    /// <summary>
    /// Gives a machine that is listed another profile, for good or (<paramref name="once"/>) for its next boot; <see cref="MachineTable.None"/>: none of its
    /// own. The numbers are those of <paramref name="settings"/>. False, and all is as it was, when these are not in use any more, or when it cannot be stored.
    /// The settings in use are changed themselves: a number in a row, which is what is done most,
    /// and a board with many machines has hardly room for another set of them.
    /// </summary>
    public bool Assign(DeviceSettings settings, int machine, int profile, bool once, SettingsError error)
    {
        lock (_store)
        {
            if (settings != Rules.Settings)
            {
                return error.Fail("the settings were changed elsewhere meanwhile; try again");
            }

            int before = once ? settings.Machines.Once(machine) : settings.Machines.Profile(machine);
            settings.Assign(machine, profile, once);
            bool stored = false;
            try
            {
                stored = _store.Save(settings, error);
            }
            finally
            {
                if (!stored)
                {
                    settings.Assign(machine, before, once);
                }
            }

            SettingsNumber++;
            return stored;
        }
    }

    // The old settings go before the new ones are stored, for which there would be no room else: if that fails they come back from the flash.
    private bool UseAndStore(DeviceSettings changed, SettingsError error)
    {
        byte[] password = Rules.Settings.Value(SettingsKey.PagePassword);
        Use(changed);
        bool stored = false;
        try
        {
            stored = _store.Save(changed, error);
        }
        finally
        {
            if (!stored)
            {
                Use(_store.Load(Log));
            }

            ForgetUsed(Rules.Settings.Machines);
        }

        if (stored && !IsSamePassword(password))
        {
            Sessions.Clear();
        }

        return stored;
    }

    private void ForgetUsed(MachineTable machines)
    {
        for (int i = 0; i < _usedCount; i++)
        {
            int machine = machines.FindMac(_used, i * MacText.Size);
            if (machine >= 0)
            {
                machines.SetOnce(machine, MachineTable.None);
                _unsaved = true;
            }
        }
    }

    private bool IsSamePassword(byte[] before)
    {
        byte[] password = Rules.Settings.Value(SettingsKey.PagePassword);
        return before == null || (password != null && Octets.Is(before, 0, before.Length, password));
    }

    /// <summary>A machine fetched the script of its next-boot-only profile: that is used up. Storing it waits for <see cref="Tick"/>: flash is slow.</summary>
    public void OnceUsed(DeviceSettings settings, int machine)
    {
        settings.Machines.SetOnce(machine, MachineTable.None);
        _unsaved = true;

        // A change that is being made began before this, and would bring it back.
        byte[] used = _used;
        if (used != null && _usedCount < MostUsed)
        {
            settings.Machines.CopyMac(machine, used, _usedCount * MacText.Size);
            _usedCount++;
        }
    }

    private void StoreOnce()
    {
        lock (_store)
        {
            // Taken back first: another machine may use its own up while this is stored.
            _unsaved = false;
            bool stored = false;
            var error = new SettingsError();
            try
            {
                stored = _store.Save(Rules.Settings, error);
            }
            finally
            {
                _unsaved |= !stored;
            }

            if (!stored)
            {
                _saveAt = Environment.TickCount64 + SaveAgainMilliseconds;
                Log.Add(Subsystem.Init, LogEvent.Fault, 0, "settings not stored, again in a minute: " + error.ToString());
            }
        }
    }
}
