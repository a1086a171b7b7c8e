using Netboot.Board;

namespace Netboot.Tool.Terminal;

/// <summary>This terminal, or a pipe, as the serial line of the virtual device.</summary>
internal sealed class StandardTerminal : ITerminal
{
    private readonly TerminalInput _input = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private byte[] _piece = [];
    private int _position;

    /// <summary>Whether the input has ended and all of it was read.</summary>
    public bool Ended => _position == _piece.Length && _input.Ended;

    public bool HasInput
    {
        get
        {
            if (_position == _piece.Length)
            {
                _piece = _input.Take() ?? [];
                _position = 0;
            }

            return _position < _piece.Length;
        }
    }

    public void Start() => _input.Start();

    public int Read(byte[] buffer, int offset, int count)
    {
        if (!HasInput)
        {
            return 0;
        }

        int length = Math.Min(count, _piece.Length - _position);
        Array.Copy(_piece, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _output.Write(buffer, offset, count);
        _output.Flush();
    }
}
