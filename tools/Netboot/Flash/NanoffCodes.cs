using System.Globalization;
using System.Text.RegularExpressions;

namespace Netboot.Tool.Flash;

/// <summary>nanoff's exit codes in plain words, each with what to do.</summary>
internal static partial class NanoffCodes
{
    /// <summary>What to try after most failures of the cable or the board.</summary>
    public const string OtherCable = "Try another USB cable (some only charge), another port without a hub, and run the command again.";

    private static readonly Dictionary<int, Problem> Known = new()
    {
        [2000] = NoAnswer,
        [2001] = NoAnswer,
        [2002] = new("The board's firmware refused nanoff's request, or could not carry it out.",
        "Press the board's reset button and run the command again."),
        [2003] = new("nanoff could not read or send what it was given.",
        "Run the command again; if that does not help, use another version of nanoff (--nanoff)."),
        [4000] = NoBootLoader,
        [4001] = new("There is no firmware for a flash of this size.",
        "nanoFramework needs 4, 8, 16 or 32 MB. Is it really this board?"),
        [4002] = new("The board's flash could not be erased.", OtherCable),
        [4003] = new("The firmware could not be written to the board's flash.", OtherCable),
        [4004] = new("The board's flash could not be read.", OtherCable),
        [4005] = PortGone,
        [5022] = new("What was read back from the flash is not what was written.", OtherCable),
        [6000] = PortGone,
        [6001] = new("nanoff was given no serial port.", "Name it with --port."),
        [6002] = PortBusy,
        [7000] = new("nanoff does not support that board.", "Check --board: is it really this chip?"),
        [9000] = new("This nanoff does not know an argument that it was given.",
        "Update nanoff: dotnet tool update -g nanoff (or name another with --nanoff)."),
        [9005] = new("nanoFramework's server has no firmware for this target in this version.",
        "Check --target and --firmware-version. The application is built for the pinned version, so another one may refuse to load it."),
        [9006] = new("nanoff could not make its folder for downloads.",
        "Free some disk space, and check that the home folder is writable."),
        [9007] = new("The firmware could not be downloaded.",
        "Check the internet connection (nanoFramework's server is at Cloudsmith; HTTPS_PROXY names a proxy), then run the command again."),
        [9008] = new("nanoff did not find the image.", "Check --image."),
        [9009] = new("nanoff did not accept the deployment address.", "Update nanoff: dotnet tool update -g nanoff."),
        [9010] = new("nanoff found no board.", OtherCable),
        [9015] = new("The firmware is not in nanoff's archive.", "Check --target and --firmware-version."),
    };

    /// <summary>The board does not answer nanoFramework's wire protocol.</summary>
    public static Problem NoAnswer => new(
        "The board does not answer: its firmware is not running, or something else is using that port.",
        "Press the board's reset button (and remove any jumper on GPIO0), close serial monitors, and run the command again with --config.");

    /// <summary>The chip's boot loader does not answer.</summary>
    public static Problem NoBootLoader => new(
        "The chip's boot loader does not answer.",
        "Hold the BOOT button (or connect GPIO0 to GND), press reset (EN), and run the command again. " + OtherCable);

    /// <summary>The port cannot be opened.</summary>
    public static Problem PortGone => new(
        "The serial port cannot be opened.",
        "Is the board still plugged in? On Linux: are you in the group dialout (sudo usermod -aG dialout $USER, then log in again)?");

    /// <summary>Another program is using the port.</summary>
    public static Problem PortBusy => new(
        "Another program is using the serial port.",
        "Close serial monitors, Visual Studio and VS Code (their nanoFramework extension watches every port), then run the command again.");

    /// <summary>What a code means; null for 0.</summary>
    public static Problem? Explain(int code) =>
        code == 0 ? null
        : Known.GetValueOrDefault(code)
            ?? new($"nanoff ended with E{code.ToString(CultureInfo.InvariantCulture)}, which this tool does not know.",
                "Its own output is above. " + OtherCable);

    /// <summary>
    /// nanoff's own code. On Linux and macOS a process's exit code keeps only 8 bits of it (E2002 arrives as 210), so what nanoff prints
    /// comes first.
    /// </summary>
    public static int Of(int exitCode, IReadOnlyList<string> lines)
    {
        if (exitCode == 0)
        {
            return 0;
        }

        foreach (string line in lines.Reverse())
        {
            if (Printed().Match(line) is { Success: true } match)
            {
                return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return Known.Keys.FirstOrDefault(code => code == exitCode || (code & 0xFF) == exitCode, exitCode);
    }

    [GeneratedRegex(@"^(?:Error )?E(\d{4})\b")]
    private static partial Regex Printed();
}
