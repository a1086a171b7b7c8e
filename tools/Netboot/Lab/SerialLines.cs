using System;
using System.Text;

namespace Netboot.Tool.Lab;

/// <summary>
/// Cuts a serial console's bytes into lines of plain text. Firmware paints with escape sequences and moves the cursor instead of ending
/// a line; both are taken as the end of a line, and the colours are dropped.
/// </summary>
internal sealed class SerialLines(Action<string> onLine)
{
    /// <summary>Firmware that paints a menu without line ends must not make one line grow for ever.</summary>
    private const int LongestLine = 4096;

    private const char Escape = '\x1b';

    private readonly object _lock = new();
    private readonly StringBuilder _line = new();
    private State _state = State.Text;

    private enum State
    {
        Text,
        Escaped,
        Sequence,
    }

    /// <summary>The text after the last line end: a prompt, or the progress of a download.</summary>
    public string Unfinished
    {
        get
        {
            lock (_lock)
            {
                return _line.ToString().Trim();
            }
        }
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var value in bytes)
            {
                Feed((char)value);
            }
        }
    }

    private void EndLine()
    {
        var text = _line.ToString().Trim();
        _line.Clear();
        if (text.Length > 0)
        {
            onLine(text);
        }
    }

    private void Feed(char value)
    {
        switch (_state)
        {
            case State.Escaped:
                _state = value == '[' ? State.Sequence : State.Text;
                break;
            case State.Sequence when value is >= '@' and <= '~':
                _state = State.Text;
                if (value is 'H' or 'f' or 'J')
                {
                    EndLine();
                }

                break;
            case State.Sequence:
                break;
            case State.Text when value == Escape:
                _state = State.Escaped;
                break;
            case State.Text when value is '\n' or '\r':
                EndLine();
                break;
            case State.Text when value == '\b':
                _line.Length = Math.Max(0, _line.Length - 1);
                break;
            case State.Text when value is >= ' ' and <= '~':
                _line.Append(value);
                if (_line.Length == LongestLine)
                {
                    EndLine();
                }

                break;
            default:
                // Other control characters and bytes outside ASCII (line drawing) carry nothing of interest.
                break;
        }
    }
}
