namespace Netboot.Syslog;

/// <summary>Hears of the lines that machines send.</summary>
public interface ISyslogEvents
{
    /// <summary>
    /// A machine at this IPv4 address (4 bytes, only lent) sent a line of this severity, 0 to 7: <paramref name="length"/> bytes of
    /// <paramref name="text"/> from <paramref name="offset"/>.
    /// </summary>
    void Said(byte[] address, int severity, byte[] text, int offset, int length);
}
