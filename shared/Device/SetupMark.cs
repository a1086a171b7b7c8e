namespace Netboot.Device;

/// <summary>What the first start has to know from before a restart. Stored as its letter.</summary>
public enum SetupMark : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The access point was opened: it should run after the restart.</summary>
    Opened = (byte)'O',

    /// <summary>Its time was over: it stays closed until the next start after this one.</summary>
    Closed = (byte)'C',

    /// <summary>The Wi-Fi that is set was joined once: it is the right one, and only away when it is away.</summary>
    Proven = (byte)'P',
}
