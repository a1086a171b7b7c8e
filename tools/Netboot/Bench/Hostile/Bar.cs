using System.Globalization;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>What a figure has to reach.</summary>
/// <param name="Least">The least that is good enough.</param>
/// <param name="Most">The most that is good enough.</param>
/// <param name="Beside">When a figure is worse than the peer's, where the peer has the same service.</param>
internal sealed record Bar(double? Least, double? Most, Beside Beside)
{
    /// <summary>The most that a stranger may gain from the server: what an OACK with its repetitions amounts to.</summary>
    private const double MostAmplification = 4;

    private const double Percent = 100;
    private const double LeastServed = 0.95;

    /// <summary>How much the times of two programs scatter on a shared machine.</summary>
    private const double Scatter = 1.1;

    /// <summary>Seconds by which a time may be longer in any case: a thread may get its turn late.</summary>
    private const double Turn = 0.25;

    /// <summary>A share of legitimate machines that got what they asked for.</summary>
    public static readonly Bar Served = new(LeastServed, null, Beside.MoreIsBetter);

    /// <summary>Bytes to an address that never answered, for each byte that was sent in its name.</summary>
    public static readonly Bar Amplification = new(null, MostAmplification, Beside.LessIsBetter);

    /// <summary>What must not happen at all.</summary>
    public static readonly Bar Never = new(null, 0, Beside.Alone);

    /// <summary>What must hold each time.</summary>
    public static readonly Bar Always = new(1, null, Beside.Alone);

    /// <summary>No more than the peer: where the protocol itself allows no fixed number.</summary>
    public static readonly Bar NoMoreThanPeer = new(null, null, Beside.LessIsBetter);

    /// <summary>A time, beside the peer's.</summary>
    public static readonly Bar Seconds = new(null, null, Beside.TimeIsBetterShort);

    public bool IsMet(double value, double? peer) =>
        !(value < Least) && !(value > Most) && !(peer is { } other && IsWorse(value, other));

    /// <summary>As people read it, beside a peer or alone; empty when there is nothing to reach.</summary>
    public string Text(bool hasPeer)
    {
        var own = Least is { } least ? string.Create(CultureInfo.InvariantCulture, $"≥ {least * Percent:0}%")
            : Most is { } most ? string.Create(CultureInfo.InvariantCulture, $"≤ {most:0}")
            : "";
        return Beside == Beside.Alone || !hasPeer ? own : own.Length == 0 ? "as dnsmasq" : own + ", as dnsmasq";
    }

    private bool IsWorse(double value, double peer) => Beside switch
    {
        Beside.MoreIsBetter => value < peer,
        Beside.LessIsBetter => value > peer,
        Beside.TimeIsBetterShort => value > (peer * Scatter) + Turn,
        _ => false,
    };
}

/// <summary>How a figure stands beside the peer's.</summary>
internal enum Beside
{
    Alone,
    MoreIsBetter,
    LessIsBetter,
    TimeIsBetterShort,
}
