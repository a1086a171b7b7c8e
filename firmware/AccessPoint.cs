using System;
using System.Net.NetworkInformation;
using Netboot.Board;
using Netboot.Device;

namespace Netboot.Firmware;

/// <summary>
/// The platform's access point. Its configuration is stored and takes effect at the next start (facts 4.3, sample WiFiAP). WPA2 is the
/// best that can be asked for: the firmware turns it into mixed WPA/WPA2, and an empty password into an open network
/// (NF_ESP32_WirelessAP_Configure). So what was stored is read back before anything starts with it.
/// </summary>
public sealed class AccessPoint : IAccessPoint
{
    private const string Mask = "255.255.255.0";

    /// <summary>One of the three channels that do not overlap, allowed everywhere.</summary>
    private const byte Channel = 6;

    /// <summary>Stations at once: a phone and a laptop, and one more of each; each takes some of the radio's memory.</summary>
    private const byte Stations = 4;

    private const WirelessAPConfiguration.ConfigurationOptions Off = WirelessAPConfiguration.ConfigurationOptions.Disable;

    /// <summary>The access point of a board with this target.</summary>
    public AccessPoint(TargetTraits traits)
    {
        IsAllowed = !traits.HasEthernet && Interfaces.Lan() == NetworkInterfaceType.Wireless80211
            && Interfaces.Station() != null && Interfaces.AccessPoint() != null;
    }

    /// <inheritdoc/>
    public bool IsAllowed { get; }

    /// <inheritdoc/>
    public bool HasCredentials
    {
        get
        {
            Wireless80211Configuration station = Interfaces.Station();
            return station != null && !string.IsNullOrEmpty(station.Ssid);
        }
    }

    /// <inheritdoc/>
    public bool IsOn
    {
        get { return Interfaces.IsOn(Interfaces.AccessPoint()); }
    }

    /// <inheritdoc/>
    public bool IsOnAs(string name, string password)
    {
        WirelessAPConfiguration stored = Interfaces.AccessPoint();
        return Interfaces.IsOn(stored) && stored.Ssid == name && stored.Password == password
            && stored.Authentication == AuthenticationType.WPA2
            && Interfaces.Find(NetworkInterfaceType.WirelessAP).IPv4Address == FirstStart.Address;
    }

    /// <inheritdoc/>
    public string Open(string name, string password)
    {
        try
        {
            SetAddress();
            WirelessAPConfiguration configuration = Interfaces.AccessPoint();
            configuration.Ssid = name;
            configuration.Password = password;
            configuration.Authentication = AuthenticationType.WPA2;
            configuration.Encryption = EncryptionType.WPA2;
            configuration.Radio = RadioType._802_11n;
            configuration.Channel = Channel;
            configuration.MaxConnections = Stations;
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            configuration.SaveConfiguration();
            if (!IsOnAs(name, password))
            {
                Switch(Off);
                return "the platform did not store it";
            }

            // A station that looks for its network hops through the channels and takes the access point with it.
            SwitchStation(Wireless80211Configuration.ConfigurationOptions.Disable);
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public string Close()
    {
        try
        {
            // In this order: if power fails in between, the next start finds both on, and closes the access point.
            if (HasCredentials)
            {
                SwitchStation(Wireless80211Configuration.ConfigurationOptions.AutoConnect);
            }

            Switch(Off);
            return IsOn ? "the platform did not store it" : null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Switches station and access point off where they must not run: next to Ethernet. Broadcasts would leave by Wi-Fi (esp_netif prefers
    /// the station). And where the chip makes Ethernet's 50 MHz clock, its PLL is unstable while Wi-Fi is active, and Ethernet corrupts or
    /// hangs (wled/WLED#4703 citing Espressif). Returns true when something was switched off, which takes a restart.
    /// </summary>
    public static bool SwitchOffNextToEthernet()
    {
        if (Interfaces.Find(NetworkInterfaceType.Ethernet) == null)
        {
            return false;
        }

        bool station = Interfaces.IsOn(Interfaces.Station());
        bool accessPoint = Interfaces.IsOn(Interfaces.AccessPoint());
        if (station)
        {
            SwitchStation(Wireless80211Configuration.ConfigurationOptions.Disable);
        }

        if (accessPoint)
        {
            Switch(Off);
        }

        // Only what is off now is a reason to restart: a configuration that cannot be stored must not restart the board for ever.
        return (station && !Interfaces.IsOn(Interfaces.Station())) || (accessPoint && !Interfaces.IsOn(Interfaces.AccessPoint()));
    }

    private static void SetAddress()
    {
        NetworkInterface found = Interfaces.Find(NetworkInterfaceType.WirelessAP);
        if (found.IPv4Address == FirstStart.Address)
        {
            return;
        }

        try
        {
            found.EnableStaticIPv4(FirstStart.Address, Mask, FirstStart.Address);
        }
        catch (Exception)
        {
            // The platform stores it and then fails, because the access point is not up to take it (UpdateAdapterConfiguration). IsOnAs
            // checks that it was stored.
        }
    }

    private static void Switch(WirelessAPConfiguration.ConfigurationOptions options)
    {
        WirelessAPConfiguration configuration = Interfaces.AccessPoint();
        configuration.Options = options;
        configuration.SaveConfiguration();
    }

    private static void SwitchStation(Wireless80211Configuration.ConfigurationOptions options)
    {
        Wireless80211Configuration configuration = Interfaces.Station();
        configuration.Options = options;
        configuration.SaveConfiguration();
    }
}
