using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>
/// What a read or write request says. One object is used again for every request: it keeps places in the packet, not copies.
/// An option with a value out of its range counts as not asked for: the option is refused, not the request (RFC 2347).
/// </summary>
public sealed class TftpRequest
{
    private const string TooLong = "request longer than 512 bytes";
    private const string NotEnded = "request not ended by NUL";
    private const string NoName = "request without a file name";
    private const string NoMode = "request without a mode";
    private const string NoValue = "option without a value";

    // The options, one bit each.
    private const int BlockSizeBit = 1;
    private const int SizeBit = 2;
    private const int TimeoutBit = 4;
    private const int WindowBit = 8;

    /// <summary>Whether it is a write request.</summary>
    public bool IsWrite;

    /// <summary>Whether the mode is "octet", in any case of letters.</summary>
    public bool IsOctet;

    /// <summary>Where the file name starts in the packet.</summary>
    public int NameOffset;

    /// <summary>Bytes of the file name, as sent.</summary>
    public int NameLength;

    /// <summary>The block size asked for, or 0.</summary>
    public int BlockSize;

    /// <summary>Whether the size of the file was asked for.</summary>
    public bool WantsSize;

    /// <summary>The timeout asked for in seconds, or 0.</summary>
    public int Timeout;

    /// <summary>The window asked for in blocks, or 0.</summary>
    public int WindowSize;

    /// <summary>A number made of the name and the options: the same request sent again has the same one.</summary>
    public int Fingerprint;

    private byte[] _packet;
    private int _length;
    private int _at;

    /// <summary>Whether the answer is an OACK; else it is the first block at once.</summary>
    public bool HasOptions => WantsSize || (BlockSize | Timeout | WindowSize) != 0;

    /// <summary>
    /// Reads a packet that starts with opcode RRQ or WRQ. Gives null, or why it is no valid request.
    /// </summary>
    public string Parse(byte[] packet, int length)
    {
        _packet = packet;
        _length = length;
        _at = 2;
        IsWrite = packet[1] == TftpPackets.WriteRequest;
        BlockSize = 0;
        WantsSize = false;
        Timeout = 0;
        WindowSize = 0;
        string problem = length > TftpPackets.MaxRequest ? TooLong : ReadFields();
        if (problem != null)
        {
            return problem;
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
        return null;
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

        IsOctet = Octets.IsIgnoreCase(_packet, mode, modeLength, "octet");
        int seen = 0;
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

            // RFC 2347: an option once (the first one counts), unknown ones ignored.
            int option = OptionOf(name, nameLength);
            if ((seen & option) == 0)
            {
                seen |= option;
                Take(option, Octets.ParseNumber(_packet, value, valueLength));
            }
        }

        return null;
    }

    // By its name, in any case of letters (RFC 2347); 0 for one that is not known.
    private int OptionOf(int name, int length) =>
        Octets.IsIgnoreCase(_packet, name, length, TftpPackets.BlockSizeOption) ? BlockSizeBit
        : Octets.IsIgnoreCase(_packet, name, length, TftpPackets.SizeOption) ? SizeBit
        : Octets.IsIgnoreCase(_packet, name, length, TftpPackets.TimeoutOption) ? TimeoutBit
        : Octets.IsIgnoreCase(_packet, name, length, TftpPackets.WindowOption) ? WindowBit : 0;

    private void Take(int option, int number)
    {
        switch (option)
        {
            case BlockSizeBit:
                BlockSize = InRange(number, TftpPackets.MinBlockSize, TftpPackets.MaxBlockSize);
                break;
            case SizeBit:
                // RFC 2349 has 0 here; any number is a question for the size.
                WantsSize = number >= 0;
                break;
            case TimeoutBit:
                Timeout = InRange(number, 1, TftpPackets.LongestTimeout);
                break;
            case WindowBit:
                WindowSize = InRange(number, 1, 65535);
                break;
        }
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
