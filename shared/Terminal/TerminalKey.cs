namespace Netboot.Terminal;

/// <summary>What a person pressed, as far as the console cares.</summary>
public enum TerminalKey : byte
{
    /// <summary>Nothing (yet): a byte inside an escape sequence, or one that means nothing here.</summary>
    None = 0,

    /// <summary>A printable ASCII character.</summary>
    Character,

    /// <summary>A byte that cannot be part of a line: a control character without a meaning, or not ASCII.</summary>
    Unusable,

    /// <summary>End of the line: CR, LF or CR LF.</summary>
    Enter,

    /// <summary>Takes out the character before the cursor (BS or DEL).</summary>
    Backspace,

    /// <summary>Takes out the character at the cursor.</summary>
    Delete,

    /// <summary>One to the left.</summary>
    Left,

    /// <summary>One to the right.</summary>
    Right,

    /// <summary>To the start of the line.</summary>
    Home,

    /// <summary>To the end of the line.</summary>
    End,

    /// <summary>The line before.</summary>
    Up,

    /// <summary>The line after.</summary>
    Down,

    /// <summary>Ctrl-C: drops the line, or whatever is under way.</summary>
    Interrupt,

    /// <summary>Ctrl-U: empties the line.</summary>
    Kill,

    /// <summary>Completes the word before the cursor.</summary>
    Tab,
}
