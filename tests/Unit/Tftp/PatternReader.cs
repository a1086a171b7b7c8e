using System;
using Netboot.Bytes;

namespace Netboot.Tests.Tftp;

/// <summary>
/// A file of any size whose bytes follow from their position, that can be late, fail or be cut short like a stream from the mirror.
/// </summary>
public sealed class PatternReader : LoaderReader
{
    /// <summary>Content is the same for everyone: position times 7 plus its 4096s.</summary>
    public PatternReader(int size)
    {
        Size = size;
        Told = size;
        Delivered = size;
    }

    public int Size;

    /// <summary>What Length says.</summary>
    public int Told;

    /// <summary>Bytes that have come from the mirror so far.</summary>
    public int Delivered;

    /// <summary>Reads from here on fail, when it is not negative.</summary>
    public int BreaksAt = -1;

    /// <summary>There is no memory to read with.</summary>
    public bool NoMemory;

    public bool IsMissing;

    /// <summary>What Keeps says.</summary>
    public int Kept = int.MaxValue;

    public int Released;

    public bool TouchedReleased;

    public int Closed;

    public override int Length => IsMissing ? Failed : Told;

    public override string Failure => BreaksAt >= 0 || Told == Failed ? "mirror said 503" : null;

    public override bool Missing => IsMissing;

    public override int Keeps => Kept;

    public static byte At(int position) => (byte)((position * 7) + (position >> 12));

    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        if (NoMemory)
        {
            throw new OutOfMemoryException();
        }

        if (IsMissing || Told == Failed || (BreaksAt >= 0 && position + count > BreaksAt))
        {
            return Failed;
        }

        if (position < Released)
        {
            TouchedReleased = true;
            return Failed;
        }

        int end = position + count < Size ? position + count : Size;
        if (end > Delivered)
        {
            return NotYet;
        }

        for (int i = position; i < end; i++)
        {
            buffer[offset++] = At(i);
        }

        return end - position;
    }

    public override void Release(int position) => Released = position;

    public override void Close() => Closed++;
}
