using Netboot.Logging;

namespace Netboot.Settings;

/// <summary>The sections of the settings text. All but the last two are there once and have no title.</summary>
public enum SettingsSection : byte
{
    /// <summary>[device]: the board itself.</summary>
    Device = 0,

    /// <summary>[mirror]: the HTTP server that holds the big files.</summary>
    Mirror = 1,

    /// <summary>[boot]: the profile of machines that are not listed.</summary>
    Boot = 2,

    /// <summary>[loaders]: loader files other than the built-in defaults.</summary>
    Loaders = 3,

    /// <summary>[page]: the web page.</summary>
    Page = 4,

    /// <summary>[console]: the serial console.</summary>
    Console = 5,

    /// <summary>[log]: what becomes of the device's log.</summary>
    Log = 6,

    /// <summary>[dhcp]: whom the device answers.</summary>
    Dhcp = 7,

    /// <summary>[profile NAME]: something to boot.</summary>
    Profile = 8,

    /// <summary>[machine MAC]: one computer.</summary>
    Machine = 9,
}
