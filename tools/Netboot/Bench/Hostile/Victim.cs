using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>Somebody who never asked: counts what comes to an address and port, from wherever, and answers nothing.</summary>
internal sealed class Victim : IDisposable
{
    private const int LargestDatagram = 65535;

    private readonly Socket _socket;
    private readonly Thread _thread;
    private long _bytes;
    private int _datagrams;

    public Victim(StrangersNetwork network, IPAddress address, int port)
    {
        _socket = network.Udp(address, port);
        At = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(Count);
        _thread.Start();
    }

    public IPEndPoint At { get; }

    /// <summary>Bytes of UDP's content.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public int Datagrams => Volatile.Read(ref _datagrams);

    public void Dispose()
    {
        // Only a shutdown wakes a thread that waits in a blocking call; an unconnected socket says that it is not connected, and wakes all
        // the same.
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
        }

        _socket.Dispose();
        _thread.Join();
    }

    private void Count()
    {
        var buffer = new byte[LargestDatagram];
        try
        {
            while (true)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                var length = _socket.ReceiveFrom(buffer, ref from);
                Interlocked.Add(ref _bytes, length);
                Interlocked.Increment(ref _datagrams);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }
}
