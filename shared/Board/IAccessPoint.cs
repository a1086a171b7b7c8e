namespace Netboot.Board;

/// <summary>
/// The board's own Wi-Fi access point. Its configuration lives in the platform's block and takes effect at the next start, so opening and
/// closing end with a restart.
/// </summary>
public interface IAccessPoint
{
    /// <summary>Whether the board may open one: it has Wi-Fi and no Ethernet.</summary>
    bool IsAllowed { get; }

    /// <summary>Whether the board knows a Wi-Fi to join.</summary>
    bool HasCredentials { get; }

    /// <summary>Whether any access point is configured to run, since this start.</summary>
    bool IsOn { get; }

    /// <summary>Whether it runs under this name, protected by WPA2 with this password, at the set-up address.</summary>
    bool IsOnAs(string name, string password);

    /// <summary>Configures it with WPA2 for the next start, and keeps the station quiet beside it. Gives null, or why not.</summary>
    string Open(string name, string password);

    /// <summary>
    /// Configures it away for the next start, and lets the station join its Wi-Fi again if it knows one. Gives null, or why not.
    /// </summary>
    string Close();
}
