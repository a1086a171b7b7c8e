using Netboot.Api;
using Netboot.Logging;

namespace Netboot.Terminal;

/// <summary>The commands, in the order of <see cref="ConsoleCommands"/>.</summary>
public enum ConsoleCommand : byte
{
    /// <summary>Lists the commands.</summary>
    Help = 0,

    /// <summary>The state of the device.</summary>
    Status,

    /// <summary>All machines.</summary>
    Machines,

    /// <summary>The last boots of a machine.</summary>
    Why,

    /// <summary>Wake-on-LAN.</summary>
    Wake,

    /// <summary>One machine.</summary>
    Machine,

    /// <summary>Profiles.</summary>
    Profile,

    /// <summary>The settings.</summary>
    Show,

    /// <summary>Changes a setting.</summary>
    Set,

    /// <summary>The catalogue of loaders.</summary>
    Loaders,

    /// <summary>The log.</summary>
    Log,

    /// <summary>The board's address and Wi-Fi.</summary>
    Net,

    /// <summary>The password of the page.</summary>
    Password,

    /// <summary>Prints the settings.</summary>
    Backup,

    /// <summary>Takes settings.</summary>
    Restore,

    /// <summary>Starts the device anew.</summary>
    Reboot,

    /// <summary>Removes all settings.</summary>
    FactoryReset,
}
