using System.Text;

namespace Netboot.Device;

/// <summary>A Wi-Fi's name and password as somebody entered them, checked against what the platform can store.</summary>
public static class WifiCredentials
{
    /// <summary>
    /// Bytes of a name. 802.11 allows 32, but the firmware's field of 32 has a NUL at its end and it refuses longer ones
    /// (nanoHAL_Network.h:237).
    /// </summary>
    public const int LongestName = 31;

    /// <summary>WPA2's shortest passphrase.</summary>
    public const int ShortestPassword = 8;

    /// <summary>
    /// WPA2's longest passphrase; a key of 64 hexadecimal digits does not fit the firmware's field (nanoHAL_Network.h:240).
    /// </summary>
    public const int LongestPassword = 63;

    /// <summary>What is wrong, or null. An empty password is an open network's.</summary>
    public static string Fault(string network, string password)
    {
        int name = network == null ? 0 : Encoding.UTF8.GetBytes(network).Length;
        if (name == 0)
        {
            return "a Wi-Fi network needs a name";
        }

        if (name > LongestName)
        {
            return "the name may be at most 31 bytes long";
        }

        int length = password == null ? 0 : Encoding.UTF8.GetBytes(password).Length;
        if (length != 0 && (length < ShortestPassword || length > LongestPassword))
        {
            return "a Wi-Fi password must have 8 to 63 characters";
        }

        return null;
    }
}
