using System;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Device;

/// <summary>Loaders whose source gives pieces in arrays of its own making, as a board's flash does: reading one makes garbage.</summary>
/// <remarks>
/// Each read fetches just the bytes that it was asked for, a TFTP block of 1468 bytes in two pieces. Nothing is kept and nothing read
/// ahead: however many machines take turns, every byte of a transfer is fetched once, and between two reads no memory is held.
/// </remarks>
public abstract class PiecewiseLoaders : IFirmwareLoaders
{
    /// <summary>Largest piece asked of the source: one that finds room on a heap in use.</summary>
    public const int LargestPiece = Memory.LargestBuffer;

    /// <summary>What is asked for where that found no room.</summary>
    private const int SmallPiece = 512;

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

        int wanted = count < left ? count : left;
        int done = 0;
        while (done < wanted)
        {
            int part = wanted - done;
            byte[] piece = Take(index, position + done, part > LargestPiece ? LargestPiece : part);
            part = part < piece.Length ? part : piece.Length;
            if (part == 0)
            {
                break;
            }

            Array.Copy(piece, 0, buffer, offset + done, part);
            done += part;
        }

        return done;
    }

    /// <summary>
    /// Gives a new array with bytes of a loader; its length says how many. <paramref name="position"/> is before the loader's end and
    /// <paramref name="count"/>, at most <see cref="LargestPiece"/>, does not go past it.
    /// </summary>
    protected abstract byte[] Fetch(int index, int position, int count);

    // The source's own arrays cannot be had of Memory.Take, but by its rule: where there is no room, one collection, one more attempt, and
    // here with less.
    private byte[] Take(int index, int position, int count)
    {
        try
        {
            return Fetch(index, position, count);
        }
        catch (OutOfMemoryException)
        {
            Memory.Collect();
        }

        return Fetch(index, position, count < SmallPiece ? count : SmallPiece);
    }
}
