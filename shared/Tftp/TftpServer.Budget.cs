namespace Netboot.Tftp;

/// <content>
/// What an address that never answered may get. A request can carry anybody's address, and RFC 1350 knows no handshake: one without options is answered with
/// the first block, 544 bytes on the wire for some 45. With options (RFC 2347) the first answer is an OACK, hardly longer than what asked for it: it needs no
/// budget. All PXE firmware, iPXE, U-Boot and GRUB ask with options; without are the ROM of the Raspberry Pi 3, tftp-hpa, BusyBox: they cannot be refused.
/// So an address gets one first block in advance, not sent again by itself (dnsmasq sends such a block for two minutes), and the next when four times its
/// own bytes, headers of IP and UDP included, pay for all of them. Once it has answered to our port it has what it asks for.
/// </content>
public sealed partial class TftpServer
{
    /// <summary>Bytes that go to an address that never answered for each byte that came from it, the first block apart.</summary>
    public const int LargestFactor = 4;

    // IP and UDP.
    private const int HeadersSize = 28;

    // A value in the table counts units of this many bytes; a block is so many.
    private const int Unit = 16;
    private const int BlockUnits = (HeadersSize + TftpPackets.HeaderSize + TftpPackets.DefaultBlockSize) / Unit;

    // Values: nothing heard yet; from 1, a block in debt, up to Full, a block to spend; it has answered.
    private const int Unheard = 0;
    private const int Even = 1 + BlockUnits;
    private const int Full = Even + BlockUnits;
    private const int Answered = 255;

    // A value for each address of a subnet of 254, by its last byte; addresses of larger ones share. Made with the first request without options, and gone
    // with the port that they answered to.
    private byte[] _credit;

    // Whether a request of so many bytes from there may be answered with a block, which is then paid.
    private bool MayAnswerWithBlock(int address, int length)
    {
        if (_credit == null)
        {
            _credit = new byte[256];
        }

        int slot = Slot(address);
        int has = _credit[slot];
        if (has == Answered)
        {
            return true;
        }

        bool may = has == Unheard;
        has = (may ? Even : has) + ((length + HeadersSize) * LargestFactor / Unit);
        has = has < Full ? has : Full;
        may = may || has == Full;
        _credit[slot] = (byte)(may ? has - BlockUnits : has);
        return may;
    }

    private bool HasAnswered(int address)
    {
        return _credit != null && _credit[Slot(address)] == Answered;
    }

    private void Trust(int address)
    {
        if (_credit != null)
        {
            _credit[Slot(address)] = Answered;
        }
    }

    private static int Slot(int address)
    {
        return (address ^ (address >> 8) ^ (address >> 16) ^ (address >> 24)) & 0xFF;
    }
}
