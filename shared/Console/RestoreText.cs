using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>
/// Takes pasted settings up to a line with a single full stop. A paste comes at the full speed of the line, so a byte costs a few instructions
/// and nothing is echoed; that also keeps a password in the text off the screen.
/// </summary>
internal sealed class RestoreText
{
    // The limit of settings, and room for the lines around a backup.
    private const int Limit = SettingsLimits.Text + 256;

    private readonly ByteWriter _text = new ByteWriter(1024, Limit);
    private int _lineStart;
    private bool _tooLong;
    private bool _afterReturn;

    /// <summary>Whether the text is complete.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Whether Ctrl-C ended it.</summary>
    internal bool IsDropped { get; private set; }

    /// <summary>Takes bytes until the text ends; gives how many.</summary>
    internal int Take(byte[] bytes, int offset, int count)
    {
        int end = offset + count;
        int start = offset;
        for (int i = offset; i < end; i++)
        {
            byte value = bytes[i];
            if (value >= 0x20 || (value != (byte)'\n' && value != (byte)'\r' && value != KeyDecoder.InterruptByte))
            {
                continue;
            }

            Add(bytes, start, i - start);
            start = i + 1;
            if (value == KeyDecoder.InterruptByte)
            {
                IsDropped = true;
                return start - offset;
            }

            bool second = _afterReturn && value == (byte)'\n' && _text.Length == _lineStart;
            _afterReturn = value == (byte)'\r';
            if (!second && EndLine())
            {
                IsComplete = true;
                return start - offset;
            }
        }

        Add(bytes, start, end - start);
        return count;
    }

    /// <summary>Checks the text and asks before it is stored; or says what is wrong with it.</summary>
    internal void Finish(ConsoleSession session)
    {
        SettingsError error = session.Error;
        error.Clear();
        DeviceSettings current = session.Device.Rules.Settings;
        bool whole = !_tooLong || error.Fail("the text is longer than " + SettingsLimits.Text.ToString() + " bytes");
        DeviceSettings restored = whole && Backup.Check(_text.Buffer, 0, _text.Length, error) ? SettingsText.Parse(_text.Buffer, 0, _text.Length, error) : null;
        if (restored == null)
        {
            session.Refuse();
            return;
        }

        SettingsEditor.KeepPassword(restored, current, false);

        session.Text.Text("Good: ").Number(restored.Profiles.Length).Text(" profiles, ").Number(restored.Machines.Count);
        session.Text.Text(" machines. They take the place of all settings");
        session.Text.Text("; password and network stay.\n");
        session.Dialog = new ConfirmDialog(restored);
    }

    /// <summary>Stores restored settings.</summary>
    internal static void Store(ConsoleSession session, DeviceSettings restored)
    {
        session.Error.Clear();
        if (!session.Device.Save(restored, session.Error))
        {
            session.Refuse();
            return;
        }

        session.Text.Text("Restored; it counts from now on.\n");
    }

    private void Add(byte[] bytes, int offset, int count)
    {
        if (count > 0)
        {
            _text.Raw(bytes, offset, count);
            NoteLength();
        }
    }

    // Ends a line; true when it was the full stop.
    private bool EndLine()
    {
        bool stop = _text.Length - _lineStart == 1 && _text.Buffer[_lineStart] == (byte)'.';
        if (stop)
        {
            _text.Truncate(_lineStart);
            return true;
        }

        _text.Byte('\n');
        NoteLength();
        _lineStart = _text.Length;
        return false;
    }

    // What is too long is not kept, but read to its end: the rest of a paste must not become commands.
    private void NoteLength()
    {
        if (_text.Overflowed)
        {
            _tooLong = true;
            _text.Clear();
            _lineStart = 0;
        }
    }
}
