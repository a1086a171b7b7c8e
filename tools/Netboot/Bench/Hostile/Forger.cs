using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>Sends datagrams in anybody's name, and counts them.</summary>
internal sealed class Forger(StrangersNetwork network) : IDisposable
{
    private readonly Socket _socket = network.Raw();

    /// <summary>Bytes of UDP's content sent so far.</summary>
    public long Sent { get; private set; }

    public void Send(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> content)
    {
        _socket.SendTo(UdpDatagram.Make(from, to, content), new IPEndPoint(to.Address, 0));
        Sent += content.Length;
    }

    public void Dispose() => _socket.Dispose();
}
