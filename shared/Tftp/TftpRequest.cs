using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>
/// What a read or write request says. One object is used again for every request: it keeps places in the packet, not copies.
/// An option with a value out of its range counts as not asked for: the option is refused, not the request (RFC 2347).
/// </summary>
public sealed class TftpRequest
{
    private const string Octet = "octet";
    private const string TooLong = "request longer than 512 bytes";
    private const string NotEnded = "request not ended by NUL";
    private const string NoName = "request without a file name";
    private const string NoMode = "request without a mode";
    private const string NoValue = "option without a value";

    private byte[] _packet;
    private int _length;
    private int _at;

    /// <summary>Whether it is a write request.</summary>
    public bool IsWrite { get; private set; }

    /// <summary>Whether the mode is "octet", in any case of letters.</summary>
    public bool IsOctet { get; private set; }

    /// <summary>Where the file name starts in the packet.</summary>
    public int NameOffset { get; private set; }

    /// <summary>Bytes of the file name, as sent.</summary>
    public int NameLength { get; private set; }

    /// <summary>The block size asked for, or 0.</summary>
    public int BlockSize { get; private set; }

    /// <summary>Whether the size of the file was asked for.</summary>
    public bool WantsSize { get; private set; }

    /// <summary>The timeout asked for in seconds, or 0.</summary>
    public int Timeout { get; private set; }

    /// <summary>The window asked for in blocks, or 0.</summary>
    public int WindowSize { get; private set; }

    /// <summary>Whether the answer is an OACK; else it is the first block at once.</summary>
    public bool HasOptions => WantsSize || (BlockSize | Timeout | WindowSize) != 0;

    /// <summary>A number made of the name and the options: the same request sent again has the same one.</summary>
    public int Fingerprint { get; private set; }

    /// <summary>Why the packet is no valid request, or null when it is.</summary>
    public string Problem { get; private set; }

    /// <summary>
    /// Reads a packet that starts with opcode RRQ or WRQ. Gives false, and says why in <see cref="Problem"/>, when it is malformed.
    /// </summary>
    public bool Parse(byte[] packet, int length)
    {
        _packet = packet;
        _length = length;
        _at = 2;
        IsWrite = packet[1] == TftpPackets.WriteRequest;
        BlockSize = 0;
        WantsSize = false;
        Timeout = 0;
        WindowSize = 0;
        Problem = length > TftpPackets.MaxRequest ? TooLong : ReadFields();
        if (Problem != null)
        {
            return false;
        }

        // Of what counts, not of every byte: on a board a loop over 60 bytes takes 2 ms, and requests can come in floods.
        int fingerprint = (BlockSize << 12) ^ (WindowSize << 4) ^ Timeout ^ (WantsSize
            ? 1 << 30 : 0) ^ (IsWrite ? 1 << 29 : 0) ^ (IsOctet ? 1 << 28 : 0);
        int end = NameOffset + NameLength;
        for (int i = NameOffset; i < end; i++)
        {
            fingerprint = (fingerprint * 31) + packet[i];
        }

        Fingerprint = fingerprint;
        return true;
    }

    private string ReadFields()
    {
        NameOffset = _at;
        NameLength = NextField();
        if (NameLength <= 0)
        {
            return NameLength < 0 ? NotEnded : NoName;
        }

        int mode = _at;
        int modeLength = NextField();
        if (modeLength <= 0)
        {
            return modeLength < 0 && mode < _length ? NotEnded : NoMode;
        }

        IsOctet = Octets.IsIgnoreCase(_packet, mode, modeLength, Octet);
        bool sizeSeen = false;
        bool blockSizeSeen = false;
        bool timeoutSeen = false;
        bool windowSeen = false;
        while (_at < _length)
        {
            int name = _at;
            int nameLength = NextField();
            if (nameLength == 0)
            {
                // Some ROMs send a request out of a buffer of fixed size, filled up with NULs: an empty name ends the options.
                return null;
            }

            int value = _at;
            int valueLength = nameLength < 0 ? -1 : NextField();
            if (valueLength < 0)
            {
                return value < _length ? NotEnded : NoValue;
            }

            // RFC 2347: names in any case, an option once (the first one counts), unknown ones ignored.
            int number = Octets.ParseNumber(_packet, value, valueLength);
            if (Octets.IsIgnoreCase(_packet, name, nameLength, TftpPackets.BlockSizeOption))
            {
                BlockSize = blockSizeSeen ? BlockSize : InRange(number, TftpPackets.MinBlockSize, TftpPackets.MaxBlockSize);
                blockSizeSeen = true;
            }
            else if (Octets.IsIgnoreCase(_packet, name, nameLength, TftpPackets.SizeOption))
            {
                // RFC 2349 has 0 here; any number is a question for the size.
                WantsSize = sizeSeen ? WantsSize : number >= 0;
                sizeSeen = true;
            }
            else if (Octets.IsIgnoreCase(_packet, name, nameLength, TftpPackets.TimeoutOption))
            {
                Timeout = timeoutSeen ? Timeout : InRange(number, 1, TftpPackets.LongestTimeout);
                timeoutSeen = true;
            }
            else if (Octets.IsIgnoreCase(_packet, name, nameLength, TftpPackets.WindowOption))
            {
                WindowSize = windowSeen ? WindowSize : InRange(number, 1, 65535);
                windowSeen = true;
            }
        }

        return null;
    }

    private static int InRange(int number, int least, int most) => number >= least && number <= most ? number : 0;

    // The length of the NUL-terminated field at _at, which moves past it, or -1 when there is none that ends.
    private int NextField()
    {
        int length = Octets.IndexOf(_packet, _at, _length - _at, 0);
        if (length < 0)
        {
            return -1;
        }

        length -= _at;
        _at += length + 1;
        return length;
    }
}
