namespace Netboot.Firmware;

/// <summary>
/// Pins that no setting may take, whatever the board: the chip runs its program from the flash on some, and what nanoff talks to is on
/// others. nanoFramework itself keeps them free only where it finds PSRAM. The numbers are those of Espressif's datasheets. ESP32: 6, 7, 8
/// and 11 flash, 1 and 3 UART0; 9 and 10 are free on an ESP32-PICO, as in the M5StickC. ESP32-S3: 26 to 37 flash and PSRAM, 19 and 20 USB,
/// 43 and 44 UART0. ESP32-C3: 11 to 17 flash, 18 and 19 USB, 20 and 21 UART0. For other chips none are listed here.
/// </summary>
internal static class ReservedPins
{
    /// <summary>Why one is refused.</summary>
    internal const string Reason = "this chip needs that pin for its flash, its USB or its serial line";

    /// <summary>Whether a pin is reserved on the chip of this nanoFramework target.</summary>
    internal static bool Has(string target, int pin)
    {
        if (target.IndexOf("S3") >= 0)
        {
            return (pin >= 26 && pin <= 37) || pin == 19 || pin == 20 || pin == 43 || pin == 44;
        }

        if (target.IndexOf("C3") >= 0)
        {
            return pin >= 11 && pin <= 21;
        }

        // The classic ESP32's targets are named after boards too.
        bool other = target.IndexOf("P4") >= 0 || target.IndexOf("C6") >= 0 || target.IndexOf("H2") >= 0 || target.IndexOf("S2") >= 0
            || target.IndexOf("C5") >= 0 || target.IndexOf("C2") >= 0;
        return !other && (pin == 1 || pin == 3 || pin == 6 || pin == 7 || pin == 8 || pin == 11);
    }
}
