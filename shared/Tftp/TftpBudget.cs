namespace Netboot.Tftp;

/// <summary>
/// Who says whether a first block may go in advance to an address that never answered: it was paid for by what its machine sent by DHCP.
/// See <see cref="TftpBudget"/>.
/// </summary>
public interface IAdvance
{
    /// <summary>Takes one block of those that are paid for; false when there is none.</summary>
    bool TakeBlock();
}

/// <summary>
/// What an address that never answered may get: at most four times the bytes that were sent for it. A request can carry anybody's address,
/// and RFC 1350 knows no handshake: one without options is answered with the first block, 544 bytes on the wire for some 45. With options
/// (RFC 2347) the first answer is an OACK, hardly longer than what asked for it: it needs no budget. All PXE firmware, iPXE, U-Boot and
/// GRUB ask with options; without are the ROM of the Raspberry Pi 3, tftp-hpa, BusyBox: they cannot be refused. So a first block goes out
/// when a Pi's DHCP packet paid for it (the Pi 3 sends a DISCOVER, and no REQUEST that would tell its address, raspberrypi/firmware issue
/// 1699), else when the address's own requests did, the third or fourth one: tftp-hpa asks every 5 s. It is not sent again by itself
/// (dnsmasq sends such a block for two minutes). Who has answered gets what it asks for.
/// </summary>
internal sealed class TftpBudget
{
    // Bytes that go to an address that never answered for each byte that came for it.
    private const int LargestFactor = 4;

    // IP and UDP.
    private const int HeadersSize = 28;

    // A value in the table counts units of this many bytes; a block is so many.
    private const int Unit = 16;
    private const int BlockUnits = (HeadersSize + TftpPackets.HeaderSize + TftpPackets.DefaultBlockSize) / Unit;

    private readonly IAdvance _advance;

    // What requests without options have paid so far: a value for each address of a subnet of 254, by its last byte; addresses of larger
    // ones share. Made with the first that nothing else pays for, and gone with the last transfer.
    private byte[] _credit;

    internal TftpBudget(IAdvance advance)
    {
        _advance = advance;
    }

    /// <summary>Whether a request of so many bytes from there may be answered with a block, which is then paid.</summary>
    internal bool Pays(int address, int length)
    {
        if (_advance.TakeBlock())
        {
            return true;
        }

        if (_credit == null)
        {
            _credit = new byte[256];
        }

        int slot = (address ^ (address >> 8) ^ (address >> 16) ^ (address >> 24)) & 0xFF;
        int credit = _credit[slot] + ((length + HeadersSize) * LargestFactor / Unit);
        bool pays = credit >= BlockUnits;
        _credit[slot] = (byte)(pays ? 0 : credit);
        return pays;
    }

    /// <summary>Forgets who paid what.</summary>
    internal void Forget() => _credit = null;
}
