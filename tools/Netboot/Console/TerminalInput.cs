using System.Collections.Concurrent;

namespace Netboot.Tool.Terminal;

/// <summary>
/// What a person types, or a script pipes in, as the bytes of a terminal. A thread of its own reads it, because a read cannot be
/// cancelled.
/// </summary>
internal sealed class TerminalInput
{
    private readonly ConcurrentQueue<byte[]> _pieces = new();
    private volatile bool _ended;

    /// <summary>Whether there will be no more input: the script has ended, or Ctrl-] was pressed.</summary>
    public bool Ended => _ended && _pieces.IsEmpty;

    /// <summary>Whether a person is typing.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected;

    /// <summary>Starts to read.</summary>
    public void Start()
    {
        if (IsInteractive)
        {
            // Ctrl-C is for the device.
            Console.TreatControlCAsInput = true;
        }

        new Thread(IsInteractive ? ReadKeys : ReadLines) { IsBackground = true, Name = "terminal input" }.Start();
    }

    /// <summary>Restores the terminal.</summary>
    public static void Stop()
    {
        if (IsInteractive)
        {
            Console.TreatControlCAsInput = false;
        }
    }

    /// <summary>The next piece: a key, or a line of a script with its end; null when there is none at the moment.</summary>
    public byte[]? Take() => _pieces.TryDequeue(out byte[]? piece) ? piece : null;

    private void ReadKeys()
    {
        try
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            while (key.KeyChar != KeyBytes.End)
            {
                byte[] bytes = KeyBytes.Of(key);
                if (bytes.Length > 0)
                {
                    _pieces.Enqueue(bytes);
                }

                key = Console.ReadKey(intercept: true);
            }
        }
        catch (IOException)
        {
            // The terminal window was closed: nobody is left to type.
        }

        _ended = true;
    }

    private void ReadLines()
    {
        using var reader = new StreamReader(Console.OpenStandardInput());
        while (reader.ReadLine() is { } line)
        {
            _pieces.Enqueue(System.Text.Encoding.UTF8.GetBytes(line + "\r"));
        }

        _ended = true;
    }
}
