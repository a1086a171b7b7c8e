using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>Requests that would have the server send to broadcast, multicast and foreign addresses, by ciaddr, giaddr or source.</summary>
internal sealed class ForeignAnswers : HostileCase
{
    private const double Settle = 1;
    private const int LargestPacket = 2048;

    private static readonly byte[] Mac = [0x02, 0x6e, 0x62, 0x03, 0, 0];
    private static readonly IPAddress Multicast = IPAddress.Parse("224.0.0.1");
    private static readonly IPAddress[] Targets = [StrangersNetwork.Foreign, StrangersNetwork.SubnetBroadcast, Multicast];

    public override string Name => "foreign-answers";

    public override string Attack => "ciaddr, giaddr and sources of broadcast, multicast and foreign addresses";

    public override bool HasPeer => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        using var listener = scene.Network.Listen();
        var stranger = StrangersNetwork.Stranger(0);
        var offers = new IPEndPoint(StrangersNetwork.Server, DhcpPacket.ServerPort);
        var bootServer = new IPEndPoint(StrangersNetwork.Server, DhcpPacket.BootServerPort);
        uint transaction = 1;
        var tried = 0;
        foreach (var target in Targets)
        {
            Try(new(stranger, DhcpPacket.ClientPort), offers, Discover().From(target));
            Try(new(stranger, DhcpPacket.ServerPort), offers, Discover().By(target));
            Try(new(stranger, DhcpPacket.ClientPort), bootServer, Discover().As(DhcpPacket.Request).From(target));
            Try(new(stranger, DhcpPacket.ServerPort), bootServer, Discover().As(DhcpPacket.Request).By(target));
        }

        // No kernel takes a packet whose source is broadcast or multicast.
        Try(new(StrangersNetwork.Foreign, DhcpPacket.ClientPort), offers, Discover());
        Try(new(StrangersNetwork.Foreign, DhcpPacket.BootServerPort), bootServer, Discover().As(DhcpPacket.Request)
            .From(StrangersNetwork.Foreign));
        scene.Wait(Settle);
        var forbidden = Count(listener);
        using var clients = new DhcpClients(scene.Network, scene.Cancellation);
        return
        [
            Figure.Never("packets to them", forbidden, tried),
            Figure.Always("offers to a machine of the subnet", new Machine(scene, 0).Offered(clients) ? 1 : 0, 1),
        ];

        byte[] Discover() => DhcpPacket.Discover(Mac, transaction++);

        void Try(IPEndPoint from, IPEndPoint to, byte[] packet)
        {
            tried++;
            forger.Send(from, to, packet);
        }
    }

    private static int Count(Socket listener)
    {
        var count = 0;
        var buffer = new byte[LargestPacket];
        while (listener.Poll(0, SelectMode.SelectRead))
        {
            var way = UdpDatagram.Read(buffer.AsSpan(0, listener.Receive(buffer)));
            count += way is { } known && known.From.Address.Equals(StrangersNetwork.Server) && Targets.Contains(known.To.Address) ? 1 : 0;
        }

        return count;
    }
}
