using System;
using System.Collections;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Tests.Terminal;

/// <summary>
/// A serial line on which the test types, and which keeps what was shown. It takes no piece that a UART's own buffer could not.
/// </summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly ArrayList _typed = new ArrayList();
    private int _position;

    /// <summary>Everything shown.</summary>
    public ByteWriter Shown { get; } = new ByteWriter(4096, 4 * 1024 * 1024);

    /// <summary>The largest piece that was written at once.</summary>
    public int LargestPiece { get; private set; }

    /// <summary>Whether reading throws, as a defect would.</summary>
    public bool ReadThrows { get; set; }

    public bool HasInput => _typed.Count > 0;

    public void Type(byte[] bytes) => _typed.Add(bytes);

    public int Read(byte[] buffer, int offset, int count)
    {
        if (ReadThrows)
        {
            throw new Exception("defect");
        }

        if (_typed.Count == 0)
        {
            return 0;
        }

        var piece = (byte[])_typed[0];
        int length = piece.Length - _position < count ? piece.Length - _position : count;
        Array.Copy(piece, _position, buffer, offset, length);
        _position += length;
        if (_position == piece.Length)
        {
            _typed.RemoveAt(0);
            _position = 0;
        }

        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        LargestPiece = count > LargestPiece ? count : LargestPiece;
        Shown.Raw(buffer, offset, count);
    }
}
