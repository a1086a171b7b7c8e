using System;
using Netboot.Device;

namespace Netboot.Tests.Boot;

/// <summary>Built-in loaders whose bytes follow from their position; keeps count of what was fetched.</summary>
public sealed class PatternLoaders : PiecewiseLoaders
{
    private readonly int[] _lengths;

    /// <summary>Loaders of these lengths.</summary>
    public PatternLoaders(params int[] lengths)
    {
        _lengths = lengths;
    }

    /// <summary>Pieces fetched so far.</summary>
    public int Fetches { get; private set; }

    /// <summary>Bytes fetched so far.</summary>
    public int Fetched { get; private set; }

    /// <summary>The largest piece so far.</summary>
    public int Largest { get; private set; }

    /// <inheritdoc/>
    public override int Count => _lengths.Length;

    /// <summary>Bytes of the largest array that can be had; the heap has no more in one piece.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>The byte of a loader at a position.</summary>
    public static byte At(int index, int position) => (byte)(position * 7 + position / 4096 + index);

    /// <inheritdoc/>
    public override string Name(int index) => "loader" + index;

    /// <inheritdoc/>
    public override int Length(int index) => _lengths[index];

    /// <inheritdoc/>
    public override string Version(int index) => "1.21." + index;

    /// <inheritdoc/>
    public override string Hash(int index) => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <inheritdoc/>
    protected override byte[] Fetch(int index, int position, int count)
    {
        Assert.IsTrue(count > 0 && position >= 0 && position + count <= _lengths[index], "inside the loader");
        if (count > Room)
        {
            throw new OutOfMemoryException();
        }

        Fetches++;
        Fetched += count;
        if (count > Largest)
        {
            Largest = count;
        }

        var piece = new byte[count];
        for (int i = 0; i < count; i++)
        {
            piece[i] = At(index, position + i);
        }

        return piece;
    }
}
