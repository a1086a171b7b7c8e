using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>
/// What Tab does: completes the word before the cursor as far as there is no doubt, or lists what it may be: a command, a section, a key or
/// one of its words, a machine, a profile.
/// </summary>
internal sealed class Completion : HttpPieces
{
    private const int Longest = 64;
    private const int ScreenWidth = 80;
    private const string Gap = "  ";

    private readonly ConsoleSession _session;
    private readonly DeviceSettings _settings;
    private readonly ConsoleCommands _commands = new ConsoleCommands();
    private readonly MachineRecord _record = new MachineRecord();
    private readonly ByteWriter _word = new ByteWriter(Longest, Longest);
    private readonly TypedWord _typed;
    private int _column;

    private Completion(ConsoleSession session, LineEditor editor)
    {
        _session = session;
        _settings = session.Device.Rules.Settings;
        _typed = new TypedWord(editor.Line, editor.Cursor, _settings, _commands);
    }

    /// <summary>Completes the word before the editor's cursor, or lists what it may be; rings the bell when that is nothing.</summary>
    internal static void Complete(ConsoleSession session, LineEditor editor)
    {
        if (session.Dialog != null)
        {
            // An answer is no command.
            session.Text.Byte(LineEditor.Bell);
            return;
        }

        var completion = new Completion(session, editor);
        var common = new ByteWriter(Longest, Longest);
        int typed = completion._typed.Length;
        int count = completion.Match(common);
        if (count == 1 && editor.Cursor == editor.Length)
        {
            common.Byte(completion._typed.Follows);
        }

        if (count == 0)
        {
            session.Text.Byte(LineEditor.Bell);
        }
        else if (common.Length > typed)
        {
            editor.Complete(typed, common, session.Text);
        }
        else
        {
            session.Text.Byte('\n');
            session.Show(completion);
        }
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_column < 0)
        {
            return false;
        }

        if (!Candidate(index))
        {
            _column = -1;
            writer.Byte('\n');
        }
        else if (IsMatch())
        {
            if (_column > 0)
            {
                bool fits = _column + Gap.Length + _word.Length < ScreenWidth;
                writer.Text(fits ? Gap : "\n");
                _column = fits ? _column + Gap.Length : 0;
            }

            writer.Raw(_word.Buffer, 0, _word.Length);
            _column += _word.Length;
        }

        return true;
    }

    // How many candidates go on from what was typed; what all of them begin with goes into common.
    private int Match(ByteWriter common)
    {
        int count = 0;
        for (int i = 0; Candidate(i); i++)
        {
            if (!IsMatch())
            {
                continue;
            }

            if (count++ == 0)
            {
                common.Raw(_word.Buffer, 0, _word.Length);
            }

            int same = 0;
            while (same < common.Length && same < _word.Length && IsSame(common.Buffer[same], _word.Buffer[same]))
            {
                same++;
            }

            common.Truncate(same);
        }

        return count;
    }

    // Whether the candidate goes on from what was typed. A machine without a name gives an empty one, as does what is not meant.
    private bool IsMatch()
    {
        int length = _typed.Length;
        bool same = _word.Length > 0 && _word.Length >= length;
        for (int i = 0; i < length && same; i++)
        {
            same = IsSame(_typed.At(i), _word.Buffer[i]);
        }

        return same;
    }

    private static bool IsSame(byte a, byte b) => Octets.ToLower(a) == Octets.ToLower(b);

    // Makes _word candidate number index, empty if it is none; false when there are no more.
    private bool Candidate(int index)
    {
        MachineTable machines = _settings.Machines;
        _word.Clear();
        if (IsIn(TypedWord.Commands, ConsoleCommands.Count, ref index))
        {
            _word.Text(_commands.Name(index));
        }
        else if (IsIn(TypedWord.Machines, machines.Count, ref index))
        {
            machines.WriteName(index, _word);
        }
        else if (IsIn(TypedWord.ListedMacs, machines.Count, ref index))
        {
            if (!machines.IsPrefix(index) || (_typed.Groups & TypedWord.Prefixes) != 0)
            {
                machines.WriteKey(index, _word);
            }
        }
        else if (IsIn(TypedWord.HeardMacs, _session.Device.Journal.Count, ref index))
        {
            if (_session.Device.Journal.Read(index, _record, _session.Now) && machines.FindMac(_record.Mac, 0) < 0)
            {
                _word.Mac(_record.Mac, 0, ':');
            }
        }
        else if (IsIn(TypedWord.Profiles, _settings.Profiles.Length, ref index))
        {
            _settings.Profiles[index].WriteName(_word);
        }
        else if (IsIn(TypedWord.Sections, SettingsTable.Sections, ref index))
        {
            _word.Text(SettingsTable.Name((SettingsSection)index));
        }
        else if (IsIn(TypedWord.Fixed, _typed.Choices.Length, ref index))
        {
            _word.Text(_typed.Choices[index]);
        }
        else
        {
            // How many keys a section has, its last one tells.
            var key = (SettingsKey)((int)SettingsTable.First(_typed.Section) + index);
            string name = (_typed.Groups & TypedWord.Keys) != 0 ? SettingsTable.Name(key) : null;
            if (name != null && !SettingsTable.IsSecret(key))
            {
                _word.Text(name);
            }

            return name != null;
        }

        return true;
    }

    private bool IsIn(int group, int count, ref int index)
    {
        bool asked = (_typed.Groups & group) != 0;
        bool isIn = asked && index < count;
        index -= isIn || !asked ? 0 : count;
        return isIn;
    }
}
