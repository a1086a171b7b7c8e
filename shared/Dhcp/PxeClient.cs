using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// What a netboot client says of itself in one request. One object serves all packets; fields, because a property is a call in the packet
/// path.
/// </summary>
public sealed class PxeClient
{
    /// <summary><see cref="Architecture"/> of a client that names none.</summary>
    public const int NoArchitecture = -1;

    private const int UuidLength = 16;
    private const int PxeClassLength = 9;

    // "PXEClien" and "HTTPClie", as the little-endian processors of boards and PCs read eight bytes at once.
    private const long PxeClassStart = 0x6e65696c43455850;
    private const long HttpClassStart = 0x65696c4350545448;

    // "iPXE" in the same way.
    private const int Ipxe = 0x45585069;

    /// <summary>PXE's boot item in option 43: type and layer, 4 bytes (PXE 2.1 table 2-6).</summary>
    private const int BootItemCode = 71;
    private const int BootItemLength = 4;

    /// <summary>iPXE's feature numbers in option 175 (its features.h): the range, and the one for HTTP.</summary>
    private const int FirstFeature = 0x10;
    private const int LastFeature = 0x29;
    private const int HttpFeature = 0x13;

    private const int ArchitectureDigits = 5;

    /// <summary>Option 93 of a Raspberry Pi's boot ROM.</summary>
    private const int RaspberryPi = 41;

    /// <summary>What kind of client it is.</summary>
    public ClientKind Kind;

    /// <summary>Where its row of <see cref="AnswerTable"/> begins; meaningless for <see cref="ClientKind.None"/>.</summary>
    internal int Row;

    /// <summary>The first architecture of its list that fits its class, or <see cref="NoArchitecture"/>.</summary>
    public int Architecture;

    /// <summary>The platform of <see cref="Architecture"/>.</summary>
    public Platform Platform;

    /// <summary>Where its SMBIOS UUID (16 bytes) is in the message's buffer, or -1.</summary>
    public int UuidOffset;

    /// <summary>
    /// Where PXE's boot item (4 bytes: type, layer) is in the message's buffer, or -1. A client with one wants it echoed.
    /// </summary>
    public int BootItemOffset;

    /// <summary>Reads what <paramref name="message"/> says. It must have been parsed without a fault.</summary>
    public void Read(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        ushort[] places = message.Places;
        int at = places[DhcpOption.VendorClass];
        bool http = false;
        bool netboots = false;
        if (at != 0 && buffer[at + 1] >= PxeClassLength)
        {
            // What follows the nine or ten letters differs by machine and is not compared (D4-12: "PXEClient:Arch:00007:UNDI:003016").
            long start = BitConverter.ToInt64(buffer, at + DhcpMessage.OptionHeader);
            if (start == PxeClassStart)
            {
                netboots = buffer[at + 10] == 't';
            }
            else if (start == HttpClassStart)
            {
                http = buffer[at + 10] == 'n' && buffer[at + 11] == 't' && buffer[at + 1] > PxeClassLength;
                netboots = http;
            }
        }

        at = places[DhcpOption.UserClass];
        bool ipxe = at != 0 && HasIpxe(buffer, at + DhcpMessage.OptionHeader);
        UuidOffset = -1;
        BootItemOffset = -1;
        if (!netboots && !ipxe)
        {
            Kind = ClientKind.None;
            Architecture = NoArchitecture;
            Platform = Platform.Unknown;
            return;
        }

        ReadArchitecture(message, http);
        at = places[DhcpOption.MachineIdentifier];
        if (at != 0 && buffer[at + 1] == UuidLength + 1 && buffer[at + DhcpMessage.OptionHeader] == 0)
        {
            UuidOffset = at + DhcpMessage.OptionHeader + 1;
        }

        if (places[DhcpOption.VendorSpecific] != 0)
        {
            BootItemOffset = FindBootItem(message);
        }

        Row = AnswerTable.RowOf[(int)Says(message, http, ipxe)];
        Kind = (ClientKind)AnswerTable.Rows[Row + AnswerTable.Kind];
    }

    private static bool IsIpxe(byte[] buffer, int offset, int length) => length == 4 && BitConverter.ToInt32(buffer, offset) == Ipxe;

    private static bool HasIpxe(byte[] buffer, int offset)
    {
        int left = buffer[offset - 1];
        if (IsIpxe(buffer, offset, left))
        {
            return true;
        }

        // RFC 3004: a list of counted classes.
        while (left > 1)
        {
            int length = buffer[offset++];
            left--;
            if (length == 0 || length > left)
            {
                return false;
            }

            if (IsIpxe(buffer, offset, length))
            {
                return true;
            }

            offset += length;
            left -= length;
        }

        return false;
    }

