namespace Netboot.Tool.Terminal;

/// <summary>What a terminal sends for a key: the same on Linux, macOS and Windows.</summary>
internal static class KeyBytes
{
    /// <summary>Ctrl-], as in telnet: ends the terminal and is not sent.</summary>
    public const char End = (char)29;

    /// <summary>The bytes of a key; none for a key that means nothing to the device.</summary>
    public static byte[] Of(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => "\u001b[A"u8.ToArray(),
        ConsoleKey.DownArrow => "\u001b[B"u8.ToArray(),
        ConsoleKey.RightArrow => "\u001b[C"u8.ToArray(),
        ConsoleKey.LeftArrow => "\u001b[D"u8.ToArray(),
        ConsoleKey.Home => "\u001b[H"u8.ToArray(),
        ConsoleKey.End => "\u001b[F"u8.ToArray(),
        ConsoleKey.Delete => "\u001b[3~"u8.ToArray(),
        ConsoleKey.Backspace => [0x7F],
        ConsoleKey.Enter => [(byte)'\r'],
        _ => key.KeyChar == 0 ? [] : System.Text.Encoding.UTF8.GetBytes(key.KeyChar.ToString()),
    };
}
