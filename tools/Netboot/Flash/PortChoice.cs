namespace Netboot.Tool.Flash;

/// <summary>Picks the serial port when none was named.</summary>
internal static class PortChoice
{
    /// <summary>Stands for an unknown port with --what-if, where nothing is done.</summary>
    public const string Unknown = "PORT";

    private const string HowToName = "Name one with --port.";

    /// <summary>
    /// The only port that can be a board. Throws with a list if there are several, and with what to check if there is none.
    /// </summary>
    public static string Choose(IReadOnlyList<string> names)
    {
        string[] candidates = [.. names.Where(CanBeBoard).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        if (candidates.Length == 1)
        {
            return candidates[0];
        }

        string[] others = [.. names.Except(candidates)];
        throw new FlashRefusedException(candidates.Length > 1
            ? $"There are several serial ports: {string.Join(", ", candidates)}. Unplug the board and see which one disappears. {HowToName}"
            : "No board was found on a serial port. Does its cable have data lines, and is the driver for its USB chip (CP210x, CH340, FTDI) installed? "
                + "In WSL a USB port has to be attached first (usbipd)."
                + (others.Length == 0 ? "" : $" Other ports: {string.Join(", ", others)}. {HowToName}"));
    }

    // Linux lists the PC's own ttyS ports, macOS each port twice and its Bluetooth.
    private static bool CanBeBoard(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        return !name.StartsWith('/')
            || file.StartsWith("ttyUSB", StringComparison.Ordinal)
            || file.StartsWith("ttyACM", StringComparison.Ordinal)
            || (file.StartsWith("cu.", StringComparison.Ordinal) && !file.Contains("Bluetooth", StringComparison.OrdinalIgnoreCase)
                && !file.Contains("debug", StringComparison.OrdinalIgnoreCase)
                && !file.Contains("wlan", StringComparison.OrdinalIgnoreCase));
    }
}
