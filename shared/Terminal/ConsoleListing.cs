using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>What a listing lists.</summary>
internal enum Listing : byte
{
    /// <summary>The commands, with what they do.</summary>
    Commands = 0,

    /// <summary>The machines of the settings, then those that were heard.</summary>
    Machines,

    /// <summary>The profiles.</summary>
    Profiles,

    /// <summary>The last lines of the log.</summary>
    Log,
}

/// <summary>The long answers of the console, a line at a time: the board has no room for all of one.</summary>
internal sealed class ConsoleListing : HttpPieces
{
    // Columns.
    private const int KeyColumn = 19;
    private const int NameColumn = SettingsLimits.Name + 1;
    private const int KindColumn = 8;
    private const int TimeColumn = 14;

    private readonly ConsoleSession _session;
    private readonly DeviceSettings _settings;
    private readonly Listing _what;
    private readonly ConsoleCommands _commands;
    private readonly MachineRecord _record;
    private readonly int _first;
    private readonly int _end;

    /// <summary>A listing of <paramref name="what"/>.</summary>
    internal ConsoleListing(ConsoleSession session, Listing what)
    {
        _session = session;
        _settings = session.Device.Rules.Settings;
        _what = what;
        _commands = what == Listing.Commands ? new ConsoleCommands() : null;
        _record = what == Listing.Machines ? new MachineRecord() : null;
    }

    /// <summary>The last <paramref name="lines"/> lines of the log, as many as there are.</summary>
    internal ConsoleListing(ConsoleSession session, int lines)
        : this(session, Listing.Log)
    {
        Log log = session.Device.Log;
        _end = log.Added;
        _first = _end - log.Oldest > lines ? _end - lines : log.Oldest;
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        switch (_what)
        {
            case Listing.Commands:
                return WriteCommand(index, writer);
            case Listing.Machines:
                int listed = _settings.Machines.Count > 0 ? _settings.Machines.Count : 1;
                return index < listed ? WriteListed(index, writer) : WriteHeard(index - listed, writer);
            case Listing.Profiles:
                return WriteProfile(index, writer);
            default:
                return WriteEntry(_first + index, writer);
        }
    }

    private bool WriteCommand(int index, ByteWriter writer)
    {
        if (index == ConsoleCommands.Count)
        {
            return false;
        }

        _commands.WriteHelp(index, writer);
        return true;
    }

    private bool WriteListed(int machine, ByteWriter writer)
    {
        MachineTable machines = _settings.Machines;
        if (machines.Count == 0)
        {
            writer.Text("No machine is listed: all of them follow the rules in [boot].\n");
            return true;
        }

        int start = writer.Length;
        machines.WriteKey(machine, writer);
        Pad(writer, start, KeyColumn);
        start = writer.Length;
        machines.WriteName(machine, writer);
        Pad(writer, start, NameColumn);
        int profile = machines.Profile(machine);
        if (profile == MachineTable.None)
        {
            writer.Text("(follows the rules in [boot])");
        }
        else
        {
            _settings.Profiles[profile].WriteName(writer);
        }

        int once = machines.Once(machine);
        if (once != MachineTable.None)
        {
            _settings.Profiles[once].WriteName(writer.Text(", next time "));
        }

        writer.Byte('\n');
        return true;
    }

    private bool WriteHeard(int index, ByteWriter writer)
    {
        int count = _session.Device.Journal.Count;
        if (index == 0)
        {
            writer.Text(count == 0 ? "No machine has been heard since the device started.\n" : "Heard since the device started:\n");
            return true;
        }

        if (!_session.Device.Journal.Read(index - 1, _record, _session.Now))
        {
            return false;
        }

        JournalView.WriteLine(writer, _record, _session.Device.Rules);
        return true;
    }

    private bool WriteProfile(int index, ByteWriter writer)
    {
        int count = _settings.Profiles.Length;
        bool builtIn = index == count && _settings.DefaultProfile == MachineTable.None;
        if (index >= count && !builtIn)
        {
            return false;
        }

        Profile profile = builtIn ? _settings.BuiltIn : _settings.Profiles[index];
        int start = writer.Length;
        profile.WriteName(writer);
        Pad(writer, start, NameColumn);
        start = writer.Length;
        SettingsTable.WriteWord(SettingsKey.ProfileKind, (int)profile.Kind, writer);
        SettingsKey key = profile.Kind == ProfileKind.Linux ? SettingsKey.ProfileKernel
            : profile.Kind == ProfileKind.Script ? SettingsKey.ProfileScript : profile.Kind == ProfileKind.Menu ? SettingsKey.ProfileDefault
            : profile.Kind == ProfileKind.Inline ? SettingsKey.ProfileLine
            : profile.Kind == ProfileKind.Api ? SettingsKey.ProfileApi : SettingsKey.ProfileMessage;
        if (profile.Find(key, 0) >= 0)
        {
            Pad(writer, start, KindColumn);
            profile.Write(key, 0, writer);
        }

        writer.Text(builtIn || index == _settings.DefaultProfile ? "  (default)\n" : "\n");
        return true;
    }

    private bool WriteEntry(int entry, ByteWriter writer)
    {
        if (entry >= _end)
        {
            return false;
        }

        int start = writer.Length;
        Log log = _session.Device.Log;
        if (log.Peek(entry, out Subsystem _, out LogEvent _, out long time))
        {
            writer.Number((int)((_session.Now - time) / 1000)).Text(" s ago  ");
            Pad(writer, start, TimeColumn);
            int head = writer.Length;
            log.Write(entry, writer, out long _);
            if (writer.Length > head)
            {
                writer.Byte('\n');
            }
            else
            {
                // It was washed out in between.
                writer.Truncate(start);
            }
        }

        return true;
    }

    private static void Pad(ByteWriter writer, int start, int width)
    {
        do
        {
            writer.Byte(' ');
        }
        while (writer.Length - start < width);
    }
}
