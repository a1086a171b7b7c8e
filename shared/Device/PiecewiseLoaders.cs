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

    private const int Nobody = -1;

    private readonly object _lock = new object();
    private byte[] _piece;
    private int _pieceOf = Nobody;
    private int _pieceStart;
    private int _pieceEnd;

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
        lock (_lock)
        {
            // Most reads of a machine that reads alone end here, so it comes before every other question. The one that takes the piece's last byte
            // does not: it may be the loader's last, after which nothing is kept.
            if (index == _pieceOf && position >= _pieceStart && count < _pieceEnd - position)
            {
                Array.Copy(_piece, position - _pieceStart, buffer, offset, count);
                return count;
            }

            int left = Length(index) - position;
            if (position < 0 || left <= 0)
            {
                return 0;
            }

            return ReadOn(index, position, buffer, offset, count < left ? count : left, left);
        }
    }

    /// <summary>
    /// Gives a new array with bytes of a loader; its length says how many. <paramref name="position"/> is before the loader's end and
    /// <paramref name="count"/>, at most <see cref="LargestPiece"/>, does not go past it.
    /// </summary>
    protected abstract byte[] Fetch(int index, int position, int count);

    /// <summary>Reads what the held piece has not, or not all of. Behind the held piece comes a large one, anywhere else just what is asked for.</summary>
    private int ReadOn(int index, int position, byte[] buffer, int offset, int count, int left)
    {
        bool onward = index == _pieceOf && position >= _pieceStart && position <= _pieceEnd;
        int done = 0;
        if (onward)
        {
            done = _pieceEnd - position;
            Array.Copy(_piece, position - _pieceStart, buffer, offset, done);
        }

        while (done < count)
        {
            int wanted = onward ? left - done : count - done;

            // The old piece is garbage before the new one is asked for: two at a time would need twice the room.
            Drop();
            byte[] piece = Fetch(index, position + done, wanted > LargestPiece ? LargestPiece : wanted);
            int part = count - done < piece.Length ? count - done : piece.Length;
            if (part == 0)
            {
                return done;
            }

            Array.Copy(piece, 0, buffer, offset + done, part);
            _piece = piece;
            _pieceOf = index;
            _pieceStart = position + done;
            _pieceEnd = _pieceStart + piece.Length;
            done += part;
        }

        if (count == left)
        {
            Drop();
        }

        return done;
    }

    private void Drop()
    {
        _piece = null;
        _pieceOf = Nobody;
    }
}
