using System;

namespace Netboot.Bytes;

/// <summary>
/// Buffers that are made after the start. The board's heap is small and in pieces: an allocation may fail while there is room enough in
/// all, because the interpreter does not move objects in the middle of nested calls. It is worth one collection that does, and one more
/// attempt.
/// </summary>
public static class Memory
{
    /// <summary>
    /// What a buffer may have at the most once the device serves: with its head of 24 bytes 1,020, the largest number of the heap's blocks
    /// that is within 1,024 bytes. The largest free piece of a heap that has been in use for a while is not much larger.
    /// </summary>
    public const int LargestBuffer = 996;

    /// <summary>Collects the garbage and moves what lives together: the board's own way, or null where nobody has to (a PC).</summary>
    public static Action Compact { get; set; }

    /// <summary>
    /// A new buffer of <paramref name="size"/> bytes; throws <see cref="OutOfMemoryException"/> when there is no room after a collection
    /// either.
    /// </summary>
    public static byte[] Take(int size)
    {
        try
        {
            return new byte[size];
        }
        catch (OutOfMemoryException)
        {
            Collect();
        }

        return new byte[size];
    }

    /// <summary>
    /// Compacts the heap where the platform has to be asked for it: after an <see cref="OutOfMemoryException"/>, before another attempt.
    /// </summary>
    public static void Collect()
    {
        Action compact = Compact;
        if (compact != null)
        {
            compact();
        }
    }

    /// <summary>
    /// Whether a buffer of this size can be had now. It is tried, for no number that the platform gives says how large the largest free
    /// piece is.
    /// </summary>
    public static bool Has(int size)
    {
        try
        {
            return Take(size).Length == size;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