    private static bool LacksHttp(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int place = message.Places[DhcpOption.Ipxe];
        if (place == 0)
        {
            return false;
        }

        int first = place + DhcpMessage.OptionHeader;
        int last = first + buffer[place + 1] - 1;
        for (int offset = first; offset < last; offset += 2 + buffer[offset + 1])
        {
            if (buffer[offset] == HttpFeature)
            {
                return false;
            }
        }

        // One that lists no features at all is taken at its best.
        for (int offset = first; offset < last; offset += 2 + buffer[offset + 1])
        {
            int code = buffer[offset];
            if (code >= FirstFeature && code <= LastFeature)
            {
                return true;
            }
        }

        return false;
    }

    private static int FindBootItem(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.VendorSpecific);
        int end = offset + message.LengthOf(DhcpOption.VendorSpecific);
        while (offset + 1 < end && buffer[offset] != DhcpOption.End)
        {
            if (buffer[offset] == DhcpOption.Pad)
            {
                offset++;
                continue;
            }

            int length = buffer[offset + 1];
            if (length > end - offset - 2)
            {
                return -1;
            }

            if (buffer[offset] == BootItemCode && length == BootItemLength)
            {
                return offset + 2;
            }

            offset += 2 + length;
        }

        return -1;
    }

    private ClientSays Says(DhcpMessage message, bool http, bool ipxe)
    {
        if (!ipxe && (Architecture == RaspberryPi || (Architecture == 0 && IsRaspberryPi(message))))
        {
            Platform = Platform.RaspberryPi;
            return ClientSays.RaspberryPi;
        }

        Platform platform = Platform;
        ClientSays says = platform == Platform.Bios ? ClientSays.Platform | ClientSays.Bios
            : platform == Platform.Unknown ? ClientSays.Nothing : ClientSays.Platform;
        if (ipxe)
        {
            return says | (LacksHttp(message) ? ClientSays.Ipxe | ClientSays.LacksHttp : ClientSays.Ipxe);
        }

        return http ? says | ClientSays.Http : says;
    }

    // Address ranges of Raspberry Pi: their ROM reports architecture 0 like a PC (Pi 5). Most other machines are told apart by the first
    // byte.
    private static bool IsRaspberryPi(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int rest = (buffer[DhcpMessage.HardwareAddressOffset + 1] << 8) | buffer[DhcpMessage.HardwareAddressOffset + 2];
        switch (buffer[DhcpMessage.HardwareAddressOffset])
        {
            case 0x28: return rest == 0xCDC1;
            case 0x2C: return rest == 0xCF67;
            case 0xB8: return rest == 0x27EB;
            case 0xD8: return rest == 0x3ADD;
            case 0xDC: return rest == 0xA632;
            case 0xE4: return rest == 0x5F01;
            default: return false;
        }
    }

    /// <summary>
    /// A list (RFC 4578 section 2.1): the first that we know and that fits the class wins, else the first that we know, else the first.
    /// </summary>
    private void ReadArchitecture(DhcpMessage message, bool http)
    {
        byte[] buffer = message.Buffer;
        int place = message.Places[DhcpOption.Architecture];
        int length = place == 0 ? 0 : buffer[place + 1];
        if (length < 2)
        {
            ReadArchitectureOfClass(message);
            return;
        }

        int at = place + DhcpMessage.OptionHeader;
        int architecture = (buffer[at] << 8) | buffer[at + 1];
        Platform platform = Platforms.Of(architecture);
        int end = at + length - 1;
        for (int next = at + 2; next < end && !Platforms.Fits(architecture, http); next += 2)
        {
            int other = (buffer[next] << 8) | buffer[next + 1];
            Platform otherPlatform = Platforms.Of(other);
            if (Platforms.Fits(other, http) || (platform == Platform.Unknown && otherPlatform != Platform.Unknown))
            {
                architecture = other;
                platform = otherPlatform;
            }
        }

        Architecture = architecture;
        Platform = platform;
    }

    /// <summary>Without option 93 (old Intel ROMs) the class itself says it: <c>PXEClient:Arch:00007:UNDI:003000</c>.</summary>
    private void ReadArchitectureOfClass(DhcpMessage message)
    {
        const string Mark = ":Arch:";
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.VendorClass);
        int length = message.LengthOf(DhcpOption.VendorClass);
        Architecture = NoArchitecture;
        Platform = Platform.Unknown;
        int colon = Octets.IndexOf(buffer, offset, length, (byte)':');
        if (colon < 0 || offset + length - colon < Mark.Length + ArchitectureDigits || !Octets.StartsWith(buffer, colon, length, Mark))
        {
            return;
        }

        int architecture = Octets.ParseNumber(buffer, colon + Mark.Length, ArchitectureDigits);
        if (architecture >= 0)
        {
            Architecture = architecture;
            Platform = Platforms.Of(architecture);
        }
    }
}
