using Netboot.Bytes;

namespace Netboot.Logging;

/// <summary>How the entries of the log read: the ring keeps numbers and bytes, and a line is made when somebody reads it.</summary>
public interface ILineFormat
{
    /// <summary>
    /// Writes one line without its subsystem and its end. <paramref name="machine"/> holds, from <paramref name="machineOffset"/>, a length
    /// (0, 4 or 6) and then an IPv4 address or a MAC. What the numbers and the text mean is said at <see cref="LogEvent"/>.
    /// </summary>
    void Write(
        ByteWriter writer, LogEvent what, byte[] machine, int machineOffset, int number, int milliseconds, byte[] text, int textOffset,
        int textLength);
}
