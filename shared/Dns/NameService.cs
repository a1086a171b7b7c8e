using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Datagrams;
using Netboot.Logging;

namespace Netboot.Dns;

/// <summary>Moves datagrams for <see cref="NameAnswer"/> on port 53, in set-up mode only.</summary>
public sealed class NameService : DatagramService
{
    private const int Port = 53;

    /// <summary>Datagrams taken in one step: what the board's IP stack queues (6), and then some on a PC.</summary>
    private const int MostInStep = 16;

    private readonly ServedNetworks _served;
    private readonly byte[] _buffer = new byte[NameAnswer.MaximumLength];

    /// <summary>A service on <paramref name="network"/>; every name is that network's own address.</summary>
    public NameService(INetwork network, Log log)
        : base(network, log, Counter.Unshown, Counter.Unshown, Counter.SetupUnsent)
    {
        _served = new ServedNetworks(network);
    }

    /// <inheritdoc/>
    public override string Name => "DNS";

    /// <inheritdoc/>
    public override bool Step(long now)
    {
        if (Network.Address == null)
        {
            return false;
        }

        if (Socket == null)
        {
            Open(Port, Subsystem.Init);
        }

        return Drain(Socket, _buffer, NameAnswer.MaximumLength, MostInStep, now);
    }

    /// <inheritdoc/>
    protected override void Take(Socket socket, int length, IPEndPoint source, long now)
    {
        byte[] address = Network.Address;
        int answer = address == null || !_served.Serves(source.Address.GetAddressBytes()) ? 0 : NameAnswer.Answer(_buffer, length, address);
        if (answer > 0)
        {
            Send(socket, _buffer, answer, source);
        }
    }
}
