using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>The table of <c>netboot bench hostile</c>, and the same in Markdown.</summary>
internal static class HostileReport
{
    private const string None = "-";

    private static readonly string[] Columns = ["case", "figure", "device", "dnsmasq", "bar", "verdict"];

    public static void Show(LabOutput output, IReadOnlyList<Judgement> judgements) =>
        output.Table(Columns, judgements.Select((judgement, i) => (string[])
        [
            i > 0 && judgements[i - 1].Case == judgement.Case ? "" : judgement.Case,
            judgement.Device.Title,
            judgement.Device.Text,
            judgement.Peer?.Text ?? None,
            judgement.Bar.Length == 0 ? None : judgement.Bar,
            judgement.Verdict,
        ]));

    /// <summary>A table for the README: what strangers do, and what comes of it.</summary>
    public static IEnumerable<string> Markdown(IReadOnlyList<Judgement> judgements)
    {
        yield return "| what strangers do | | device | dnsmasq |";
        yield return "|---|---|---:|---:|";
        for (var i = 0; i < judgements.Count; i++)
        {
            var judgement = judgements[i];
            var attack = i > 0 && judgements[i - 1].Case == judgement.Case ? "" : HostileCase.Named(judgement.Case).Attack;
            yield return $"| {attack} | {judgement.Device.Title} | {judgement.Device.Text} | {judgement.Peer?.Text ?? None} |";
        }
    }
}
