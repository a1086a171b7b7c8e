using System;
using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>The settings in use: how they come into force, how they are stored, and whether there is memory for others.</summary>
public abstract class SettingsInUse : DeviceParts
{
    /// <summary>Wait before what the flash refused is tried again: settings that it did not store, or could not be read from it.</summary>
    private const int AgainMilliseconds = 60000;

    /// <summary>
    /// Free memory that a change needs besides the changed settings: 3 KB for what reads them and, when that is done, stores them (counted
    /// by SettingsHeapTests), and 6 KB that stay free for what machines and pages take meanwhile: with less, the interpreter's collector
    /// may not get through.
    /// </summary>
    private const int ChangeMemory = 9 * 1024;

    /// <summary>Profiles of a few words take more of the heap than of the text: 60 bytes each.</summary>
    private const int MoreThanText = SettingsLimits.Profiles * 60;

    private readonly SettingsStore _store;
    private bool _unsaved;
    private bool _unsettled;
    private long _saveAt;

    private protected SettingsInUse(
        IBoard board, INetwork network, IStorage storage, IFirmwareLoaders loaders, IRandomness randomness, int httpPort)
        : base(board, network, storage, loaders, randomness, httpPort)
    {
        _store = new SettingsStore(storage);
    }

    /// <summary>The rules in force, with their settings.</summary>
    public BootRules Rules { get; private set; }

    /// <summary>A number that changes with the settings, also where those in use are changed in place.</summary>
    public int SettingsNumber { get; private set; }

    /// <summary>Whether something is stored that could not be read: see <see cref="SettingsStore.IsLost"/>.</summary>
    public bool AreSettingsLost => _store.IsLost;

    /// <summary>
    /// The longest text of settings in bytes for which there was memory when the supervisor last looked: for a page, to say so before one
    /// is typed.
    /// </summary>
    public int SettingsRoom
    {
        get
        {
            int free = Supervisor.FreeMemory;
            int room = free - ChangeMemory - MoreThanText;
            return free < 0 || room > SettingsLimits.Text ? SettingsLimits.Text : room < 0 ? 0 : room;
        }
    }

    /// <summary>Serves by these settings from the next packet on. They are not stored: see <see cref="Save"/>.</summary>
    public void Use(DeviceSettings settings) => Serve(new BootRules(settings), null);

    /// <summary>
    /// Stores these settings and serves by them, with the secrets of those in use; gives false, and leaves everything as it was, when they
    /// cannot be stored.
    /// </summary>
    public bool Save(DeviceSettings settings, SettingsError error)
    {
        lock (_store)
        {
            DeviceSettings before = Rules.Settings;
            return Replace(before, before.Machines.CopyOnce(), settings, error);
        }
    }

    /// <summary>
    /// Makes a change to the settings in use, stores the outcome and serves by it: the door for every change but those that are made in
    /// place below. False, and everything is as it was, when it cannot be: the error says why. It may take a board two seconds. What
    /// machines use up meanwhile (see <see cref="OnceUsed"/>) stays used up.
    /// </summary>
    public bool Change(SettingsChange change, SettingsError error)
    {
        lock (_store)
        {
            DeviceSettings before = Rules.Settings;
            if (!HasMemoryFor(change.Size(before), error))
            {
                return false;
            }

            byte[] once = before.Machines.CopyOnce();
            DeviceSettings changed = change.Apply(before, error);
            return changed != null && Replace(before, once, changed, error);
        }
    }

    /// <summary>
    /// Sets the page's password, by its stored form, and ends all sessions; false, and all is as it was, when it cannot be stored. The
    /// settings in use are changed themselves: nothing else hangs on it, and a board that has many machines has no room for another set of
    /// settings.
    /// </summary>
    public bool SetPassword(byte[] form, SettingsError error)
    {
        lock (_store)
        {
            DeviceSettings settings = Rules.Settings;
            settings.MakePlace(SettingsKey.PagePassword);
            if (!Stored(_store.Save(settings, SettingsKey.PagePassword, 0, form, error)))
            {
                return false;
            }

            settings.SetValue(SettingsKey.PagePassword, form);
            SettingsNumber++;
            Sessions.Clear();
            return true;
        }
    }

    /// <summary>
    /// Gives a machine that is listed another profile, for good or (<paramref name="once"/>) for its next boot;
    /// <see cref="MachineTable.None"/>: none of its own. The numbers are those of <paramref name="settings"/>. False, and all is as it was,
    /// when these are not in use any more, or when it cannot be stored. The settings in use are changed themselves: a number in a row,
    /// which is what is done most, and a board with many machines has hardly room for another set of them.
    /// </summary>
    public bool Assign(DeviceSettings settings, int machine, int profile, bool once, SettingsError error)
    {
        lock (_store)
        {
            if (settings != Rules.Settings)
            {
                return error.Fail("the settings were changed elsewhere in the meantime; try again");
            }

            byte[] name = profile == MachineTable.None ? null : settings.Profiles[profile].Name;
            if (!Stored(_store.Save(settings, once ? SettingsKey.MachineOnce : SettingsKey.MachineProfile, machine, name, error)))
            {
                return false;
            }

            settings.Assign(machine, profile, once);
            SettingsNumber++;
            return true;
        }
    }

