using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>Machines that ask for an offer, all on the one port 68 of their end of the cable.</summary>
internal sealed class DhcpClients : IDisposable
{
    /// <summary>edk2 and iPXE ask again after so long, about, and so often.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1.5);

    private const int Tries = 4;
    private const int LargestPacket = 1500;
    private const int PollMicroseconds = 50_000;

    private readonly ConcurrentDictionary<uint, ManualResetEventSlim> _waiting = new();
    private readonly Socket _socket;
    private readonly Background _receiver;

    public DhcpClients(StrangersNetwork network, CancellationToken cancellation)
    {
        _socket = network.Udp(IPAddress.Any, DhcpPacket.ClientPort);
        _receiver = Background.Start(cancellation, Receive);
    }

    /// <summary>Asks everybody; answers whether an offer came.</summary>
    public bool Offered(byte[] discover)
    {
        var transaction = DhcpPacket.Transaction(discover);
        using var answered = new ManualResetEventSlim();
        _waiting[transaction] = answered;
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                _socket.SendTo(discover, new IPEndPoint(IPAddress.Broadcast, DhcpPacket.ServerPort));
                if (answered.Wait(Again))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            _waiting.TryRemove(transaction, out _);
        }
    }

    /// <summary>Sends, and waits for nothing.</summary>
    public void Send(byte[] packet) => _socket.SendTo(packet, new IPEndPoint(IPAddress.Broadcast, DhcpPacket.ServerPort));

    public void Dispose()
    {
        _receiver.Dispose();
        _socket.Dispose();
    }

    private void Receive(CancellationToken over)
    {
        var buffer = new byte[LargestPacket];
        while (!over.IsCancellationRequested)
        {
            if (_socket.Poll(PollMicroseconds, SelectMode.SelectRead))
            {
                var length = _socket.Receive(buffer);
                if (length >= DiscoverPlan.OptionsOffset && _waiting.TryGetValue(DhcpPacket.Transaction(buffer), out var waiting))
                {
                    waiting.Set();
                }
            }
        }
    }
}
