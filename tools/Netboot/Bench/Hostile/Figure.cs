namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// One thing measured: what it is, its value for comparison, and its text for people. Without a bar it is reported and not judged.
/// </summary>
internal sealed record Figure(string Title, double Value, string Text, Bar? Bar)
{
    public static Figure Served(string title, int served, int asked) =>
        new(title, asked == 0 ? 0 : (double)served / asked, FormattableString.Invariant($"{served} of {asked}"), Hostile.Bar.Served);

    /// <summary>The same, reported and not judged.</summary>
    public static Figure Told(string title, int number, int all) => Served(title, number, all) with { Bar = null };

    public static Figure Always(string title, int held, int all) => Served(title, held, all) with { Bar = Hostile.Bar.Always };

    public static Figure Never(string title, int happened, int tried) =>
        new(title, happened, FormattableString.Invariant($"{happened} of {tried}"), Hostile.Bar.Never);

    /// <summary>
    /// The worst and the median of what was served are reported; the median is compared. Where nothing was served, that figure says so.
    /// </summary>
    public static Figure Seconds(string title, Distribution times)
    {
        var median = times.Median?.TotalSeconds ?? double.PositiveInfinity;
        return new(
            title, median, times.Count == 0
            ? "-" : FormattableString.Invariant($"{median:0.00} s (worst {times.Worst!.Value.TotalSeconds:0.00})"), Hostile.Bar.Seconds);
    }

    /// <summary>Bytes to an address that never answered, for the bytes that were sent in its name.</summary>
    public static Figure Amplification(string title, long sent, long received) => Times(title, sent, received, Hostile.Bar.Amplification);

    public static Figure Times(string title, long sent, long received, Bar bar)
    {
        var times = sent == 0 ? 0 : (double)received / sent;
        return new(title, times, FormattableString.Invariant($"{times:0.0} ({sent:#,0} bytes brought {received:#,0})"), bar);
    }
}
