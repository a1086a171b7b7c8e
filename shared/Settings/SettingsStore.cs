using System;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Settings;

/// <summary>
/// Keeps the settings on the board in two files, so that at every moment one of them is whole: new settings go into the file that is not
/// current, are read back, and only then are current. A file <see cref="ImportFile"/> (put there when flashing) replaces them once. Used by
/// one thread at a time.
/// </summary>
public sealed partial class SettingsStore
{
    /// <summary>The two files.</summary>
    public const string FirstFile = "settings.a";

    /// <summary>The other one.</summary>
    public const string SecondFile = "settings.b";

    /// <summary>A text in the form of the settings that is taken over at the next start, and then removed.</summary>
    public const string ImportFile = "netboot.cfg";

    private readonly IStorage _storage;
    // What is known of what is stored; see IsLost, IsLocked and IsDoubtful.
    private const int Settled = 0;
    private const int Lost = 1;
    private const int Locked = 2;
    private const int Doubtful = 3;

    private int _current = -1;
    private int _sequence;
    private int _state;
    private Log _log;

    /// <summary>A store over the board's files; it reads nothing yet.</summary>
    public SettingsStore(IStorage storage)
    {
        _storage = storage;
    }

    /// <summary>The file that the settings in use are in, or null when there is none yet.</summary>
    public string CurrentFile => _current < 0 ? null : FileOf(_current);

    private const string TooLittleMemory = "not enough memory for so many machines and profiles";

    /// <summary>Why <see cref="ImportFile"/> was not taken, or null: for the page and the console, in full.</summary>
    public string ImportRefusal { get; private set; }

    /// <summary>
    /// Something is stored that could not be read or used, so what is in force may not be what the owner set: nobody may set a first
    /// password then.
    /// </summary>
    public bool IsLost => _state == Lost || _state == Locked;

    /// <summary>
    /// What could not be read may be good: nothing is stored before it was read (<see cref="Load"/> again) or removed
    /// (<see cref="Erase"/>).
    /// </summary>
    public bool IsLocked => _state == Locked;

    /// <summary>Settings that were refused may be in the file that is not current: storing those in force again goes over them.</summary>
    public bool IsDoubtful => _state == Doubtful;

    /// <summary>
    /// The settings to use, never null. The log (null: nobody) gets which file they are from and why another was not taken.
    /// </summary>
    public DeviceSettings Load(Log log)
    {
        _log = log;
        _current = -1;
        _sequence = 0;
        DeviceSettings settings = LoadSlots();
        DeviceSettings given = Import(settings);
        if (given == null)
        {
            Note(settings != null
                ? "Settings from " + CurrentFile : _state == Settled ? "Nothing is set: using defaults"
                : "Cannot use the stored settings: using defaults");
        }

        return given ?? settings ?? new DeviceSettings();
    }

    /// <summary>
    /// Writes settings into the file that is not current. False: they are not stored, the error says why, and the earlier ones are still
    /// whole.
    /// </summary>
    public bool Save(DeviceSettings settings, SettingsError error) => Save(settings, null, error);

    /// <summary>
    /// The same with another value (null takes it out) for one key, of machine <paramref name="index"/> if it is one's: worked in while it
    /// is written, for the settings themselves are in use and change when that is done.
    /// </summary>
    public bool Save(DeviceSettings settings, SettingsKey key, int index, byte[] value, SettingsError error) =>
        Save(settings, new SettingsEdit(key, index, value), error);

    private bool Save(DeviceSettings settings, SettingsEdit edit, SettingsError error)
    {
        error.Clear();
        if (_state == Locked)
        {
            return error.Fail(
                "the stored settings could not be read but may be intact, so they are not overwritten. The device retries every minute; 'factory-reset' erases them");
        }

        int target = _current == 0 ? 1 : 0;
        SettingsSlot slot = Slot(target);
        string failure;
        try
        {
            failure = slot.Write(settings, edit, _sequence + 1);
        }
        catch (OutOfMemoryException)
        {
            // Nothing was made current, so nothing is lost.
            failure = TooLittleMemory;
        }

        if (failure == null)
        {
            _sequence++;
            _current = target;
            _state = Settled;
            return true;
        }

        if (slot.Refusal != null)
        {
            _state = Doubtful;
        }

        return error.Fail(failure);
    }

