using System;
using Netboot.Board;

namespace Netboot.Firmware;

/// <summary>
/// The chip's random number generator: on an ESP32 nanoFramework's Random is esp_random and has no seed (targetRandom.cpp). With the
/// radio on, the numbers are truly random, and the radio is on before the access point is opened for the first time: a Wi-Fi target starts
/// its station by default (InitialiseWirelessDefaultConfig). With the radio off, they come from the entropy that the boot loader left.
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
