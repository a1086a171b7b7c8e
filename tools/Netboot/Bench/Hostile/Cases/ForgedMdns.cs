using System.Net;
using System.Net.Sockets;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// Questions for the device's name in others' names, half of them as resolvers without multicast DNS ask, while somebody looks for the
/// device.
/// </summary>
internal sealed class ForgedMdns : HostileCase
{
    private const double PerSecond = 50;
    private const int Questions = 12;
    private const double Before = 1;
    private const int UnicastWanted = 0x80;

    /// <summary>RFC 6762 section 5.2: the first repetition comes after a second; then a resolver gives up.</summary>
    private const int Tries = 2;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly IPEndPoint Group = new(IPAddress.Parse("224.0.0.251"), StrangersNetwork.MdnsPort);

    public override string Name => "forged-mdns";

    public override string Attack => "50 forged questions for netboot.local a second";

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var forger = new Forger(scene.Network);
        using var attack = Background.Steady(PerSecond, scene.Cancellation, i => forger.Send(
            new IPEndPoint(StrangersNetwork.Silent(i / 2), i % 2 == 0 ? StrangersNetwork.MdnsPort : 4000 + (i % 100)),
            Group,
            Question(i % 2 == 0 ? UnicastWanted : 0)));
        scene.Wait(Before);
        var asked = scene.Spread(Questions, i => Answered(scene.Network, StrangersNetwork.Machine(i)));
        return [.. asked.Figures("answers")];
    }

    /// <summary>netboot.local, type A, class IN.</summary>
    private static byte[] Question(int classBit) =>
        [0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "netboot"u8, 5, .. "local"u8, 0, 0, 1, (byte)classBit, 1];

    private static bool Answered(StrangersNetwork network, IPAddress asker)
    {
        using var socket = network.Multicast(asker);
        for (var i = 0; i < Tries; i++)
        {
            socket.SendTo(Question(0), Group);
            if (socket.Poll(Again, SelectMode.SelectRead))
            {
                return true;
            }
        }

        return false;
    }
}
