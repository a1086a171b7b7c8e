using System;
using Netboot.Bytes;
using Netboot.Device;

namespace Netboot.Tests.Boot;

[TestClass]
public class PiecewiseLoadersTests
{
    /// <summary>Data of a TFTP block that fills a frame.</summary>
    private const int Block = 1468;

    [DataRow(512)]
    [DataRow(1440)]
    [DataRow(1468)]
    [DataRow(4096)]
    [DataRow(9000)]
    [TestMethod]
    public void One_reader_gets_every_byte_once(int size)
    {
        var loaders = new PatternLoaders(20001);
        Assert.AreEqual(20001, ReadAll(loaders, 0, size));
        Assert.AreEqual(20001, loaders.Fetched);
        Assert.IsTrue(loaders.Largest <= PiecewiseLoaders.LargestPiece);
    }

    [TestMethod]
    public void Block_that_fills_a_frame_takes_two_fetches()
    {
        var loaders = new PatternLoaders(29360);
        ReadAll(loaders, 0, Block);
        Assert.AreEqual(2 * (29360 / Block), loaders.Fetches);
        Assert.AreEqual(PiecewiseLoaders.LargestPiece, loaders.Largest);
    }

    [TestMethod]
    public void Readers_in_turn_fetch_nothing_in_vain()
    {
        var loaders = new PatternLoaders(29360, 29360, 29360);
        var buffer = new byte[Block];
        for (int position = 0; position < 29360; position += Block)
        {
            for (int index = 0; index < 3; index++)
            {
                Assert.AreEqual(Block, loaders.Read(index, position, buffer, 0, Block));
                Check(index, position, buffer, 0, Block);
            }
        }

        Assert.AreEqual(3 * 29360, loaders.Fetched);
    }

    [TestMethod]
    public void Piece_that_found_no_room_is_fetched_smaller_after_a_collection()
    {
        var loaders = new PatternLoaders(20000);
        var buffer = new byte[Block];
        int collections = 0;
        Memory.Compact = () => collections++;
        try
        {
            loaders.Room = 600;
            Assert.AreEqual(Block, loaders.Read(0, 4000, buffer, 0, Block));
            Check(0, 4000, buffer, 0, Block);
            Assert.AreEqual(2, collections, "956 bytes are left after the first smaller piece, 444 after the second");
            loaders.Room = 100;
            string thrown = "";
            try
            {
                loaders.Read(0, 0, buffer, 0, Block);
            }
            catch (OutOfMemoryException)
            {
                thrown = "out of memory";
            }

            Assert.AreEqual("out of memory", thrown, "the caller knows what to do");
        }
        finally
        {
            Memory.Compact = null;
        }
    }

    [TestMethod]
    public void Read_goes_where_it_is_told()
    {
        var loaders = new PatternLoaders(5000);
        var buffer = new byte[20];
        Assert.AreEqual(10, loaders.Read(0, 4096, buffer, 4, 10));
        Assert.AreEqual(0, (int)buffer[3]);
        Check(0, 4096, buffer, 4, 10);
        Assert.AreEqual(0, (int)buffer[14]);
    }

    [TestMethod]
    public void End_is_the_end()
    {
        var loaders = new PatternLoaders(5000, 0);
        var buffer = new byte[Block];
        Assert.AreEqual(1, loaders.Read(0, 4999, buffer, 0, Block));
        Assert.AreEqual(0, loaders.Read(0, 5000, buffer, 0, Block));
        Assert.AreEqual(0, loaders.Read(0, 2000000000, buffer, 0, Block));
        Assert.AreEqual(0, loaders.Read(0, -1, buffer, 0, Block));
        Assert.AreEqual(0, loaders.Read(1, 0, buffer, 0, Block));
    }

    private static int ReadAll(PatternLoaders loaders, int index, int size)
    {
        var buffer = new byte[size];
        int position = 0;
        int part;
        while ((part = loaders.Read(index, position, buffer, 0, size)) > 0)
        {
            Check(index, position, buffer, 0, part);
            position += part;
        }

        return position;
    }

    private static void Check(int index, int position, byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (buffer[offset + i] != PatternLoaders.At(index, position + i))
            {
                Assert.AreEqual((int)PatternLoaders.At(index, position + i), (int)buffer[offset + i], "byte " + (position + i));
            }
        }
    }
}
