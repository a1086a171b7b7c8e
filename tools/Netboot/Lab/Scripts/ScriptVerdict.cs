using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Netboot.Tool.Lab;

/// <summary>
/// Judges a boot that had to fail by what the machine showed, what the device's log and page say, and when the machine restarted.
/// </summary>
internal static partial class ScriptVerdict
{
    /// <summary>A script waits a minute; the machine's clock and the lab's check differ by a moment.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(55);

    /// <summary>On a busy host a machine's minute is longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private const string NotBooted = "NOT BOOTED";

    public static bool SaysNotBooted(IReadOnlyList<string> screen) =>
        screen.Any(line => line.Contains(NotBooted, StringComparison.Ordinal)) && ErrorOf(screen) is not null;

    /// <summary>Null when the screen shows a text.</summary>
    public static string? Shows(IReadOnlyList<string> screen, string text) =>
        screen.Any(line => line.Contains(text, StringComparison.Ordinal)) ? null : $"its screen does not show \"{text}\"";

    /// <summary>
    /// Null if the screen names the URL after saying that the machine is not booted, and the machine restarted after the wait.
    /// </summary>
    public static string? OfFailure(ScriptCase script, IReadOnlyList<string> screen, TimeSpan? wait)
    {
        var said = screen.TakeWhile(line => !line.Contains(NotBooted, StringComparison.Ordinal)).Count();
        if (said == screen.Count)
        {
            return $"its screen does not say {NotBooted}";
        }

        if (!screen.Skip(said + 1).Any(line => line.Contains(script.Screen + " (error ", StringComparison.Ordinal)))
        {
            return $"its screen does not say that {script.Screen} failed";
        }

        return wait is not { } time ? "it did not restart"
            : time < ShortestWait || time > LongestWait
            ? FormattableString.Invariant($"it restarted {time.TotalSeconds:0} s after saying so, not after a minute")
            : null;
    }

    /// <summary>Null when log and page say that it failed, at which stage, and the log by which error.</summary>
    public static string? OfJournal(ScriptCase script, IReadOnlyList<string> screen, IReadOnlyList<string> log, JsonElement? journal)
    {
        var error = ErrorOf(screen)!;
        if (!script.Errors.Split(' ').Contains(error[..2]))
        {
            return $"its error is {error}, not of the class {script.Errors}";
        }

        if (!script.At!.Split(' ')
            .Any(at =>
            log.Any(line =>
            line.Contains($" failed at {at} ", StringComparison.Ordinal) && line.Contains(error, StringComparison.Ordinal))))
        {
            return $"the device's log does not say that it failed at {script.At} with {error}";
        }

        var state = journal?.GetProperty("state").GetString();
        return state != "failed" ? $"the page says {state ?? "nothing about it"}, not failed"
            : !journal!.Value.TryGetProperty("why", out _) ? "the page does not say why it failed"
            : null;
    }

    /// <summary>The number of the error that the script names last, eight digits.</summary>
    private static string? ErrorOf(IReadOnlyList<string> screen) =>
        screen.SkipWhile(line => !line.Contains(NotBooted, StringComparison.Ordinal))
            .Select(line => Error().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value;

    [GeneratedRegex(@"\(error ([0-9a-f]{8})")]
    private static partial Regex Error();
}
