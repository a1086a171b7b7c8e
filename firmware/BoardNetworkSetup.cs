using System;
using System.Net.NetworkInformation;
using nanoFramework.Runtime.Native;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Logging;

namespace Netboot.Firmware;

/// <summary>
/// The platform's network settings. An address takes effect the moment it is set, which would cut off the page or the console that set it.
/// So it is set a little later, or when the board restarts before then. Wi-Fi settings are only stored.
/// </summary>
public sealed class BoardNetworkSetup : INetworkSetup, IPolled
{
    /// <summary>Time for an answer to reach whoever changed the address.</summary>
    private const int DelayMilliseconds = 1500;

    private const string NoAddress = "0.0.0.0";

    private readonly IStorage _storage;
    private readonly Log _log;
    private readonly NetworkInterfaceType _type;
    private readonly object _lock = new object();
    private string[] _pending;
    private bool _pendingDhcp;
    private long _due;

    /// <summary>The settings of the interface that the device serves.</summary>
    public BoardNetworkSetup(TargetTraits traits, IStorage storage, Log log)
    {
        _storage = storage;
        _log = log;
        _type = Interfaces.Lan();
        HasWifi = !traits.HasEthernet && _type == NetworkInterfaceType.Wireless80211 && Interfaces.Station() != null;
        Power.OnRebootEvent += Apply;
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "network settings"; }
    }

    /// <inheritdoc/>
    public bool HasWifi { get; }

    /// <inheritdoc/>
    public string Describe()
    {
        NetworkInterface lan = Interfaces.Find(_type);
        if (lan == null)
        {
            return "no network interface";
        }

        string text = _type == NetworkInterfaceType.Ethernet ? "Ethernet" : "Wi-Fi";
        if (_type == NetworkInterfaceType.Wireless80211)
        {
            Wireless80211Configuration station = Interfaces.Station();
            text += station == null || string.IsNullOrEmpty(station.Ssid) ? " (none set)" : " '" + station.Ssid + "'";
        }

        text += lan.IsDhcpEnabled ? ", address by DHCP: " : ", fixed address: ";
        text += lan.IPv4Address + ", mask " + lan.IPv4SubnetMask + ", gateway " + lan.IPv4GatewayAddress;
        string[] servers = lan.IPv4DnsAddresses;
        return servers.Length == 0 ? text : text + ", name server " + servers[0];
    }

    /// <inheritdoc/>
    public string UseDhcp()
    {
        return Plan(true, null);
    }

    /// <inheritdoc/>
    public string UseStatic(string address, string mask, string gateway, string dns)
    {
        string fault = StaticAddress.Fault(address, mask, gateway, dns);
        return fault ?? Plan(false, new[] { address, mask, gateway, dns });
    }

    /// <inheritdoc/>
    public string UseWifi(string network, string password)
    {
        if (!HasWifi)
        {
            return "this board has Ethernet, and its Wi-Fi stays off";
        }

        string fault = WifiCredentials.Fault(network, password);
        if (fault != null)
        {
            return fault;
        }

        try
        {
            if (!StoreStation(network, password ?? "", Wireless80211Configuration.ConfigurationOptions.AutoConnect))
            {
                return "the platform did not store it";
            }

            // A new Wi-Fi is not proven: see SetupMode.
            _storage.Delete(FirstStart.MarkFile);
            return null;
        }
        catch (Exception e)
        {
            return "the platform did not store it: " + e.Message;
        }
    }

    /// <summary>Goes back to the platform's defaults: DHCP, and no Wi-Fi network. Failures are logged.</summary>
    public void Forget()
    {
        try
        {
            if (Interfaces.Station() != null)
            {
                // Next to Ethernet the station stays off; elsewhere the platform's default is on, without a network.
                StoreStation(
                    "", "", HasWifi
                    ? Wireless80211Configuration.ConfigurationOptions.AutoConnect
                    : Wireless80211Configuration.ConfigurationOptions.Disable);
            }
        }
        catch (Exception e)
        {
            Fault(e);
        }

        Plan(true, null);
        Apply();
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        if (_due != 0 && now >= _due)
        {
            Apply();
        }
    }

    private static bool StoreStation(string network, string password, Wireless80211Configuration.ConfigurationOptions options)
    {
        Wireless80211Configuration station = Interfaces.Station();
        station.Ssid = network;
        station.Password = password;
        station.Authentication = password.Length == 0 ? AuthenticationType.Open : AuthenticationType.WPA2;
        station.Encryption = password.Length == 0 ? EncryptionType.None : EncryptionType.WPA2;
        station.Options = options;
        station.SaveConfiguration();
        Wireless80211Configuration stored = Interfaces.Station();
        return stored.Ssid == network && stored.Password == password;
    }

    private string Plan(bool dhcp, string[] addresses)
    {
        lock (_lock)
        {
            _pendingDhcp = dhcp;
            _pending = addresses;
            _due = DeviceClock.Now + DelayMilliseconds;
        }

        return null;
    }

    private void Apply()
    {
        lock (_lock)
        {
            if (_due == 0)
            {
                return;
            }

            _due = 0;
            NetworkInterface lan = Interfaces.Find(_type);
            try
            {
                if (_pendingDhcp)
                {
                    // Name servers that were set before need not be removed: the lease brings its own, and lwIP uses the last it was given.
                    lan.EnableDhcp();
                }
                else
                {
                    UseAddresses(lan);
                }
            }
            catch (Exception e)
            {
                // The platform stores the address first and then fails if the interface is not up (UpdateAdapterConfiguration): only report
                // a fault if it was not stored.
                NetworkInterface stored = Interfaces.Find(_type);
                if (stored == null || stored.IsDhcpEnabled != _pendingDhcp || (!_pendingDhcp && stored.IPv4Address != _pending[0]))
                {
                    Fault(e);
                    return;
                }
            }

            _log.Add(Subsystem.Init, LogEvent.Note, 0, Describe());
        }
    }

    private void UseAddresses(NetworkInterface lan)
    {
        string gateway = string.IsNullOrEmpty(_pending[2]) ? NoAddress : _pending[2];
        lan.EnableStaticIPv4(_pending[0], _pending[1], gateway);

        // Without a name server, the router is used: nearly every router is one.
        string dns = string.IsNullOrEmpty(_pending[3]) ? gateway : _pending[3];
        if (dns != NoAddress)
        {
            lan.EnableStaticIPv4Dns(new[] { dns });
        }
    }

    private void Fault(Exception e)
    {
        _log.Add(Subsystem.Init, LogEvent.Fault, 0, "network settings: " + e.Message);
    }
}
