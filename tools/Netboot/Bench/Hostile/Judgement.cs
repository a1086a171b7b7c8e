namespace Netboot.Tool.Bench.Hostile;

/// <summary>A figure of the device, beside the peer's where it has the same service, and whether it reaches its bar.</summary>
internal sealed record Judgement(string Case, Figure Device, Figure? Peer)
{
    /// <summary>As people read it; where there is no peer there is nothing to be as good as.</summary>
    public string Bar => Device.Bar?.Text(Peer is not null) ?? "";

    public bool Met => Device.Bar is not { } bar || bar.IsMet(Device.Value, Peer?.Value);

    public string Verdict => Bar.Length == 0 ? "" : Met ? "met" : "MISSED";

    /// <summary>The figures of one case, those of the peer found by their titles.</summary>
    public static IEnumerable<Judgement> Of(string name, IReadOnlyList<Figure> device, IReadOnlyList<Figure> peer) =>
        device.Select(figure => new Judgement(name, figure, peer.FirstOrDefault(other => other.Title == figure.Title)));
}
