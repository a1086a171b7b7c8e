using System;
using Netboot.Board;

namespace Netboot.Tests.Setup;

/// <summary>
/// A board that counts its restarts, with an access point whose configuration takes effect as a real one's, and randomness that counts up.
/// </summary>
public sealed class FakeBoard : IBoard, IAccessPoint, IRandomness, INetworkSetup
{
    private byte _random = 7;

    public string Target => "FAKE";

    public string FirmwareVersion => "0";

    public byte[] MacAddress { get; set; } = { 0x24, 0x6f, 0x28, 0x0a, 0xbc, 0x01 };

    public DateTime UtcNow => DateTime.MinValue;

    public int Restarts { get; private set; }

    public bool IsAllowed { get; set; } = true;

    public bool HasCredentials => Network != null;

    public bool IsOn { get; set; }

    public string OnName { get; set; }

    public string OnPassword { get; set; }

    /// <summary>Why opening and closing fail, or null.</summary>
    public string AccessPointFault { get; set; }

    /// <summary>The Wi-Fi that was entered, or null.</summary>
    public string Network { get; set; }

    public string WifiPassword { get; set; }

    /// <summary>Why a Wi-Fi is refused, or null.</summary>
    public string WifiFault { get; set; }

    public bool HasWifi => true;

    public bool HasRoom(int bytes) => true;

    public int FreeMemory() => 0;

    public void SetLed(bool lit)
    {
    }

    public void Reboot() => Restarts++;

    public bool IsOnAs(string name, string password) => IsOn && OnName == name && OnPassword == password;

    public string Open(string name, string password)
    {
        if (AccessPointFault == null)
        {
            IsOn = true;
            OnName = name;
            OnPassword = password;
        }

        return AccessPointFault;
    }

    public string Close()
    {
        if (AccessPointFault == null)
        {
            IsOn = false;
        }

        return AccessPointFault;
    }

    public void Fill(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = _random;
            _random += 37;
        }
    }

    public string Describe() => "";

    public string UseDhcp() => null;

    public string UseStatic(string address, string mask, string gateway, string dns) => null;

    public string UseWifi(string network, string password)
    {
        if (WifiFault == null)
        {
            Network = network;
            WifiPassword = password;
        }

        return WifiFault;
    }
}
