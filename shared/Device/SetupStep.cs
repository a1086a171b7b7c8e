namespace Netboot.Device;

/// <summary>What <see cref="SetupMode"/> wants done.</summary>
public enum SetupStep : byte
{
    /// <summary>Nothing.</summary>
    Stay = 0,

    /// <summary>Open the access point.</summary>
    Open,

    /// <summary>Close the access point.</summary>
    Close,

    /// <summary>The Wi-Fi that is set was joined for the first time: remember it.</summary>
    Joined,
}
