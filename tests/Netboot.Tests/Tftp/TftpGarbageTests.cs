using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>The path of a block makes no garbage: on the board a collection stops everything.</summary>
[TestClass]
public class TftpGarbageTests
{
    private static readonly byte[] Content = new byte[48 * 1024 * 1024];

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Turns_from_ack_to_data_allocate_nothing(int window)
    {
        var lan = new Lan();
        var harness = new TableHarness();
        var server = new TftpServer(harness.Served, lan, harness.Journal, harness.Log, lan, new byte[TftpPackets.MaxPacket]);
        var client = new IPEndPoint(IPAddress.Parse("192.168.1.9"), 2070);
        byte[] request = Packets.Read("f|octet|blksize|1468|windowsize|" + window + "|");
        byte[] ack = Packets.Ack(0);
        new TftpRequests(server, lan).Receive(request, request.Length, client, 0);
        server.Receive(ack, 4, client, 0);
        Turns(server, client, ack, window, 1, 200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Turns(server, client, ack, window, 200, 8000);
        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before, "bytes allocated");
        Assert.AreEqual((8000 * window) + 1, lan.Sent, "packets sent");
    }

    private static void Turns(TftpServer server, IPEndPoint client, byte[] ack, int window, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            int block = i * window;
            ack[2] = (byte)(block >> 8);
            ack[3] = (byte)block;
            server.Receive(ack, 4, client, i);
            server.Tick(i);
        }
    }

    private sealed class Lan : IBootFiles, IAdvance, ITftpOutput
    {
        public int Sent { get; private set; }

        public LoaderReader Open(byte[] name, int offset, int length) => new BytesReader(Content, Content.Length);

        public bool TakeBlock() => true;

        public void Send(byte[] buffer, int length, IPEndPoint to) => Sent++;
    }
}
