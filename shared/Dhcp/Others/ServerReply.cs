using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Reads what another server tells machines from its reply, which <see cref="DhcpMessage.Parse"/> must have called sound.
/// </summary>
public static class ServerReply
{
    private const int YiaddrOffset = 16;
    private const int SiaddrOffset = 20;
    private const int FileOffset = 108;

    /// <summary>Option 52: the file field holds options (RFC 2132 section 9.3).</summary>
    private const int OverloadFile = 1;

    /// <summary>iPXE's "no-pxedhcp" in option 175 (its dhcp.h): do not wait for proxies.</summary>
    private const int NoProxySetting = 176;

    /// <summary>What it tells; nothing when it is no OFFER or ACK.</summary>
    public static OtherServerKind KindOf(DhcpMessage reply)
    {
        if (reply.MessageType != DhcpMessageType.Offer && reply.MessageType != DhcpMessageType.Ack)
        {
            return OtherServerKind.None;
        }

        OtherServerKind kind = Octets.ReadInt32(reply.Buffer, YiaddrOffset) != 0 ? OtherServerKind.Dhcp : OtherServerKind.None;
        if (SendsBootOptions(reply))
        {
            kind |= OtherServerKind.Boot;
        }

        return SaysNoProxy(reply) ? kind | OtherServerKind.NoProxy : kind;
    }

    /// <summary>
    /// The server's address as four bytes in one number: what it calls itself (54), or the next server; 0 when it names neither.
    /// </summary>
    public static int AddressOf(DhcpMessage reply)
    {
        bool named = reply.LengthOf(DhcpOption.ServerIdentifier) == 4;
        return Octets.ReadInt32(reply.Buffer, named ? reply.OffsetOf(DhcpOption.ServerIdentifier) : SiaddrOffset);
    }

    // A next server (siaddr) alone does not count as one: plain routers with dnsmasq name themselves there.
    private static bool SendsBootOptions(DhcpMessage reply)
    {
        byte[] buffer = reply.Buffer;
        bool overloaded = reply.LengthOf(DhcpOption.Overload) == 1 && (buffer[reply.OffsetOf(DhcpOption.Overload)] & OverloadFile) != 0;
        if ((buffer[FileOffset] != 0 && !overloaded) || Says(reply, DhcpOption.BootFile) || Says(reply, DhcpOption.BootServerName))
        {
            return true;
        }

        int offset = reply.OffsetOf(DhcpOption.VendorClass);
        int length = reply.LengthOf(DhcpOption.VendorClass);
        return Octets.StartsWith(buffer, offset, length, "PXEClient") || Octets.StartsWith(buffer, offset, length, "HTTPClient");
    }

    private static bool Says(DhcpMessage reply, int code) => reply.LengthOf(code) != 0 && reply.Buffer[reply.OffsetOf(code)] != 0;

    private static bool SaysNoProxy(DhcpMessage reply)
    {
        byte[] buffer = reply.Buffer;
        int offset = reply.OffsetOf(DhcpOption.Ipxe);
        int end = offset + reply.LengthOf(DhcpOption.Ipxe);
        while (offset + 2 < end && buffer[offset] != DhcpOption.End)
        {
            if (buffer[offset] == DhcpOption.Pad)
            {
                offset++;
                continue;
            }

            if (buffer[offset] == NoProxySetting && buffer[offset + 1] == 1)
            {
                return buffer[offset + 2] != 0;
            }

            offset += 2 + buffer[offset + 1];
        }

        return false;
    }
}
