using System.Net.Http;

namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>90 addresses guess the password, 20 guesses a second together, while the owner logs in with the right one.</summary>
internal sealed class Guessing : HostileCase
{
    private const int Addresses = 90;
    private const int Threads = 4;
    private const double PerSecond = 5;
    private const int Logins = 20;
    private const int NewPlaces = 5;
    private const double Before = 6;
    private const double Settle = 0.3;

    public override string Name => "guessing";

    public override string Attack => "90 addresses guess the password";

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var owner = Owner.Claim(scene.Network, StrangersNetwork.Owner);
        using var other = new Owner(scene.Network, StrangersNetwork.OwnersOther);
        // A second place of the owner's, the later one.
        other.LogIn();
        var strangers = Enumerable.Range(0, Addresses)
            .Select(i => new Web(scene.Network, StrangersNetwork.Stranger(i), TimeSpan.FromSeconds(5))).ToArray();
        var attacks = Enumerable.Range(0, Threads)
            .Select(thread => Background.Steady(PerSecond, scene.Cancellation, i => strangers[((i * Threads) + thread) % Addresses]
            .Send(HttpMethod.Post, "/api/login", $"password=guess-{i}", ("X-Netboot-Token", "x")))).ToArray();
        try
        {
            scene.Wait(Before);
            var before = 0;
            for (var i = 0; i < Logins; i++)
            {
                before += (i % 2 == 0 ? owner : other).LogIn() ? 1 : 0;
                scene.Wait((double)scene.Seconds / Logins);
            }

            var never = 0;
            var waiting = 0;
            var done = 0;
            for (var i = 0; i < NewPlaces; i++)
            {
                var place = StrangersNetwork.Machine(i);
                using var elsewhere = new Owner(scene.Network, place);
                if (elsewhere.LogIn())
                {
                    never++;
                    continue;
                }

                // Who is told to wait was not let in, and nobody spent time on it.
                waiting++;
                scene.Wait(Settle);
                done += owner.Log().Any(line => line.Contains($"{place}: Logged in", StringComparison.Ordinal)) ? 1 : 0;
            }

            return
            [
                Figure.Served("log-ins where the owner logged in before", before, Logins),
                Figure.Told("log-ins where the owner never did", never, NewPlaces),
                Figure.Never("told to wait, and logged in all the same", done, waiting),
            ];
        }
        finally
        {
            Array.ForEach(attacks, attack => attack.Dispose());
            Array.ForEach(strangers, stranger => stranger.Dispose());
        }
    }
}
