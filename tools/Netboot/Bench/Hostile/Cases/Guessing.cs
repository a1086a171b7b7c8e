using System.Net.Http;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>90 addresses guess the password, 20 guesses a second together, while the owner logs in with the right one.</summary>
internal sealed class Guessing : HostileCase
{
    private const int Addresses = 90;
    private const int Threads = 4;
    private const double PerSecond = 5;
    private const int Logins = 20;
    private const double Before = 6;

    public override string Name => "guessing";

    public override string Attack => "90 addresses guess the password";

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var other = new Owner(scene.Network, StrangersNetwork.OwnersOther);
        using var elsewhere = new Owner(scene.Network, StrangersNetwork.OwnerElsewhere);
        // A second place of the owner's, the later one.
        other.LogIn();
        var strangers = Enumerable.Range(0, Addresses).Select(i => new Web(scene.Network, StrangersNetwork.Stranger(i), TimeSpan.FromSeconds(5))).ToArray();
        var attacks = Enumerable.Range(0, Threads).Select(thread => Background.Steady(PerSecond, scene.Cancellation, i => strangers[((i * Threads) + thread) % Addresses]
            .Send(HttpMethod.Post, "/api/login", $"password=guess-{i}", ("X-Netboot-Token", "x")))).ToArray();
        try
        {
            scene.Wait(Before);
            var first = 0;
            var second = 0;
            var third = 0;
            for (var i = 0; i < Logins; i++)
            {
                first += owner.LogIn() ? 1 : 0;
                second += other.LogIn() ? 1 : 0;
                third += elsewhere.LogIn() ? 1 : 0;
                scene.Wait((double)scene.Seconds / Logins);
            }

            return
            [
                Figure.Served("log-ins where the owner logged in before", first + second, 2 * Logins),
                Figure.Told("log-ins where the owner never did", third, Logins),
            ];
        }
        finally
        {
            Array.ForEach(attacks, attack => attack.Dispose());
            Array.ForEach(strangers, stranger => stranger.Dispose());
        }
    }
}
