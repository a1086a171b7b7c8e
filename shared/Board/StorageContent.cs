using System;
using Netboot.Bytes;

namespace Netboot.Board;

/// <summary>What is to be stored, made piece by piece while it is written, for a board that has no room for all of it at once.</summary>
public abstract class StorageContent
{
    /// <summary>
    /// Bytes of the buffer that a storage hands over: a few writes for the largest settings, and no more than a heap in pieces has room
    /// for.
    /// </summary>
    public const int PieceSize = Memory.LargestBuffer;

    /// <summary>Fills <paramref name="buffer"/> (<see cref="PieceSize"/> bytes) from its start; gives how many, 0 at the end.</summary>
    public abstract int Next(byte[] buffer);

    /// <summary>All of it in one array, for a storage that is memory.</summary>
    public byte[] ToArray()
    {
        var buffer = new byte[PieceSize];
        var all = new byte[0];
        for (int count = Next(buffer); count > 0; count = Next(buffer))
        {
            var longer = new byte[all.Length + count];
            Array.Copy(all, 0, longer, 0, all.Length);
            Array.Copy(buffer, 0, longer, all.Length, count);
            all = longer;
        }

        return all;
    }
}
