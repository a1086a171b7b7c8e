using Netboot.Firmware.Tests;

namespace System.Net.NetworkInformation;

public enum AuthenticationType : byte
{
    None = 0,
    Open = 4,
    WPA2 = 8,
}

public enum EncryptionType : byte
{
    None = 0,
    WPA2 = 3,
}

public enum RadioType : byte
{
    NotSpecified = 0,
    _802_11n = 8,
}

/// <summary>The station's configuration; only what was saved stays.</summary>
public sealed class Wireless80211Configuration
{
    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoConnect = 6,
    }

    public string Ssid { get; set; } = "";

    public string Password { get; set; } = "";

    public AuthenticationType Authentication { get; set; }

    public EncryptionType Encryption { get; set; }

    public ConfigurationOptions Options { get; set; } = ConfigurationOptions.Enable;

    internal int Saved { get; private set; }

    public static Wireless80211Configuration[] GetAllWireless80211Configurations() => new[] { FakePlatform.Station };

    public void SaveConfiguration() => Saved++;
}

/// <summary>The access point's configuration.</summary>
public sealed class WirelessAPConfiguration
{
    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 6,
    }

    public string Ssid { get; set; } = "";

    public string Password { get; set; } = "";

    public AuthenticationType Authentication { get; set; }

    public EncryptionType Encryption { get; set; }

    public RadioType Radio { get; set; }

    public byte Channel { get; set; }

    public byte MaxConnections { get; set; }

    public ConfigurationOptions Options { get; set; } = ConfigurationOptions.Disable;

    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() => new[] { FakePlatform.AccessPoint };

    public void SaveConfiguration()
    {
        // A firmware without WPA2 stores the password and leaves the network open.
        Authentication = FakePlatform.RefusesToStore ? AuthenticationType.Open : Authentication;
    }
}
