namespace Netboot.Terminal;

/// <summary>
/// Makes keys of the bytes that terminals send: ASCII, control characters, and the few ANSI sequences that are of use. All others are
/// passed over.
/// </summary>
public sealed class KeyDecoder
{
    /// <summary>Ctrl-C.</summary>
    public const byte InterruptByte = 3;

    private const byte EscapeByte = 27;

    // No sequence that counts has a number of more than one digit; larger ones only have to stay different from those.
    private const int LargestParameter = 99;

    private State _state;
    private int _parameter;
    private bool _afterReturn;

    private enum State : byte
    {
        Plain,
        Escape,
        Sequence,
        Single,
    }

    /// <summary>The key that is complete with <paramref name="value"/>, or <see cref="TerminalKey.None"/>.</summary>
    public TerminalKey Next(byte value)
    {
        // A control character ends a sequence that was cut off, so that an Enter is never lost in one.
        if (_state == State.Plain || value < 0x20)
        {
            _state = State.Plain;
            return Plain(value);
        }

        if (_state == State.Escape)
        {
            _parameter = 0;
            _state = value == (byte)'[' ? State.Sequence : value == (byte)'O' ? State.Single : State.Plain;
            return TerminalKey.None;
        }

        if (_state == State.Sequence && (value < 0x40 || value > 0x7E))
        {
            int digit = value - '0';
            bool isDigit = digit >= 0 && digit <= 9;
            _parameter = isDigit && _parameter < LargestParameter ? (_parameter * 10) + digit : LargestParameter;
            return TerminalKey.None;
        }

        _state = State.Plain;
        return Final(value);
    }

    private TerminalKey Plain(byte value)
    {
        bool second = _afterReturn && value == (byte)'\n';
        _afterReturn = value == (byte)'\r';
        if (value >= 0x20 && value < 0x7F)
        {
            return TerminalKey.Character;
        }

        switch (value)
        {
            case (byte)'\r':
                return TerminalKey.Enter;
            case (byte)'\n':
                return second ? TerminalKey.None : TerminalKey.Enter;
            case EscapeByte:
                _state = State.Escape;
                return TerminalKey.None;
            case 8:
            case 0x7F:
                return TerminalKey.Backspace;
            case (byte)'\t':
                return TerminalKey.Tab;
            case InterruptByte:
                return TerminalKey.Interrupt;
            case 'U' - 64:
                return TerminalKey.Kill;
            case 'A' - 64:
                return TerminalKey.Home;
            case 'E' - 64:
                return TerminalKey.End;
            case 0:
                // A line break (a cable that is plugged in) arrives as zeros.
                return TerminalKey.None;
            default:
                return TerminalKey.Unusable;
        }
    }

    private TerminalKey Final(byte value)
    {
        switch (value)
        {
            case (byte)'A':
                return TerminalKey.Up;
            case (byte)'B':
                return TerminalKey.Down;
            case (byte)'C':
                return TerminalKey.Right;
            case (byte)'D':
                return TerminalKey.Left;
            case (byte)'H':
                return TerminalKey.Home;
            case (byte)'F':
                return TerminalKey.End;
            case (byte)'~':
                return Numbered();
            default:
                return TerminalKey.None;
        }
    }

    private TerminalKey Numbered()
    {
        switch (_parameter)
        {
            case 1:
            case 7:
                return TerminalKey.Home;
            case 3:
                return TerminalKey.Delete;
            case 4:
            case 8:
                return TerminalKey.End;
            default:
                return TerminalKey.None;
        }
    }
}