    /// <summary>
    /// Removes the settings: the older file first, so that a power cut in between leaves the current ones or none, never earlier ones.
    /// False: some are still there, and the error says why.
    /// </summary>
    public bool Erase(SettingsError error)
    {
        error.Clear();
        int older = _current == 0 ? 1 : 0;
        try
        {
            _storage.Delete(ImportFile);
            _storage.Delete(FileOf(older));
            _storage.Delete(FileOf(1 - older));
        }
        catch (Exception exception)
        {
            return error.Fail("cannot remove a file: " + exception.Message);
        }

        _current = -1;
        _sequence = 0;
        _state = Settled;
        return true;
    }

    // The newer file that can be used. Each is read through to see whether it is whole, and then once more for its text, in pieces: no
    // content is on the heap.
    private DeviceSettings LoadSlots()
    {
        SettingsSlot[] slots = { Slot(0), Slot(1) };
        int first = Look(slots[0]);
        int second = Look(slots[1]);

        // The difference and not the numbers: they may wrap.
        int newer = second == SettingsSlot.Whole && (first != SettingsSlot.Whole || slots[1].Sequence - slots[0].Sequence > 0) ? 1 : 0;
        bool any = first == SettingsSlot.Whole || second == SettingsSlot.Whole;
        if (any)
        {
            _sequence = slots[newer].Sequence;
        }

        DeviceSettings settings = Parse(slots, newer, newer == 0 ? first : second) ?? Parse(slots, 1 - newer, newer == 0 ? second : first);
        bool unread = first == SettingsSlot.Unread || second == SettingsSlot.Unread || (any && _current != newer);

        // A power cut while the very first settings are written leaves one file that ends early, and no password.
        bool fresh = first + second <= SettingsSlot.Cut;
        _state = unread ? Locked : settings == null && !fresh ? Lost : Settled;
        return settings;
    }

    private int Look(SettingsSlot slot)
    {
        int state = slot.Read(null);
        if (slot.Refusal != null)
        {
            // A flash may read wrong once.
            state = slot.Read(null);
        }

        if (slot.Refusal != null)
        {
            Note(slot.File + " is not used: " + slot.Refusal);
        }

        return state;
    }

    // Made when they are needed: the board has no room for what is used once in a while.
    private SettingsSlot Slot(int index) => new SettingsSlot(_storage, FileOf(index));

    private static string FileOf(int index) => index == 0 ? FirstFile : SecondFile;

    private DeviceSettings Parse(SettingsSlot[] slots, int slot, int state)
    {
        if (state != SettingsSlot.Whole)
        {
            return null;
        }

        var error = new SettingsError();
        DeviceSettings settings = null;
        try
        {
            var parser = new SettingsParser(error) { IsStored = true };
            settings = slots[slot].Read(parser) == SettingsSlot.Whole ? parser.Finish() : null;
            if (settings != null && parser.PassedOver > 0)
            {
                Note("Ignoring UUIDs that many boards share: " + parser.PassedOver.ToString()
                    + "; these machines go by their Ethernet address");
            }
        }
        catch (OutOfMemoryException)
        {
            // The device must start all the same: it serves by its defaults, and the log says why.
            error.Fail(TooLittleMemory);
        }

        if (settings == null)
        {
            Note(FileOf(slot) + " is not used: " + (slots[slot].Refusal ?? error.ToString()));
        }
        else
        {
            _current = slot;
        }

        return settings;
    }

    // A log entry keeps a limited text; a reason with its list of what is allowed takes several.
    private void Note(string text)
    {
        if (_log == null)
        {
            return;
        }

        byte[] bytes = Octets.Of(text);
        int count;
        for (int i = 0; i < bytes.Length; i += count)
        {
            count = TextCut.PartLength(bytes, i, bytes.Length - i, Log.TextCapacity);
            _log.Add(Subsystem.Init, LogEvent.Note, null, 0, 0, 0, 0, bytes, i, count);
        }
    }
}
