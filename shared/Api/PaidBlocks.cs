using Netboot.Dhcp;
using Netboot.Tftp;

namespace Netboot.Api;

/// <summary>
/// The first blocks that TFTP sends in advance: one for each DHCP packet of a Raspberry Pi, the one kind of firmware that asks for its
/// files without options. That packet is half a block long at least, so two packets in a Pi's name bring nobody more than twice their
/// bytes.
/// </summary>
public sealed class PaidBlocks : IAdvance
{
    /// <summary>What is left over of a boot is soon of no use to anybody but a forger.</summary>
    private const int Most = 2;

    private readonly DhcpService _dhcp;
    private int _taken;

    /// <summary>Paid for by what <paramref name="dhcp"/> hears.</summary>
    public PaidBlocks(DhcpService dhcp)
    {
        _dhcp = dhcp;
    }

    /// <inheritdoc/>
    public bool TakeBlock()
    {
        // By their difference, for the counter may pass the end of its 32 bits.
        int heard = _dhcp.RaspberryPis;
        if (heard - _taken > Most)
        {
            _taken = heard - Most;
        }

        bool isPaid = heard != _taken;
        _taken += isPaid ? 1 : 0;
        return isPaid;
    }
}
