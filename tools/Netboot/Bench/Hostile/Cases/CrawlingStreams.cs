namespace Netboot.Tool.Bench.Hostile.Cases;

/// <summary>
/// Two readers that do answer, and acknowledge a block a second. The device streams its loaders from the mirror here, two at a time.
/// </summary>
internal sealed class CrawlingStreams : HostileCase
{
    private const int Loads = 5;
    private const double Before = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override string Name => "crawling-streams";

    public override string Attack => "two readers that take a block a second; loaders come from the mirror";

    public override bool HasPeer => true;

    public override bool FromMirror => true;

    public override IReadOnlyList<Figure> Run(HostileScene scene)
    {
        using var attack = Background.Start(
            scene.Cancellation,
            over => TftpReader.Crawl(scene.Network, StrangersNetwork.Stranger(0), HostileScene.LargeLoader, Pause, over),
            over => TftpReader.Crawl(scene.Network, StrangersNetwork.Stranger(1), HostileScene.LargeLoader, Pause, over));
        scene.Wait(Before);
        return [.. scene.Load(Loads).Figures("loaders")];
    }
}