    /// <summary>
    /// Removes all stored settings, the page's password with them, and serves by the defaults. False: some are still there.
    /// </summary>
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
            return FactoryReset.Run(Storage, Log) == 0 || error.Fail("some files could not be removed; the log names them");
        }
    }

    /// <summary>
    /// A machine fetched the script of its next-boot-only profile: that is used up. Storing it waits for its next tick: flash is slow.
    /// </summary>
    public void OnceUsed(DeviceSettings settings, int machine)
    {
        lock (_lock)
        {
            settings.Machines.SetOnce(machine, MachineTable.None);
            if (settings != Rules.Settings)
            {
                // A change was made since the script's settings were looked up.
                settings.Machines.ForgetOnce(machine, Rules.Settings.Machines);
            }

            _unsaved = true;
        }
    }

    /// <summary>
    /// Whether there is memory for the settings of a text of so many bytes, beside those in use; if not, the error says how much is
    /// missing.
    /// </summary>
    public bool HasMemoryForText(int length, SettingsError error) => HasMemoryFor(length + MoreThanText, error);

    /// <summary>Loads the stored settings and serves by them.</summary>
    public void Load() => Use(_store.Load(Log));

    /// <summary>
    /// The part of its next tick that looks after settings: what hangs on memory, was used up, or the flash did not take or give.
    /// </summary>
    public void TickSettings(long now)
    {
        if (_unsettled)
        {
            _unsettled = !Settle(Rules.Settings);
        }

        if (now < _saveAt)
        {
            return;
        }

        if (_store.IsLocked)
        {
            LoadAgain(now);
        }
        else if (_unsaved || _store.IsDoubtful)
        {
            StoreAgain(now);
        }
    }

    /// <summary>
    /// Whether there is memory for changed settings of so many bytes of heap, beside those in use; if not, the error says how much is
    /// missing.
    /// </summary>
    private bool HasMemoryFor(int size, SettingsError error)
    {
        int need = size + ChangeMemory;
        int free = Board.FreeMemory();
        return free >= need || error.Fail(
            "the board has too little memory to change settings of this size (" + free.ToString() + " bytes are free, about "
            + need.ToString()
            + " are needed). It still boots machines by them and can give listed machines other profiles; for any other change, "
            + "shorten them or use a board with PSRAM");
    }

    // What a flash that failed may hold is put right a while later, not at once.
    private bool Stored(bool stored)
    {
        if (!stored)
        {
            _saveAt = DeviceClock.Now + AgainMilliseconds;
        }

        return stored;
    }

    // Those in use stay in use until the others were read back. What takes memory comes before that: what is stored is not to be told as
    // failed.
    private bool Replace(DeviceSettings before, byte[] once, DeviceSettings settings, SettingsError error)
    {
        settings.TakeSecrets(before);
        var rules = new BootRules(settings);
        if (!Stored(_store.Save(settings, error)))
        {
            return false;
        }

        Serve(rules, once);
        return true;
    }

    // With the profiles for the next boot as they were when the change began: a machine that used one up since then does not get it back.
    private void Serve(BootRules rules, byte[] once)
    {
        _unsettled = !Settle(rules.Settings);
        lock (_lock)
        {
            _unsaved |= once != null && Rules.Settings.Machines.ForgetUsed(once, rules.Settings.Machines);
            Rules = rules;
            SettingsNumber++;
            Policy.Use(rules);
        }
    }

    // What else goes by the settings. False: there is too little memory for it at the moment; Tick tries again.
    private bool Settle(DeviceSettings settings)
    {
        try
        {
            Files.Configure(settings.LoaderNames(), settings.LoadersUrl);
            Served.Use(settings.Value(SettingsKey.DhcpRelays));
            Journal.Use(settings.Machines);
            Syslog.Use(settings.Value(SettingsKey.LogSyslog), settings.Name);
            Mdns.Use(settings.Name);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    private void LoadAgain(long now)
    {
        lock (_store)
        {
            _saveAt = now + AgainMilliseconds;
            DeviceSettings settings = _store.Load(null);
            if (_store.IsLocked)
            {
                return;
            }

            _unsaved = false;
            Use(settings);
            Sessions.Clear();
            Log.Add(Subsystem.Init, LogEvent.Note, 0, "The stored settings are readable again: " + _store.CurrentFile);
        }
    }

    private void StoreAgain(long now)
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
                _saveAt = now + AgainMilliseconds;
                Log.Add(Subsystem.Init, LogEvent.Fault, 0, "settings not stored, retry in a minute: " + error.ToString());
            }
        }
    }
}
