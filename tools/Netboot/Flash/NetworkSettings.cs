using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Netboot.Tool.Flash;

/// <summary>A fixed IPv4 address with its mask, gateway and name server.</summary>
internal sealed record FixedAddress(IPAddress Address, IPAddress Mask, IPAddress Gateway, IPAddress Dns);

/// <summary>A Wi-Fi network to join; an empty password means an open one.</summary>
internal sealed record WifiNetwork(string Name, string Password);

/// <summary>
/// What <c>nanoff --networkdeployment</c> writes into the board's configuration: an address by DHCP or a fixed one, and the Wi-Fi.
/// </summary>
internal sealed record NetworkSettings(FixedAddress? Fixed, WifiNetwork? Wifi)
{
    /// <summary>
    /// The environment variable that gives the Wi-Fi's password without a trace in the shell's history or the list of processes.
    /// </summary>
    public const string WifiVariable = "NETBOOT_WIFI_PASSWORD";

    private const int LongestWifiName = 32;
    private const int ShortestWifiPassword = 8;
    private const int LongestWifiPassword = 63;

    /// <summary>A fixed address from the options, or null if none was given. Throws with what is wrong.</summary>
    public static FixedAddress? Parse(string? address, string? mask, string? gateway, string? dns)
    {
        if (address == null)
        {
            string? lonely = mask != null ? "--mask" : gateway != null ? "--gateway" : dns != null ? "--dns" : null;
            return lonely == null
                ? null : throw new FlashRefusedException($"{lonely} belongs to a fixed address: give --address as well, or leave it out for DHCP.");
        }

        if (mask == null)
        {
            throw new FlashRefusedException("A fixed --address needs its --mask, such as 255.255.255.0.");
        }

        IPAddress own = ParseOne("--address", address);
        IPAddress net = ParseOne("--mask", mask);
        uint bits = Number(net);
        if (bits == 0 || (~bits & (~bits + 1)) != 0)
        {
            throw new FlashRefusedException($"--mask {mask} is not a subnet mask: it must be ones followed by zeros, such as 255.255.255.0.");
        }

        uint host = Number(own) & ~bits;
        if (~bits > 1 && (host == 0 || host == ~bits))
        {
            throw new FlashRefusedException($"--address {address} is the {(host == 0 ? "network's own" : "broadcast")} address for the mask {mask}.");
        }

        // nanoff cannot leave out either with a fixed address: 0.0.0.0 means that there is none.
        IPAddress router = gateway == null ? IPAddress.Any : ParseOne("--gateway", gateway);
        if (gateway != null && ((Number(router) ^ Number(own)) & bits) != 0)
        {
            throw new FlashRefusedException($"--gateway {gateway} is not in the subnet of {address} with the mask {mask}: the board could not reach it.");
        }

        return new FixedAddress(own, net, router, dns == null ? router : ParseOne("--dns", dns));
    }

    /// <summary>Why a network cannot be joined with this name and password, or null.</summary>
    public static string? Refusal(WifiNetwork wifi) =>
        Encoding.UTF8.GetByteCount(wifi.Name) is 0 or > LongestWifiName ? $"A Wi-Fi network's name has 1 to {LongestWifiName} bytes."
        : wifi.Password.Length == 0 || Encoding.UTF8.GetByteCount(wifi.Password) is >= ShortestWifiPassword and <= LongestWifiPassword
        ? null
        : $"A Wi-Fi password has {ShortestWifiPassword} to {LongestWifiPassword} characters (none for an open network).";

    /// <summary>The file for nanoff.</summary>
    public string ToJson(bool masked)
    {
        var node = new JsonObject { ["DhcpEnabled"] = Fixed == null, ["AutomaticDNS"] = Fixed == null };
        if (Fixed != null)
        {
            node["IPv4Address"] = Fixed.Address.ToString();
            node["IPv4NetMask"] = Fixed.Mask.ToString();
            node["IPv4Gateway"] = Fixed.Gateway.ToString();
            node["IPv4DNSAddress1"] = Fixed.Dns.ToString();

            // nanoff reads it even if there is only one name server, and an empty text is not an address.
            node["IPv4DNSAddress2"] = IPAddress.Any.ToString();
        }

        if (Wifi != null)
        {
            bool open = Wifi.Password.Length == 0;
            node["Ssid"] = Wifi.Name;
            node["Password"] = masked && !open ? Secrets.Cover : Wifi.Password;
            node["Authentication"] = open ? "Open" : "WPA2";
            node["Encryption"] = open ? "None" : "WPA2";
            node["RadioType"] = "802.11n";

            // Without this the board knows the network but does not join it when it starts.
            node["ConfigurationOption"] = "AutoConnect";
        }

        return JsonText.Write(new JsonObject { [Wifi == null ? "Ethernet" : "WirelessClient"] = node });
    }

    private static IPAddress ParseOne(string option, string text) =>
        text.Split('.').Length == 4 && IPAddress.TryParse(text, out IPAddress? address)
        && address.AddressFamily == AddressFamily.InterNetwork
            ? address
            : throw new FlashRefusedException($"{option} {text} is not an IPv4 address, such as 192.168.1.5.");

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
