using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Logging;

namespace Netboot.Tests.Tftp;

/// <summary>RFC 1350 4: data leaves from a port of the server's choice, so that nobody acknowledges what he does not see.</summary>
[TestClass]
public class TransferIdTests
{
    private const int Patience = 2000;

    [TestMethod]
    public void Acknowledgements_sent_blindly_bring_nothing()
    {
        using var board = new LoopbackBoard();
        using Socket blind = Open();
        var port69 = new IPEndPoint(IPAddress.Loopback, board.Port);
        byte[] request = Encoding.ASCII.GetBytes("\0\u0001size-300000\0octet\0blksize\01468\0windowsize\04\0");
        blind.SendTo(request, port69);
        int sent = request.Length + 28;
        for (int block = 0; block < 40; block += 4)
        {
            // A pace at which a client would acknowledge: nothing comes that could be waited for.
            Thread.Sleep(20);
            blind.SendTo(new byte[] { 0, 4, 0, (byte)block }, port69);
            sent += 4 + 28;
        }

        int received = 0;
        var packet = new byte[2000];
        while (blind.Poll(500_000, SelectMode.SelectRead))
        {
            received += blind.Receive(packet) + 28;
        }

        Assert.IsGreaterThan(0, received, "the OACK");
        Assert.IsLessThanOrEqualTo(sent, received, received + " bytes for " + sent);
        Assert.AreEqual(0, board.Log.Counts[Counter.TftpBlocks], "no block to who has not answered");
    }

    [TestMethod]
    public void Data_comes_from_a_random_port_that_changes_when_nothing_is_under_way()
    {
        using var board = new LoopbackBoard();
        int first = Fetch(board);
        Assert.AreEqual(first, Fetch(board), "while others may be under way it stays");
        Assert.AreEqual(1, board.DataPorts.Count);
        Assert.IsTrue(SpinWait.SpinUntil(() => board.OpenSockets == 1, TimeSpan.FromSeconds(30)), "closed at rest");
        Assert.AreNotEqual(first, Fetch(board));
        Assert.AreEqual(2, board.DataPorts.Count);
        Assert.AreNotEqual(board.DataPorts[0], board.DataPorts[1]);
        Assert.IsTrue(board.DataPorts.TrueForAll(port => port is >= 49152 and <= 65535), "RFC 6335: dynamic ports");
    }

    [TestMethod]
    public void Link_that_went_makes_both_sockets_anew()
    {
        using var board = new LoopbackBoard();
        int first = Fetch(board);
        board.Restart();
        Assert.AreEqual(1, board.OpenSockets);
        Assert.AreNotEqual(first, Fetch(board));
    }

    [TestMethod]
    public void Taken_port_is_passed_over_and_no_port_at_all_is_told()
    {
        using var board = new LoopbackBoard { Refusals = 2 };
        Fetch(board);
        Assert.AreEqual(3, board.DataPorts.Count);
        board.Restart();
        board.Refusals = int.MaxValue;
        using Socket client = Open();
        client.SendTo(Encoding.ASCII.GetBytes("\0\u0001size-5\0octet\0"), new IPEndPoint(IPAddress.Loopback, board.Port));
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Lines().Contains("socket error"), Patience), board.Lines());
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Service.SendFailures > 0, Patience), "and counted");
        board.Refusals = 0;
        Fetch(board);
    }

    // A file of one block; gives the port that it came from.
    private static int Fetch(LoopbackBoard board)
    {
        using Socket client = Open();
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        var packet = new byte[2000];
        client.SendTo(Encoding.ASCII.GetBytes("\0\u0001size-5\0octet\0tsize\00\0"), new IPEndPoint(IPAddress.Loopback, board.Port));
        client.ReceiveFrom(packet, ref from);
        Assert.AreEqual(6, packet[1], "OACK");
        Assert.AreNotEqual(board.Port, ((IPEndPoint)from).Port, "not from port 69");
        client.SendTo(new byte[] { 0, 4, 0, 0 }, from);
        Assert.AreEqual(9, client.ReceiveFrom(packet, ref from), "DATA 1");
        client.SendTo(new byte[] { 0, 4, 0, 1 }, from);
        return ((IPEndPoint)from).Port;
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Patience };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
