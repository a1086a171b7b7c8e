using System;
using System.Threading;
using Netboot.Bytes;
using Netboot.Tests.Tftp;

namespace Netboot.Tests.Boot;

/// <summary>Reads a stream as a machine does, and waits for what another thread brings about.</summary>
internal static class StreamReading
{
    public const int Block = 1468;

    private const int Window = 4;

    /// <summary>What should come soon may take this long on a loaded machine.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static void ReadAll(LoaderReader reader, int size)
    {
        int at = 0;
        Wait(() => ReadSome(reader, ref at, size));
        Assert.AreEqual(size, reader.Length);
    }

    /// <summary>A window of blocks as TFTP takes it: read, and let go of when all are there. Gives true at the end of the file.</summary>
    public static bool ReadSome(LoaderReader reader, ref int at, int size)
    {
        var buffer = new byte[Block];
        for (int block = 0; block < Window && at < size; block++)
        {
            int count = reader.Read(at, buffer, 0, Block);
            if (count == LoaderReader.NotYet)
            {
                return false;
            }

            Assert.AreEqual(Math.Min(Block, size - at), count, reader.Failure);
            for (int i = 0; i < count; i++)
            {
                if (buffer[i] != PatternReader.At(at + i))
                {
                    Assert.Fail("wrong byte at " + (at + i));
                }
            }

            at += count;
            reader.Release(at);
        }

        return at == size;
    }

    public static string FailureOf(LoaderReader reader, Func<int> ask) => FailureOf(reader, ask, Soon);

    public static string FailureOf(LoaderReader reader, Func<int> ask, TimeSpan limit)
    {
        Assert.IsTrue(SpinWait.SpinUntil(() => ask() == LoaderReader.Failed, limit), "it does not fail");
        return reader.Failure;
    }

    public static void Wait(Func<bool> condition) => Assert.IsTrue(SpinWait.SpinUntil(condition, Soon), "not in time");
}
