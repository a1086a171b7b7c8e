namespace Netboot.Board;

/// <summary>
/// The board's own network settings: they live in the platform's configuration block and not in ours, so that
/// <c>nanoff --networkdeployment</c> writes them too. All take effect after a restart.
/// </summary>
public interface INetworkSetup
{
    /// <summary>Whether the board has Wi-Fi.</summary>
    bool HasWifi { get; }

    /// <summary>One line that says how the interface gets its address, and which it has now; no password.</summary>
    string Describe();

    /// <summary>Takes the address by DHCP. Gives null, or why not.</summary>
    string UseDhcp();

    /// <summary>Takes this address (dotted texts). Gives null, or why not.</summary>
    string UseStatic(string address, string mask, string gateway, string dns);

    /// <summary>Joins this Wi-Fi; <paramref name="password"/> is empty for an open one. Gives null, or why not.</summary>
    string UseWifi(string network, string password);
}
