using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>One transfer without a socket: acknowledgements are handed in, what it sends is a text.</summary>
internal sealed class TransferBench
{
    public TransferBench()
    {
        Transfer = new TftpTransfer(Counts);
    }

    /// <summary>The packet that was sent last.</summary>
    public byte[] Buffer { get; } = new byte[TftpPackets.MaxPacket];

    /// <summary>What its packets are counted in.</summary>
    public int[] Counts { get; } = new int[Counter.Count];

    public TftpTransfer Transfer { get; }

    /// <summary>The file of the transfer that was opened last.</summary>
    public PatternReader File { get; private set; }

    public void Open(int size, string request) => Open(size, request, size);

    public void Open(int size, string request, int delivered)
    {
        File = new PatternReader(size);
        File.Delivered = delivered;
        Transfer.Open(File, Packets.Parsed(request), false, 0);
    }

    /// <summary>A transfer of many blocks of 8 bytes in windows of 4, the first one sent.</summary>
    public void OpenWindow()
    {
        Open(100000, "f|octet|blksize|8|windowsize|4|");
        Due(0);
        AssertWindow(Acked(0, 0), 1, 0);
    }

    public void AssertWindow(string first, int block, long now)
    {
        Assert.AreEqual("DATA " + block.ToString() + " +8", first, "first of the window");
        for (int i = 1; i < 4; i++)
        {
            Assert.AreEqual("DATA " + (block + i).ToString() + " +8", Due(now), "in the window");
            Assert.AreEqual(PatternReader.At((block + i - 1) * 8), Buffer[4], "content");
        }

        Assert.AreEqual("", Due(now), "not more than the window");
    }

    public string Acked(int block, long now)
    {
        Transfer.Acknowledge(block, now);
        return Due(now);
    }

    public string Due(long now) => Packets.Show(Buffer, Transfer.Next(Buffer, now));
}
