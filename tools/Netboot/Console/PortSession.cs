using System.Diagnostics;
using System.IO.Ports;

namespace Netboot.Tool.Terminal;

/// <summary>Moves bytes between a person or script and a serial port.</summary>
internal sealed class PortSession(SerialPort serial)
{
    /// <summary>
    /// The board's UART has room for 256 bytes and drops the rest silently, and its loop may be busy for 20 ms and more. So pasted or
    /// piped text goes out in pieces with pauses, at some 3 KB/s.
    /// </summary>
    private const int Piece = 32;
    private const int PieceMilliseconds = 10;

    /// <summary>
    /// A script's next line waits until the device has been quiet for this long, which means that its answer is
    /// complete.
    /// </summary>
    private const int QuietMilliseconds = 100;

    /// <summary>After a script's last line: a slow command (save, password) takes up to a second.</summary>
    private const int LastAnswerMilliseconds = 1500;

    private readonly TerminalInput _input = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly byte[] _buffer = new byte[4096];
    private readonly Stopwatch _quiet = Stopwatch.StartNew();

    public int Run()
    {
        if (TerminalInput.IsInteractive)
        {
            Console.Error.WriteLine($"{serial.PortName}, {serial.BaudRate} baud. Ctrl-] ends it.");
        }

        _input.Start();
        try
        {
            while (!IsOver())
            {
                Receive();
                if (TerminalInput.IsInteractive || _quiet.ElapsedMilliseconds >= QuietMilliseconds)
                {
                    Send();
                }

                Thread.Sleep(PieceMilliseconds);
            }
        }
        finally
        {
            TerminalInput.Stop();
        }

        return 0;
    }

    private bool IsOver() => _input.Ended && (TerminalInput.IsInteractive || _quiet.ElapsedMilliseconds >= LastAnswerMilliseconds);

    private void Receive()
    {
        while (serial.BytesToRead > 0)
        {
            int count = serial.Read(_buffer, 0, Math.Min(_buffer.Length, serial.BytesToRead));
            _output.Write(_buffer, 0, count);
            _output.Flush();
            _quiet.Restart();
        }
    }

    private void Send()
    {
        if (_input.Take() is not { } bytes)
        {
            return;
        }

        for (int sent = 0; sent < bytes.Length; sent += Piece)
        {
            if (sent > 0)
            {
                Thread.Sleep(PieceMilliseconds);
            }

            serial.Write(bytes, sent, Math.Min(Piece, bytes.Length - sent));
        }

        _quiet.Restart();
    }
}
