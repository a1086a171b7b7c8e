namespace Netboot.Logging;

/// <summary>Whose machines are the owner's: their lines come before those of strangers (see <see cref="LineLimit"/>).</summary>
public interface ILineOwners
{
    /// <summary>The clock by which lines are limited, in units of 10 ms.</summary>
    int Time { get; }

    /// <summary>Whether a machine, by its Ethernet address (6 bytes) or its IPv4 address (4 bytes), is in the settings or booted.</summary>
    bool IsOwners(byte[] address, int offset, int length);
}
