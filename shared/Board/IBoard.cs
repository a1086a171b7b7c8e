using System;

namespace Netboot.Board;

/// <summary>What the device asks of its board besides network and storage. A PC plays one too.</summary>
public interface IBoard
{
    /// <summary>The nanoFramework target, for instance <c>ESP32_WT32_ETH01</c>; <c>PC</c> for a virtual device.</summary>
    string Target { get; }

    /// <summary>Version of the nanoFramework firmware, or of .NET.</summary>
    string FirmwareVersion { get; }

    /// <summary>Address of the network card, 6 bytes, or null while it is not known.</summary>
    byte[] MacAddress { get; }

    /// <summary>The time, or <see cref="DateTime.MinValue"/> while nobody has told it (SNTP).</summary>
    DateTime UtcNow { get; }

    /// <summary>
    /// Free bytes of the managed heap after a collection. It stops every thread for a moment: for status and supervisor only.
    /// </summary>
    int FreeMemory();

    /// <summary>
    /// Whether a buffer of this many bytes can be had now: tried, for the sum that is free says nothing of the largest piece.
    /// </summary>
    bool HasRoom(int bytes);

    /// <summary>Lights the status LED or not; nothing happens on a board without one.</summary>
    void SetLed(bool lit);

    /// <summary>Starts the board anew: it does not return there. A virtual device returns and is started anew by whoever runs it.</summary>
    void Reboot();
}
