using System;
using Netboot.Board;

namespace Netboot.Firmware;

/// <summary>
/// The chip's random number generator: on an ESP32 nanoFramework's Random is esp_random and has no seed (targetRandom.cpp). With the radio
/// on it is true randomness, and before the access point is opened for the first time the radio is on: a Wi-Fi target starts its station by
/// default (InitialiseWirelessDefaultConfig). With the radio off it is what the boot loader's entropy left, stirred.
/// </summary>
public sealed class HardwareRandom : IRandomness
{
    private readonly Random _random = new Random();

    /// <inheritdoc/>
    public void Fill(byte[] buffer)
    {
        _random.NextBytes(buffer);
    }
}
