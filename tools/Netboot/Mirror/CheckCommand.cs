using System.CommandLine;
using System.Globalization;
using Netboot.Tool.Mirror.Check;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror check URL</c>: fetches what a machine would.</summary>
internal static class CheckCommand
{
    private const int ExitFaulty = 1;

    /// <summary>Enough of a hash to compare by eye.</summary>
    private const int HashDigits = 12;

    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = $"The mirror, whose {FolderSurvey.Script} is fetched, or a script on it." };
        url.Validators.Add(result =>
        {
            if (ScriptOf(result.GetValueOrDefault<string>() ?? "") == null)
            {
                result.AddError("URL takes an http:// address, for example http://192.168.1.10/.");
            }
        });
        var command = new Command(
            "check", "Fetch from a mirror what a machine would: its script, and every kernel and initrd in it. Says what is wrong.") { url };
        command.SetAction((result, cancellation) => RunAsync(ScriptOf(result.GetRequiredValue(url))!, cancellation));
        return command;
    }

    /// <summary>The script that a text names; null when it is not an http URL.</summary>
    internal static Uri? ScriptOf(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || url.Host.Length == 0 ? null
        : url.AbsolutePath.EndsWith('/') ? new Uri(url, FolderSurvey.Script) : url;

    private static async Task<int> RunAsync(Uri script, CancellationToken cancellation)
    {
        using HttpClient client = MirrorCheckRun.Client();
        CheckReport report = await new MirrorCheckRun(client).RunAsync(script, file => Console.WriteLine(Line(file)), cancellation);
        foreach (string line in report.Unknown)
        {
            Console.WriteLine($"not checked, for only a machine can know it: {line}");
        }

        if (report.Cut)
        {
            Console.WriteLine($"Stopped after {MirrorCheckRun.MostFiles} files; there are more.");
        }

        int bad = report.Files.Count(file => file.Fault != null);
        Console.WriteLine(bad == 0
            ? $"All {report.Files.Count} files are good, {SurveyText.Size(report.Files.Sum(file => file.Bytes))} in all."
            : $"{bad} of {report.Files.Count} files are not good.");
        return report.Good ? 0 : ExitFaulty;
    }

    /// <summary>A file in one line: <c>kernel http://…/vmlinuz: 14.1 MB in 0.31 s, SHA-256 0123456789ab…</c>.</summary>
    internal static string Line(CheckedFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Use.ToString().ToLowerInvariant()} {file.Url}: ")
        + (file.Fault ?? string.Create(
            CultureInfo.InvariantCulture,
            $"{SurveyText.Size(file.Bytes)} in {file.Time.TotalSeconds:0.00} s, SHA-256 {file.Hash![..HashDigits]}…"));
}
