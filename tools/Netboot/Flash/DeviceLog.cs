using System.Text.RegularExpressions;

namespace Netboot.Tool.Flash;

/// <summary>What the device's log on the serial port says after a start: its address, or why there is none.</summary>
internal sealed partial class DeviceLog
{
    private string? _checksum;
    private string? _settingsRefusal;
    private string? _setup;
    private bool _clr;
    private bool _application;

    /// <summary>The page's address, once the device has said it.</summary>
    public Uri? Page { get; private set; }

    /// <summary>The firmware's build, once it has said it.</summary>
    public string? Build { get; private set; }

    /// <summary>Something that makes waiting longer useless, or null.</summary>
    public Problem? Fatal => _checksum == null ? null : new(
        $"Firmware{(Build == null ? "" : " " + Build)} and application do not match: {_checksum}",
        "Flash both in one go, without --firmware-version: the pinned version is the one that the application was built for.");

    /// <summary>Why the settings were refused, or null.</summary>
    public string? SettingsRefusal => _settingsRefusal;

    /// <summary>What most likely keeps a device that has said this much from answering.</summary>
    public Problem Silence =>
        Fatal
        ?? (Page != null
            ? new($"The device says that its page is at {Page}, but nothing answers there.",
            "Is this PC on the same network? Open the address in a browser.")
        : _setup != null
        ? new($"The device has joined no network and opened its own Wi-Fi. {_setup}",
        "Set the Wi-Fi there, or send it again with --config --wifi-ssid.")
        : _application
        ? new("The device is running, but has not reported an address.",
        "Is the network cable in, or the Wi-Fi's password right? Your router lists the address that it assigned. Set a fixed one with --config --address.")
        : _clr ? new("The firmware is running, but no application is.",
        "The application is not where the firmware looks for it: flash again without --config, with the right --board.")
        : new("Nothing was heard from the device.",
        "Press its reset button; remove any jumper on GPIO0. Your router lists the address that it assigned to the device. "
        + NanoffCodes.OtherCable));

    /// <summary>Takes a line of the log.</summary>
    public void Add(string line)
    {
        if (BuildLine().Match(line) is { Success: true } build)
        {
            // A new start: what an earlier one said no longer matters.
            Build = build.Groups[1].Value;
            _clr = true;
            _application = false;
            _checksum = null;
        }

        if (ChecksumLine().Match(line) is { Success: true } checksum)
        {
            _checksum = checksum.Groups[1].Value.TrimEnd(' ', '*');
        }

        _application |= line.Contains("[Init] ", StringComparison.Ordinal);
        if (SettingsLine().Match(line) is { Success: true } refusal)
        {
            _settingsRefusal = refusal.Groups[1].Value;
        }

        if (SetupLine().Match(line) is { Success: true } setup)
        {
            // The address in it is that of the device's own Wi-Fi, which this PC is not in.
            _setup = setup.Groups[1].Value.TrimEnd();
        }
        else if (PageLine().Match(line) is { Success: true } page && !page.Value.Contains("//0.0.0.0", StringComparison.Ordinal))
        {
            Page = new Uri(page.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"nanoCLR \(Build ([0-9.]+)\)")]
    private static partial Regex BuildLine();

    [GeneratedRegex(@"Invalid native checksum: (.+)")]
    private static partial Regex ChecksumLine();

    [GeneratedRegex(@"\[Init\] netboot\.cfg is not used: (.+)")]
    private static partial Regex SettingsLine();

    [GeneratedRegex(@"(Wi-Fi set-up: .+)")]
    private static partial Regex SetupLine();

    [GeneratedRegex(@"\[Init\] .*?(http://\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/)")]
    private static partial Regex PageLine();
}
