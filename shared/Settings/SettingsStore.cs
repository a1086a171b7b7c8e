using System;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;

namespace Netboot.Settings;

/// <summary>
/// Keeps the settings on the board in two files, so that at every moment one of them is whole: new settings go into the file that is not current,
/// are read back, and only then are current. A file <see cref="ImportFile"/> (put there when flashing) replaces them once.
/// Used by one thread at a time.
/// </summary>
public sealed class SettingsStore
{
    /// <summary>The two files.</summary>
    public const string FirstFile = "settings.a";

    /// <summary>The other one.</summary>
    public const string SecondFile = "settings.b";

    /// <summary>A text in the form of the settings that is taken over at the next start, and then removed.</summary>
    public const string ImportFile = "netboot.cfg";

    private readonly IStorage _storage;
    private readonly SettingsSlot[] _slots;
    private int _current = -1;
    private int _sequence;
    private Log _log;

    /// <summary>A store over the board's files; it reads nothing yet.</summary>
    public SettingsStore(IStorage storage)
    {
        _storage = storage;
        _slots = new[] { new SettingsSlot(storage, FirstFile), new SettingsSlot(storage, SecondFile) };
    }

    /// <summary>The file that the settings in use are in, or null when there is none yet.</summary>
    public string CurrentFile
    {
        get { return _current < 0 ? null : _slots[_current].File; }
    }

    private const string TooLittleMemory = "too little memory for so many machines and profiles";

    /// <summary>Why <see cref="ImportFile"/> was not taken, or null: for the page and the console, in full.</summary>
    public string ImportRefusal { get; private set; }

    /// <summary>The settings to use, never null. The log gets which file they are from and why another was not taken.</summary>
    public DeviceSettings Load(Log log)
    {
        _log = log;
        _current = -1;
        _sequence = 0;
        DeviceSettings settings = LoadSlots();
        if (settings == null)
        {
            settings = new DeviceSettings();
            Note("Nothing is set: defaults");
        }
        else
        {
            Note("Settings from " + CurrentFile);
        }

        return Import() ?? settings;
    }

    /// <summary>
    /// Writes settings into the file that is not current. False: they are not stored, the error says why, and the earlier ones are still whole.
    /// </summary>
    public bool Save(DeviceSettings settings, SettingsError error)
    {
        error.Clear();
        try
        {
            return SaveIntoOther(settings, error);
        }
        catch (OutOfMemoryException)
        {
            // Nothing was made current, so nothing is lost.
            return error.Fail(TooLittleMemory);
        }
    }

    private bool SaveIntoOther(DeviceSettings settings, SettingsError error)
    {
        int target = _current == 0 ? 1 : 0;
        string failure = _slots[target].Write(settings, _sequence + 1);
        if (failure != null)
        {
            return error.Fail(failure);
        }

        _sequence++;
        _current = target;
        return true;
    }

    /// <summary>
    /// Removes the settings: the older file first, so that a power cut in between leaves the current ones or none, never earlier ones. False: some are
    /// still there, and the error says why.
    /// </summary>
    public bool Erase(SettingsError error)
    {
        error.Clear();
        int older = _current == 0 ? 1 : 0;
        try
        {
            _storage.Delete(ImportFile);
            _storage.Delete(_slots[older].File);
            _storage.Delete(_slots[1 - older].File);
        }
        catch (Exception exception)
        {
            return error.Fail("cannot remove a file: " + exception.Message);
        }

        _current = -1;
        _sequence = 0;
        return true;
    }

    // The newer file that can be used. Each is read through to see whether it is whole, and then once more for its text, in pieces: no content is on the heap.
    private DeviceSettings LoadSlots()
    {
        bool first = IsWhole(_slots[0]);
        bool second = IsWhole(_slots[1]);

        // The difference and not the numbers: they may wrap.
        int newer = second && (!first || _slots[1].Sequence - _slots[0].Sequence > 0) ? 1 : 0;
        if (first || second)
        {
            _sequence = _slots[newer].Sequence;
        }

        DeviceSettings settings = Parse(newer, newer == 0 ? first : second) ?? Parse(1 - newer, newer == 0 ? second : first);
        if (settings == null && (first || second))
        {
            // Whole, but not to be used here and now, for want of memory perhaps: what is stored next does not go over it.
            _current = newer;
        }

        return settings;
    }

    private bool IsWhole(SettingsSlot slot)
    {
        bool whole = slot.Read(null);
        if (slot.Refusal != null)
        {
            Note(slot.File + " is not used: " + slot.Refusal);
        }

        return whole;
    }

    private DeviceSettings Parse(int slot, bool whole)
    {
        if (!whole)
        {
            return null;
        }

        var error = new SettingsError();
        DeviceSettings settings = null;
        try
        {
            var parser = new SettingsParser(error);
            settings = _slots[slot].Read(parser) ? parser.Finish() : null;
        }
        catch (OutOfMemoryException)
        {
            // The device must start all the same: it serves by its defaults, and the log says why.
            error.Fail(TooLittleMemory);
        }

        if (settings == null)
        {
            Note(_slots[slot].File + " is not used: " + (_slots[slot].Refusal ?? error.ToString()));
        }
        else
        {
            _current = slot;
        }

        return settings;
    }

    // The settings of the import file, or null when there is none that can be used.
    private DeviceSettings Import()
    {
        ImportRefusal = null;
        try
        {
            var error = new SettingsError();
            if (!ParseImport(error, out DeviceSettings settings))
            {
                return null;
            }

            if (settings == null)
            {
                ImportRefusal = error.ToString();
                Note(ImportFile + " is not used: " + ImportRefusal);
                return null;
            }

            if (!Save(settings, error))
            {
                // It stays, and is tried again at the next start.
                ImportRefusal = "used, but not stored: " + error.ToString();
                Note(ImportFile + " is " + ImportRefusal);
                return settings;
            }

            Note("Settings from " + ImportFile + ", now in " + CurrentFile);
            Remove();
            return settings;
        }
        catch (Exception exception)
        {
            ImportRefusal = exception is OutOfMemoryException ? TooLittleMemory : "cannot be read: " + exception.Message;
            Note(ImportFile + " " + ImportRefusal);
            return null;
        }
    }

    // False: there is no such file. Null: it is wrong.
    private bool ParseImport(SettingsError error, out DeviceSettings settings)
    {
        settings = null;
        StoredText file = new StoredText(_storage, ImportFile, SettingsLimits.Text);
        if (file.Length < 0)
        {
            return false;
        }

        try
        {
            var parser = new SettingsParser(error);
            var piece = new byte[StoredText.PieceSize];
            bool good = true;
            for (int count = file.Next(piece); count > 0 && good; count = file.Next(piece))
            {
                good = parser.Feed(piece, 0, count);
            }

            settings = good ? parser.Finish() : null;
            return true;
        }
        finally
        {
            file.Close();
        }
    }

    private void Remove()
    {
        try
        {
            _storage.Delete(ImportFile);
        }
        catch (Exception exception)
        {
            ImportRefusal = "cannot be removed and will replace the settings at the next start again: " + exception.Message;
            Note(ImportFile + " " + ImportRefusal);
        }
    }

    // A log entry keeps a limited text; a reason with its list of what is allowed takes several.
    private void Note(string text)
    {
        byte[] bytes = Octets.Of(text);
        int count;
        for (int i = 0; i < bytes.Length; i += count)
        {
            count = LogText.PartLength(bytes, i, bytes.Length - i, Log.TextCapacity);
            _log.Add(Subsystem.Init, LogEvent.Note, null, 0, 0, 0, 0, bytes, i, count);
        }
    }
}
