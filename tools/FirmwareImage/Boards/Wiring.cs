using System.Globalization;

namespace Netboot.FirmwareImage.Boards;

/// <summary>
/// What the firmware needs to know about the board that it runs on and cannot find out by itself. A pin is a GPIO's number, or null where
/// there is none.
/// </summary>
public sealed record Wiring(string Target, bool HasEthernet, int? Transmit, int? Receive, int? Led, bool LedIsActiveLow, int? Button)
{
    /// <summary>A pin as the settings write it: its number or <c>none</c>.</summary>
    public static string Pin(int? pin) => pin?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
