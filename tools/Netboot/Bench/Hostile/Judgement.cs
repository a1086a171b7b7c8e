namespace Netboot.Tool.Bench.Hostile;

/// <summary>A figure of the device, beside the peer's where it has the same service, and whether it reaches its bar.</summary>
internal sealed record Judgement(string Case, Figure Device, Figure? Peer)
{
    /// <summary>For people; without a peer there is nothing to compare with.</summary>
    public string Bar => Device.Bar?.Text(Peer is not null) ?? "";

    public bool Met => Device.Bar is not { } bar || bar.IsMet(Device.Value, Peer?.Value);

    public string Verdict => Bar.Length == 0 ? "" : Met ? "met" : "MISSED";

    /// <summary>
    /// The figures of one case, those of the peer found by their titles. On a busy machine times are reported and not judged.
    /// </summary>
    public static IEnumerable<Judgement> Of(string name, IReadOnlyList<Figure> device, IReadOnlyList<Figure> peer, bool judgesTimes) =>
        device.Select(figure => new Judgement(
            name,
            judgesTimes || figure.Bar != Hostile.Bar.Seconds ? figure : figure with { Bar = null },
            peer.FirstOrDefault(other => other.Title == figure.Title)));
}
