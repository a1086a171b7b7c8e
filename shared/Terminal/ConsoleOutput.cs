using System;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Terminal;

/// <summary>
/// What waits to be shown. It leaves in pieces that the UART's own buffer holds: the driver has no other, and a longer write would stop
/// every thread of the board until the line has taken it.
/// </summary>
public sealed class ConsoleOutput
{
    /// <summary>Longest text at once: a backup with its marker lines.</summary>
    public const int Limit = Memory.LargestBuffer;

    /// <summary>Bytes of a piece: half of the UART's 128, so that a piece never waits for the one before it.</summary>
    private const int Piece = 64;

    /// <summary>Time between pieces: 64 bytes take 5.6 ms at 115,200 baud.</summary>
    private const int PieceMilliseconds = 6;

    // A usual answer. What grew beyond it is given back once it was sent.
    private const int UsualSize = 256;

    private readonly ITerminal _terminal;
    private readonly byte[] _piece = new byte[Piece];
    private HttpPieces _more;
    private int _piecesTaken;
    private int _sent;
    private long _next;

    /// <summary>Output to a terminal.</summary>
    public ConsoleOutput(ITerminal terminal)
    {
        _terminal = terminal;
        Text = new ByteWriter(UsualSize, Limit);
    }

    /// <summary>Takes text; lines end with LF here, and with CR LF on the line.</summary>
    public ByteWriter Text { get; private set; }

    /// <summary>Whether all is sent.</summary>
    public bool IsEmpty => _sent == Text.Length && _more == null;

    /// <summary>Whether an answer comes in pieces that are not all made yet.</summary>
    public bool HasMore => _more != null;

    /// <summary>
    /// Shows, after <see cref="Text"/>, what comes in pieces: each is made when the one before it was sent, so a long answer takes no more
    /// room.
    /// </summary>
    public void Show(HttpPieces pieces)
    {
        _more = pieces;
        _piecesTaken = 0;
    }

    /// <summary>Sends the next piece when its time has come. Gives true when it did.</summary>
    public bool Pump(long now)
    {
        if (IsEmpty || now < _next)
        {
            return false;
        }

        if (_sent == Text.Length)
        {
            _sent = 0;
            Text.Clear();
            _more = _more.Write(_piecesTaken++, Text) ? _more : null;
            return true;
        }

        int count = Fill();
        _next = now + PieceMilliseconds;
        if (IsEmpty)
        {
            Forget();
        }

        _terminal.Write(_piece, 0, count);
        return true;
    }

    /// <summary>Drops what was not sent yet.</summary>
    public void Forget()
    {
        _more = null;
        _sent = 0;
        if (Text.Buffer.Length > UsualSize)
        {
            Text = new ByteWriter(UsualSize, Limit);
        }

        Text.Clear();
    }

    private int Fill()
    {
        byte[] text = Text.Buffer;
        int count = 0;
        while (count < Piece && _sent < Text.Length)
        {
            int room = Piece - count;
            int length = Text.Length - _sent < room ? Text.Length - _sent : room;
            int end = Octets.IndexOf(text, _sent, length, (byte)'\n');
            length = end < 0 ? length : end - _sent;
            Array.Copy(text, _sent, _piece, count, length);
            count += length;
            _sent += length;
            if (end >= 0)
            {
                if (count + 2 > Piece)
                {
                    break;
                }

                _piece[count++] = (byte)'\r';
                _piece[count++] = (byte)'\n';
                _sent++;
            }
        }

        return count;
    }
}
