using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>The numbers and the small packets of TFTP (RFC 1350, options of RFC 2347, 2348, 2349 and 7440).</summary>
public static class TftpPackets
{
    /// <summary>The well-known port: requests come to it, and nothing leaves from it.</summary>
    public const int Port = 69;

    /// <summary>
    /// The longest wait between repetitions that is granted, in seconds. RFC 2349 allows 255, but a client that asks for that and falls
    /// silent would keep its place for 25 minutes; curl asks for 6, U-Boot and atftp for 5. A longer one is not acknowledged: then the
    /// server's own times count.
    /// </summary>
    public const int LongestTimeout = 8;

    /// <summary>Opcode RRQ: a machine asks for a file.</summary>
    public const int ReadRequest = 1;

    /// <summary>Opcode WRQ: a machine wants to write one.</summary>
    public const int WriteRequest = 2;

    /// <summary>Opcode DATA.</summary>
    public const int Data = 3;

    /// <summary>Opcode ACK.</summary>
    public const int Ack = 4;

    /// <summary>Opcode ERROR.</summary>
    public const int Error = 5;

    /// <summary>Opcode OACK (RFC 2347).</summary>
    public const int OptionAck = 6;

    /// <summary>Error code 0: the message says what.</summary>
    public const int SeeMessage = 0;

    /// <summary>Error code 1: no such file. iPXE shows it as a calm "not found".</summary>
    public const int FileNotFound = 1;

    /// <summary>Error code 2: the answer to every write.</summary>
    public const int AccessViolation = 2;

    /// <summary>Error code 4: what cannot be served, such as netascii.</summary>
    public const int IllegalOperation = 4;

    /// <summary>Error code 5: a packet that belongs to no transfer.</summary>
    public const int UnknownTransfer = 5;

    /// <summary>Bytes before the content of a DATA packet, and before the message of an ERROR.</summary>
    public const int HeaderSize = 4;

    /// <summary>The longest request that RFC 2347 allows.</summary>
    public const int MaxRequest = 512;

    /// <summary>Block size without the option (RFC 1350).</summary>
    public const int DefaultBlockSize = 512;

    /// <summary>The smallest block size that may be asked for (RFC 2348).</summary>
    public const int MinBlockSize = 8;

    /// <summary>The largest that may be asked for (RFC 2348).</summary>
    public const int MaxBlockSize = 65464;

    /// <summary>
    /// The largest that is granted: 1500 bytes of Ethernet less IP (20), UDP (8) and TFTP (4) headers. PXE ROMs cannot put fragments
    /// together and lwIP on the board does not either. edk2 asks for exactly this one.
    /// </summary>
    public const int LargestGranted = 1468;

    /// <summary>
    /// The largest window that is granted (RFC 7440). edk2 asks for 4. More would only fill the send queue of the board's interface and
    /// oblige a stream from the mirror to keep more bytes for sending again.
    /// </summary>
    public const int LargestWindow = 4;

    /// <summary>The largest packet that is ever sent.</summary>
    public const int MaxPacket = HeaderSize + LargestGranted;

    // Longest error message sent; it has to fit a line on the machine's screen.
    private const int MaxMessage = 120;

    internal const string BlockSizeOption = "blksize";
    internal const string SizeOption = "tsize";
    internal const string TimeoutOption = "timeout";
    internal const string WindowOption = "windowsize";

    /// <summary>Writes an ERROR packet and gives its length.</summary>
    public static int WriteError(byte[] buffer, int code, string message)
    {
        int length = message.Length < MaxMessage ? message.Length : MaxMessage;
        buffer[0] = 0;
        buffer[1] = Error;
        buffer[2] = 0;
        buffer[3] = (byte)code;
        length = Octets.Utf8.GetBytes(message, 0, length, buffer, HeaderSize);
        buffer[HeaderSize + length] = 0;
        return HeaderSize + length + 1;
    }

    /// <summary>Starts an OACK packet and gives the place of its first option.</summary>
    public static int BeginOptionAck(byte[] buffer)
    {
        buffer[0] = 0;
        buffer[1] = OptionAck;
        return 2;
    }

    /// <summary>Writes one option with its value at <paramref name="at"/> and gives the place after it.</summary>
    public static int WriteOption(byte[] buffer, int at, string name, int value)
    {
        at += Octets.Utf8.GetBytes(name, 0, name.Length, buffer, at);
        buffer[at++] = 0;
        int divisor = 1;
        while (value / divisor > 9)
        {
            divisor *= 10;
        }

        for (; divisor > 0; divisor /= 10)
        {
            buffer[at++] = (byte)('0' + (value / divisor % 10));
        }

        buffer[at++] = 0;
        return at;
    }
}
