using System;
using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// What a stream has received and not let go of yet, in pieces that a board finds room for. They are taken when a fetch begins and garbage
/// when it ends: at rest a ring takes nothing.
/// </summary>
internal sealed class MirrorRing
{
    /// <summary>Bytes of a piece.</summary>
    internal const int PieceSize = Memory.LargestBuffer;

    /// <summary>Fewest pieces that a stream can do with: a block of TFTP has up to 1,468 bytes, and only whole ones are sent.</summary>
    internal const int FewestPieces = 2;

    private byte[][] _pieces;

    /// <summary>Bytes that it holds.</summary>
    internal int Capacity { get; private set; }

    /// <summary>
    /// Takes up to <paramref name="most"/> pieces, as many as there is room for; throws <see cref="OutOfMemoryException"/> when those are
    /// too few.
    /// </summary>
    internal int Take(int most)
    {
        var pieces = new byte[most][];
        int count = 0;
        try
        {
            for (; count < most; count++)
            {
                pieces[count] = Memory.Take(PieceSize);
            }
        }
        catch (OutOfMemoryException)
        {
            if (count < FewestPieces)
            {
                throw;
            }

            // The last one is left to the others: something may be needed for a page or a script.
            count = count > FewestPieces ? count - 1 : count;
            pieces[count] = null;
        }

        _pieces = pieces;
        Capacity = count * PieceSize;
        return count;
    }

    /// <summary>Lets go of the pieces.</summary>
    internal void Free()
    {
        _pieces = null;
        Capacity = 0;
    }

    /// <summary>The piece that the file's byte at <paramref name="position"/> is in, and from where on in it.</summary>
    internal byte[] Piece(int position, out int offset)
    {
        int place = position % Capacity;
        offset = place % PieceSize;
        return _pieces[place / PieceSize];
    }

    /// <summary>Copies bytes of the file that are in the ring.</summary>
    internal void Copy(int position, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            byte[] piece = Piece(position, out int from);
            int part = PieceSize - from < count ? PieceSize - from : count;
            Array.Copy(piece, from, buffer, offset, part);
            position += part;
            offset += part;
            count -= part;
        }
    }
}
