using System;
using System.Device.Gpio;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Runtime.Native;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Firmware;

/// <summary>The ESP32 itself.</summary>
public sealed class Esp32Board : IBoard
{
    private readonly GpioPin _led;
    private readonly bool _ledIsActiveLow;
    private byte[] _mac;

    /// <summary>A board of this kind; <paramref name="gpio"/> drives its LED if it has one.</summary>
    public Esp32Board(TargetTraits traits, GpioController gpio)
    {
        Target = SystemInfo.TargetName;
        FirmwareVersion = SystemInfo.Version.ToString();
        _ledIsActiveLow = traits.LedIsActiveLow;
        if (traits.LedPin != TargetTraits.None)
        {
            _led = gpio.OpenPin(traits.LedPin, PinMode.Output);
            SetLed(false);
        }
    }

    /// <inheritdoc/>
    public string Target { get; }

    /// <inheritdoc/>
    public string FirmwareVersion { get; }

    /// <inheritdoc/>
    public byte[] MacAddress
    {
        get
        {
            if (_mac == null)
            {
                NetworkInterface lan = Interfaces.Find(Interfaces.Lan());
                byte[] mac = lan == null ? null : lan.PhysicalAddress;
                _mac = mac != null && mac.Length == 6 ? mac : null;
            }

            return _mac;
        }
    }

    /// <inheritdoc/>
    public DateTime UtcNow
    {
        get { return Clock.UtcNow; }
    }

    /// <inheritdoc/>
    public int FreeMemory()
    {
        return (int)nanoFramework.Runtime.Native.GC.Run(true);
    }

    /// <inheritdoc/>
    public bool HasRoom(int bytes)
    {
        return Memory.Has(bytes);
    }

    /// <inheritdoc/>
    public void SetLed(bool lit)
    {
        if (_led != null)
        {
            _led.Write(lit != _ledIsActiveLow);
        }
    }

    /// <inheritdoc/>
    public void Reboot()
    {
        Power.RebootDevice();

        // The restart may take a moment, and the caller must not go on in the meantime.
        Thread.Sleep(Timeout.Infinite);
    }
}
