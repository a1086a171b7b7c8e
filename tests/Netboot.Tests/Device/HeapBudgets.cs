using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Device;
using Netboot.Http;
using Netboot.Tests.Support;

namespace Netboot.Tests.Device;

/// <summary>What the device's live objects take of the board's heap, counted with the interpreter's sizes.</summary>
[TestClass]
public class HeapBudgets
{
    private const int AtRest = 40 * 1024;
    private const int WithEightMachines = 60 * 1024;
    private const int Machines = 8;

    /// <summary>lwIP has 16; some are left for SNTP, DNS and a closing connection.</summary>
    private const int MostSockets = 14;

    [TestMethod]
    public void Live_objects_at_rest_and_with_eight_machines_booting_stay_within_their_budgets()
    {
        VirtualBoard board = ManyMachines.Board(64, 16);
        using var device = new RunningDevice(board);
        Assert.IsTrue(device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        device.Device.AddConsole(new SilentTerminal(), null);
        DeviceHeap rest = Count(device.Device);
        Console.WriteLine($"at rest: {rest.Bytes} bytes, {rest.Sockets} sockets, {rest.Threads} threads; largest: {rest.Largest(400)}");

        List<Socket> machines = [];
        try
        {
            for (int i = 0; i < Machines; i++)
            {
                machines.Add(StartTransfer(board.EndOf(69)));
            }

            for (int i = 0; i < HttpLimits.ConnectionsPerSource; i++)
            {
                machines.Add(StartDownload(board.EndOf(80)));
            }

            Assert.IsTrue(SpinWait.SpinUntil(() =>
                device.Device.Tftp.Server.Running == Machines && device.Device.Http.Active >= HttpLimits.ConnectionsPerSource,
                TimeSpan.FromSeconds(5)), "all load at once");
            DeviceHeap busy = Count(device.Device);
            Console.WriteLine($"8 machines loading: {busy.Bytes} bytes, {busy.Sockets} sockets, {busy.Threads} threads; largest: {busy.Largest(14)}");
            Assert.IsTrue(rest.Bytes <= AtRest, $"at rest {rest.Bytes}");
            Assert.IsTrue(busy.Bytes <= WithEightMachines, $"busy {busy.Bytes}");
            Assert.IsTrue(busy.Sockets <= MostSockets, $"{busy.Sockets} sockets");
            Assert.IsTrue(rest.Bytes > 10_000 && busy.Bytes > rest.Bytes, "the walk finds the objects");
        }
        finally
        {
            machines.ForEach(m => m.Dispose());
        }
    }

    private static DeviceHeap Count(NetbootDevice device)
    {
        var heap = new DeviceHeap();
        heap.Ignore(device.Board);
        heap.AddStatics(typeof(NetbootDevice).Assembly);
        heap.Add(device);
        return heap;
    }

    /// <summary>
    /// A transfer that has begun and waits for its next acknowledgement, from an address of its own: a few are allowed for each.
    /// </summary>
    private static Socket StartTransfer(IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 2000 };
        socket.Bind(new IPEndPoint(new IPAddress(new byte[] { 127, 0, 0, (byte)(10 + Interlocked.Increment(ref _next)) }), 0));
        socket.SendTo(Encoding.ASCII.GetBytes("\0\u0001snponly.efi\0octet\0blksize\01468\0windowsize\04\0"), server);
        var packet = new byte[1500];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int length = socket.ReceiveFrom(packet, ref from);
        Assert.AreEqual(6, packet[1], "OACK: " + Encoding.ASCII.GetString(packet, 0, length));
        socket.SendTo(new byte[] { 0, 4, 0, 0 }, from);
        return socket;
    }

    private static int _next;

    /// <summary>A download that nobody reads: the answer stands in the device.</summary>
    private static Socket StartDownload(IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
        socket.Connect(server);
        socket.Send(Encoding.ASCII.GetBytes("GET /snponly.efi HTTP/1.1\r\nHost: x\r\n\r\n"));
        return socket;
    }
}
