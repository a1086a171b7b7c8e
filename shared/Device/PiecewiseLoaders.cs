using System;

namespace Netboot.Device;

/// <summary>
/// Loaders whose source gives pieces in arrays of its own making, as a board's flash does: reading one makes garbage, and one call costs more
/// than copying the bytes.
/// </summary>
/// <remarks>
/// A machine that reads alone is read ahead for, so that its TFTP blocks of 1468 bytes and HTTP pieces of 1440 come out of one array, and those of
/// 512 out of it eight times. When machines take turns, a piece read ahead would be thrown away by the next one's: then each read takes just what it
/// needs. Either way every byte of a transfer is fetched about once, and one piece is all that stays in memory, none when a loader was
/// read to its end.
/// </remarks>
public abstract class PiecewiseLoaders : IFirmwareLoaders
{
    /// <summary>Largest piece asked of the source, and the most that is kept: small enough to find room on a crowded heap.</summary>
    public const int LargestPiece = 4096;

    private readonly object _lock = new object();
    private byte[] _piece;
    private int _pieceOf;
    private int _pieceStart;
    private int _lastIndex = -1;
    private int _lastEnd;

    /// <inheritdoc/>
    public abstract int Count { get; }

    /// <inheritdoc/>
    public abstract string Name(int index);

    /// <inheritdoc/>
    public abstract int Length(int index);

    /// <inheritdoc/>
    public abstract string Version(int index);

    /// <inheritdoc/>
    public abstract string Hash(int index);

    /// <inheritdoc/>
    public int Read(int index, int position, byte[] buffer, int offset, int count)
    {
        int left = Length(index) - position;
        if (position < 0 || left <= 0)
        {
            return 0;
        }

        if (count > left)
        {
            count = left;
        }

        lock (_lock)
        {
            bool onward = index == _lastIndex && position == _lastEnd;
            _lastIndex = index;
            _lastEnd = position + count;
            int done = CopyHeld(index, position, buffer, offset, count);
            while (done < count)
            {
                int wanted = onward ? left - done : count - done;

                // Garbage before the next one is asked for: two at a time would need twice the room.
                _piece = null;
                _piece = Fetch(index, position + done, wanted > LargestPiece ? LargestPiece : wanted);
                _pieceOf = index;
                _pieceStart = position + done;
                int part = CopyHeld(index, position + done, buffer, offset + done, count - done);
                if (part == 0)
                {
                    break;
                }

                done += part;
            }

            if (count == left)
            {
                _piece = null;
            }

            return done;
        }
    }

    /// <summary>
    /// Gives a new array with bytes of a loader; its length says how many. <paramref name="position"/> is before the loader's end and
    /// <paramref name="count"/>, at most <see cref="LargestPiece"/>, does not go past it.
    /// </summary>
    protected abstract byte[] Fetch(int index, int position, int count);

    /// <summary>Copies what the held piece has from <paramref name="position"/> on; gives how many bytes, 0 when it has none of them.</summary>
    private int CopyHeld(int index, int position, byte[] buffer, int offset, int count)
    {
        if (_piece == null || _pieceOf != index || position < _pieceStart)
        {
            return 0;
        }

        int held = _pieceStart + _piece.Length - position;
        if (held <= 0)
        {
            return 0;
        }

        int part = count < held ? count : held;
        Array.Copy(_piece, position - _pieceStart, buffer, offset, part);
        return part;
    }
}
