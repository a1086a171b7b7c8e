using System;
using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>One line being typed: echo, cursor, insertion, history. What the terminal is to show goes into a writer.</summary>
public sealed class LineEditor
{
    /// <summary>Longest line: <c>profile NAME initrd +</c> with nearly the longest value that the settings take.</summary>
    public const int Limit = Memory.LargestBuffer;

    /// <summary>What the line has room for at first; hardly any command is longer, and the board's heap has better uses.</summary>
    private const int Usual = 72;

    /// <summary>What rings the terminal's bell.</summary>
    public const byte Bell = 7;

    private const byte Back = 8;

    // Above so many steps to the left a sequence is shorter than backspaces.
    private const int FewSteps = 4;

    private readonly KeyDecoder _keys = new KeyDecoder();
    private readonly LineHistory _history = new LineHistory();
    private byte[] _line = new byte[Usual];
    private int _cursor;

    /// <summary>The bytes of the line; the first <see cref="Length"/> count.</summary>
    public byte[] Line => _line;

    /// <summary>How long the line is.</summary>
    public int Length { get; private set; }

    /// <summary>Where in the line the next character goes.</summary>
    public int Cursor => _cursor;

    /// <summary>Whether nothing is shown: a password is typed.</summary>
    public bool Hidden { get; set; }

    /// <summary>Whether something was typed that cannot be in a line. A hidden line is then not what the person believes.</summary>
    public bool HadUnusable { get; private set; }

    /// <summary>
    /// Takes one byte. Gives <see cref="TerminalKey.Enter"/> when the line is complete, <see cref="TerminalKey.Interrupt"/> for Ctrl-C, any
    /// other key when there is more to come.
    /// </summary>
    public TerminalKey Take(byte value, ByteWriter output)
    {
        TerminalKey key = _keys.Next(value);
        if (key == TerminalKey.Tab && Hidden)
        {
            // A password with one would not be what the person believes.
            key = TerminalKey.Unusable;
        }

        switch (key)
        {
            case TerminalKey.Character:
                Insert(value, output);
                break;
            case TerminalKey.Unusable:
                HadUnusable = true;
                output.Byte(Bell);
                break;
            case TerminalKey.Enter:
                output.Byte('\n');
                break;
            case TerminalKey.Interrupt:
                output.Text("^C\n");
                break;
            case TerminalKey.Backspace:
                if (_cursor > 0)
                {
                    Move(-1, output);
                    RemoveAtCursor(output);
                }

                break;
            case TerminalKey.Delete:
                RemoveAtCursor(output);
                break;
            case TerminalKey.Kill:
                Replace(new byte[0], output);
                break;
            case TerminalKey.Left:
                Move(_cursor > 0 ? -1 : 0, output);
                break;
            case TerminalKey.Right:
                Move(_cursor < Length ? 1 : 0, output);
                break;
            case TerminalKey.Home:
                Move(-_cursor, output);
                break;
            case TerminalKey.End:
                Move(Length - _cursor, output);
                break;
            case TerminalKey.Up:
                Recall(Hidden ? null : _history.Older(), output);
                break;
            case TerminalKey.Down:
                Recall(Hidden ? null : _history.Newer(), output);
                break;
        }

        return key;
    }

    /// <summary>Starts an empty line. The old one is forgotten to the last byte: it may have been a password.</summary>
    public void Clear()
    {
        Array.Clear(_line, 0, _line.Length);
        if (_line.Length > Usual)
        {
            _line = new byte[Usual];
        }

        Length = 0;
        _cursor = 0;
        HadUnusable = false;
    }

    private void MakeRoom(int length)
    {
        if (length <= _line.Length)
        {
            return;
        }

        var longer = new byte[length > Limit / 2 ? Limit : length * 2];
        Array.Copy(_line, 0, longer, 0, Length);
        Array.Clear(_line, 0, _line.Length);
        _line = longer;
    }

    /// <summary>Puts <paramref name="word"/> in place of the last <paramref name="typed"/> bytes before the cursor.</summary>
    public void Complete(int typed, ByteWriter word, ByteWriter output)
    {
        int same = 0;
        while (same < typed && _line[_cursor - typed + same] == word.Buffer[same])
        {
            same++;
        }

        for (int i = same; i < typed; i++)
        {
            Move(-1, output);
            RemoveAtCursor(output);
        }

        for (int i = same; i < word.Length; i++)
        {
            Insert(word.Buffer[i], output);
        }
    }

    /// <summary>Shows the line again, after a new prompt.</summary>
    public void Show(ByteWriter output)
    {
        if (!Hidden)
        {
            output.Raw(_line, 0, Length);
            Left(Length - _cursor, output);
        }
    }

    /// <summary>Keeps the line for Up and Down.</summary>
    public void Remember() => _history.Add(_line, Length);

    private void Insert(byte value, ByteWriter output)
    {
        if (Length == Limit)
        {
            HadUnusable = true;
            output.Byte(Bell);
            return;
        }

        MakeRoom(Length + 1);
        for (int i = Length; i > _cursor; i--)
        {
            _line[i] = _line[i - 1];
        }

        _line[_cursor] = value;
        Length++;
        if (!Hidden)
        {
            output.Raw(_line, _cursor, Length - _cursor);
            Left(Length - _cursor - 1, output);
        }

        _cursor++;
    }

    private void RemoveAtCursor(ByteWriter output)
    {
        if (_cursor == Length)
        {
            return;
        }

        Length--;
        for (int i = _cursor; i < Length; i++)
        {
            _line[i] = _line[i + 1];
        }

        if (!Hidden)
        {
            // A blank over the character that was last.
            output.Raw(_line, _cursor, Length - _cursor).Byte(' ');
            Left(Length - _cursor + 1, output);
        }
    }

    private void Recall(byte[] line, ByteWriter output)
    {
        if (line == null)
        {
            output.Byte(Bell);
            return;
        }

        Replace(line, output);
    }

    private void Replace(byte[] line, ByteWriter output)
    {
        Move(-_cursor, output);
        int old = Length;
        MakeRoom(line.Length);
        Array.Copy(line, 0, _line, 0, line.Length);
        Length = line.Length;
        HadUnusable = false;
        if (!Hidden)
        {
            output.Raw(line);
            for (int i = Length; i < old; i++)
            {
                output.Byte(' ');
            }

            Left(old - Length, output);
        }

        _cursor = Length;
    }

    private void Move(int steps, ByteWriter output)
    {
        if (!Hidden && steps > 0)
        {
            output.Raw(_line, _cursor, steps);
        }
        else if (!Hidden)
        {
            Left(-steps, output);
        }

        _cursor += steps;
    }

    private static void Left(int steps, ByteWriter output)
    {
        if (steps > FewSteps)
        {
            output.Byte(27).Byte('[').Number(steps).Byte('D');
            return;
        }

        for (int i = 0; i < steps; i++)
        {
            output.Byte(Back);
        }
    }
}
