using Netboot.Bytes;

namespace Netboot.Device;

/// <summary>
/// A fixed address as somebody entered it, checked before the platform gets it: the platform stores anything, and the board is gone then.
/// </summary>
public static class StaticAddress
{
    /// <summary>
    /// What is wrong with these dotted texts, or null. <paramref name="gateway"/> and <paramref name="dns"/> may be empty or null.
    /// </summary>
    public static string Fault(string address, string mask, string gateway, string dns)
    {
        byte[] maskBytes = AddressText.Parse(mask);
        if (maskBytes == null || !AddressText.IsMask(maskBytes))
        {
            return "'" + mask + "' is not a subnet mask such as 255.255.255.0";
        }

        byte[] addressBytes = AddressText.Parse(address);
        if (addressBytes == null || !AddressText.IsHost(addressBytes, maskBytes))
        {
            return "'" + address + "' is not a usable device address with mask " + mask;
        }

        if (!string.IsNullOrEmpty(gateway))
        {
            byte[] gatewayBytes = AddressText.Parse(gateway);
            if (gatewayBytes == null || !AddressText.IsHost(gatewayBytes, maskBytes)
                || !AddressText.SameNetwork(addressBytes, gatewayBytes, maskBytes))
            {
                return "'" + gateway + "' is not a gateway in the network of " + address;
            }
        }

        if (!string.IsNullOrEmpty(dns) && AddressText.Parse(dns) == null)
        {
            return "'" + dns + "' is not a name server address";
        }

        return null;
    }
}
