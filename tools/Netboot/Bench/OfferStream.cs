using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench;

/// <summary>
/// A steady stream of DISCOVERs, sent as firmware does: from port 68 of a machine without an address, to everybody. Each leaves at its
/// moment of the clock whether those before it were answered or not, so a server that stalls cannot slow the questions down.
/// </summary>
internal sealed class OfferStream
{
    private const int ClientPort = 68;
    private const int ServerPort = 67;
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;

    /// <summary>Offers of ten seconds at 1,000 a second: the client must not be what loses them.</summary>
    private const int ReceiveBuffer = 8 * 1024 * 1024;

    /// <summary>How often the receiver checks whether it is over.</summary>
    private const int ReceiveMilliseconds = 100;

    /// <summary>An Ethernet frame's worth.</summary>
    private const int LargestPacket = 1500;

    /// <summary>Both threads are ready by then, and neither's start is measured.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromMilliseconds(200);

    private readonly DiscoverPlan _plan;
    private readonly OfferCount _count;
    private readonly double _perSecond;
    private readonly CancellationToken _cancellation;
    private volatile bool _over;

    public OfferStream(DiscoverPlan plan, OfferCount count, double perSecond, CancellationToken cancellation)
    {
        _plan = plan;
        _count = count;
        _perSecond = perSecond;
        _cancellation = cancellation;
    }

    /// <summary>Sends them all from a namespace and waits for the last answers. Throws what went wrong on either thread.</summary>
    public void Run(string clientNamespace)
    {
        using var socket = NamespaceThread.Run(clientNamespace, Open);
        Exception? fault = null;
        var receiver = Work(() => Receive(socket), e => fault ??= e);
        var sender = Work(() => Send(socket), e => fault ??= e);
        sender.Join();
        if (fault is null)
        {
            _cancellation.WaitHandle.WaitOne(OfferCount.Patience);
        }

        _over = true;
        receiver.Join();
        _cancellation.ThrowIfCancellationRequested();
        if (fault is not null)
        {
            throw new LabException($"The stream of DISCOVERs broke off: {fault.Message}", fault);
        }
    }

    private static Thread Work(Action action, Action<Exception> failed)
    {
        var thread = new Thread(() =>
        {
            try
            {
                UrgentThread.Become();
                action();
            }
            catch (Exception e)
            {
                // Run throws it: on this thread it would end the program.
                failed(e);
            }
        });
        thread.Start();
        return thread;
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            EnableBroadcast = true,
            ReceiveBufferSize = ReceiveBuffer,
            ReceiveTimeout = ReceiveMilliseconds,
        };
        socket.SetRawSocketOption(SolSocket, SoBindToDevice, Encoding.ASCII.GetBytes(BenchNetwork.Interface + "\0"));
        socket.Bind(new IPEndPoint(IPAddress.Any, ClientPort));
        return socket;
    }

    private void Send(Socket socket)
    {
        var everybody = new IPEndPoint(IPAddress.Broadcast, ServerPort).Serialize();
        var start = Stopwatch.GetTimestamp() + (long)(Start.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < _plan.Count && !_cancellation.IsCancellationRequested; i++)
        {
            var due = start + (long)(i / _perSecond * Stopwatch.Frequency);
            Pacer.WaitUntil(due);
            _count.Leaves(i, due, Stopwatch.GetTimestamp());
            socket.SendTo(_plan[i], SocketFlags.None, everybody);
        }
    }

    private void Receive(Socket socket)
    {
        var buffer = new byte[LargestPacket];
        while (!_over)
        {
            try
            {
                var length = socket.Receive(buffer);
                _count.Take(buffer.AsSpan(0, length), Stopwatch.GetTimestamp());
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.TimedOut)
            {
                // Nothing came for a while: check whether it is over.
            }
        }
    }
}
