using System.Globalization;
using System.Text.RegularExpressions;
using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary>
/// Reads what a run of nanoff printed. Its exit code is not enough: a file that failed, a step that did nothing and an image at the wrong
/// address all end with 0. So a step is done only when nanoff's output says so.
/// </summary>
internal static partial class NanoffDiagnosis
{
    private static readonly (string Words, Problem Problem)[] Known =
    [
        ("You must install or update .NET", new(
            "nanoff needs a .NET runtime that is not installed.",
            "Install .NET 8 or later, or update nanoff: dotnet tool update -g nanoff.")),
        ("Error deploying content file", new(
            "The board did not store the settings file, although nanoff reported success.",
            "Its storage may be full or damaged. Press reset and run the command again with --config. If that does not help, erase the board once: nanoff --platform esp32 --update --masserase --serialport PORT, then flash it again.")),
        ("Exception deploying content file", new(
            "The connection broke while the settings file was being sent, although nanoff reported success.",
            "Press the board's reset button and run the command again with --config. " + NanoffCodes.OtherCable)),
        ("Cannot find any network configuration for ethernet", new(
            "The firmware on the board has no Ethernet.",
            "It is not the firmware for this board: run the command again without --config, with the right --board.")),
        ("Cannot find any wireless configuration", new(
            "The firmware on the board has no Wi-Fi.",
            "It is not the firmware for this board: run the command again without --config, with the right --board.")),
        ("Error uploading", new(
            "The board did not store its network settings.",
            "Press reset and run the command again with --config; full storage refuses them too.")),
        ("MD5 of file does not match", new("What was read back from the flash is not what was written.", NanoffCodes.OtherCable)),
        ("Failure to download package", NanoffCodes.Explain(9007)!),
        ("Couldn't find this target", NanoffCodes.Explain(9005)!),
        ("is denied", NanoffCodes.PortGone),
        ("Device or resource busy", NanoffCodes.PortBusy),
        ("Invalid native checksum", new(
            "Firmware and application do not match: the board refuses to load the application.",
            "Flash both in one go, without --firmware-version; the pinned version is the one that the application was built for.")),
    ];

    private static readonly Problem Initialising = new(
        "The board's firmware is running, but the application does not start (nanoff: \"initialize state\").",
        "Wait ten seconds, press reset, and run the command again with --config. If that does not help, the application is not where the firmware looks for it: flash again without --config, with the right --board.");

    private static readonly Problem NothingDone = new(
        "nanoff reported success without saying that it did anything.",
        "Update nanoff (dotnet tool update -g nanoff), or name another with --nanoff, and run the command again.");

    /// <summary>What went wrong in a step, or null when it is done.</summary>
    public static Problem? Of(FlashStep step, int exitCode, IReadOnlyList<string> lines)
    {
        int code = NanoffCodes.Of(exitCode, lines);
        Problem? told = Known.FirstOrDefault(entry => Has(lines, entry.Words)).Problem;
        if (told != null && step.Kind == StepKind.Authority)
        {
            told = told with { What = told.What.Replace("the settings file", step.Title, StringComparison.Ordinal) };
        }

        if (told != null && (code != 0 || step.Kind != StepKind.Update))
        {
            return told;
        }

        if (code == 2002 && Has(lines, "initialized state"))
        {
            return Initialising;
        }

        return NanoffCodes.Explain(code) ?? (step.Kind == StepKind.Deploy ? OfAddress(step, lines) : null)
            ?? (IsDone(step, lines) ? null : NothingDone);
    }

    /// <summary>The board stayed in its boot loader: somebody has to reset it before anything else works.</summary>
    public static bool NeedsReset(IReadOnlyList<string> lines) => Has(lines, "in 'download mode'");

    // With the least output nanoff says nothing about the firmware that it wrote; the device's own log proves that.
    private static bool IsDone(FlashStep step, IReadOnlyList<string> lines) => step.Kind switch
    {
        StepKind.Update => true,
        StepKind.Deploy => Has(lines, "Flash write complete.") || lines.Any(line => DeployDone().IsMatch(line)),
        StepKind.Network => lines.Any(line => NetworkDone().IsMatch(line)),
        _ => lines.Any(line => FileDone().IsMatch(line)),
    };

    private static Problem? OfAddress(FlashStep step, IReadOnlyList<string> lines)
    {
        int wanted = Number(step.Arguments[step.Arguments.ToList().IndexOf("--address") + 1][2..]);
        int[] written = [.. lines.Select(line => Written().Match(line)).Where(match => match.Success)
            .Select(match => Number(match.Groups[1].Value))];
        return written.Length == 0 || written.Contains(wanted)
            ? null
            : new($"nanoff put the application at {BoardKind.Hex(written[0])}, not at {BoardKind.Hex(wanted)}: it would never run.",
                "Update nanoff (dotnet tool update -g nanoff) and run the command again; until then the firmware itself may be damaged.");
    }

    private static bool Has(IReadOnlyList<string> lines, string words) => lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Wrote \d+ bytes.* at 0x([0-9A-Fa-f]{1,8}) ")]
    private static partial Regex Written();

    [GeneratedRegex(@"^Flashing deployment partition\.\.\..*OK")]
    private static partial Regex DeployDone();

    [GeneratedRegex(@"^Updating network (ethernet )?configuration\.\.\.OK")]
    private static partial Regex NetworkDone();

    [GeneratedRegex(@"^Deploying file .*\.\.\.OK")]
    private static partial Regex FileDone();
}
