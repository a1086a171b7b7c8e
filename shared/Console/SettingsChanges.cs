using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>
/// <c>show changes</c>: what the changed settings have (+) and what they lack (-). Sections stand in the same order in both texts, so one walk
/// through both finds them.
/// </summary>
internal sealed class SettingsChanges
{
    private readonly ByteWriter _output;
    private readonly ByteWriter _old;
    private readonly ByteWriter _new;

    private SettingsChanges(ByteWriter output, ByteWriter before, ByteWriter after)
    {
        _output = output;
        _old = before;
        _new = after;
    }

    /// <summary>Writes the difference between the settings in use and those with the changes.</summary>
    internal static void Write(ConsoleSession session)
    {
        if (!session.Pending.Any)
        {
            session.Text.Text("There are no changes.\n");
            return;
        }

        DeviceSettings before = session.Device.Rules.Settings;
        DeviceSettings after = session.Pending.Current;
        int start = session.Text.Length;
        new SettingsChanges(session.Text, SettingsView.Text(before), SettingsView.Text(after)).Walk();
        byte[] password = after.Value(SettingsKey.PagePassword);
        byte[] old = before.Value(SettingsKey.PagePassword);
        if (password != null && old != null && !Octets.Is(password, 0, password.Length, old))
        {
            session.Text.Text("[page]\n+ another password\n");
        }

        if (session.Text.Length == start)
        {
            session.Text.Text("The changes come to nothing: the settings are as they were.\n");
        }
    }

    private void Walk()
    {
        int old = 0;
        int position = 0;
        while (position < _new.Length)
        {
            int end = SectionEnd(_new, position);
            int same = FindSection(old, position);
            if (same < 0)
            {
                Section(_new, position, end, '+');
            }
            else
            {
                Removed(old, same);
                old = SectionEnd(_old, same);
                Compare(same, old, position, end);
            }

            position = end;
        }

        Removed(old, _old.Length);
    }

    // All sections of the old text in a range are gone.
    private void Removed(int position, int limit)
    {
        while (position < limit)
        {
            int end = SectionEnd(_old, position);
            Section(_old, position, end, '-');
            position = end;
        }
    }

    private void Section(ByteWriter text, int position, int end, char sign)
    {
        while (position < end)
        {
            int next = LineEnd(text, position);
            Line(text, position, next, sign);
            position = next;
        }
    }

    private void Compare(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        bool headed = false;
        int head = LineEnd(_new, newStart);
        headed = Lacking(_old, LineEnd(_old, oldStart), oldEnd, _new, head, newEnd, '-', newStart, headed);
        Lacking(_new, head, newEnd, _old, LineEnd(_old, oldStart), oldEnd, '+', newStart, headed);
    }

    // The lines of one range that the other lacks.
    private bool Lacking(ByteWriter text, int start, int end, ByteWriter other, int otherStart, int otherEnd, char sign, int head, bool headed)
    {
        while (start < end)
        {
            int next = LineEnd(text, start);
            if (next - start > 1 && !Has(other, otherStart, otherEnd, text, start, next - start))
            {
                if (!headed)
                {
                    _output.Raw(_new.Buffer, head, LineEnd(_new, head) - head);
                    headed = true;
                }

                Line(text, start, next, sign);
            }

            start = next;
        }

        return headed;
    }

    private void Line(ByteWriter text, int start, int end, char sign)
    {
        if (end - start > 1)
        {
            _output.Byte(sign).Byte(' ').Raw(text.Buffer, start, end - start);
        }
    }

    private static bool Has(ByteWriter text, int start, int end, ByteWriter line, int lineStart, int length)
    {
        while (start < end)
        {
            int next = LineEnd(text, start);
            if (next - start == length && Octets.Equal(text.Buffer, start, line.Buffer, lineStart, length))
            {
                return true;
            }

            start = next;
        }

        return false;
    }

    // The section of the old text, from a place on, that has the same head as one of the new text; -1: there is none.
    private int FindSection(int old, int head)
    {
        int length = LineEnd(_new, head) - head;
        while (old < _old.Length)
        {
            if (LineEnd(_old, old) - old == length && Octets.Equal(_old.Buffer, old, _new.Buffer, head, length))
            {
                return old;
            }

            old = SectionEnd(_old, old);
        }

        return -1;
    }

    private static int SectionEnd(ByteWriter text, int position)
    {
        do
        {
            position = LineEnd(text, position);
        }
        while (position < text.Length && text.Buffer[position] != (byte)'[');
        return position;
    }

    private static int LineEnd(ByteWriter text, int position)
    {
        int end = Octets.IndexOf(text.Buffer, position, text.Length - position, (byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }
}
