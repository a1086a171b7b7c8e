using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>What a netboot client says of itself in one request. One object serves all packets.</summary>
public sealed class PxeClient
{
    /// <summary><see cref="Architecture"/> of a client that names none.</summary>
    public const int NoArchitecture = -1;

    private const int UuidLength = 16;

    /// <summary>PXE's boot item in option 43: type and layer, 4 bytes (PXE 2.1 table 2-6).</summary>
    private const int BootItemCode = 71;
    private const int BootItemLength = 4;

    /// <summary>iPXE's feature numbers in option 175 (its features.h): the range, and the one for HTTP.</summary>
    private const int FirstFeature = 0x10;
    private const int LastFeature = 0x29;
    private const int HttpFeature = 0x13;

    private const int ArchitectureDigits = 5;

    /// <summary>The row of the table that serves it.</summary>
    public ClientKind Kind { get; private set; }

    /// <summary>The first architecture of its list that fits its class, or <see cref="NoArchitecture"/>.</summary>
    public int Architecture { get; private set; }

    /// <summary>The platform of <see cref="Architecture"/>.</summary>
    public Platform Platform { get; private set; }

    /// <summary>Where its SMBIOS UUID (16 bytes) is in the message's buffer, or -1.</summary>
    public int UuidOffset { get; private set; }

    /// <summary>Where PXE's boot item (4 bytes: type, layer) is in the message's buffer, or -1. A client with one wants it echoed.</summary>
    public int BootItemOffset { get; private set; }

    /// <summary>Reads what <paramref name="message"/> says. It must have been parsed without a fault.</summary>
    public void Read(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        ushort[] places = message.Places;
        int classPlace = places[DhcpOption.VendorClass];
        bool http = false;
        bool netboots = false;
        if (classPlace != 0)
        {
            int length = message.LengthAt(classPlace);
            http = IsHttpClass(buffer, classPlace + DhcpMessage.OptionHeader, length);
            netboots = http || IsPxeClass(buffer, classPlace + DhcpMessage.OptionHeader, length);
        }

        bool ipxe = places[DhcpOption.UserClass] != 0 && IsIpxe(message);
        Architecture = NoArchitecture;
        Platform = Platform.Unknown;
        UuidOffset = -1;
        BootItemOffset = -1;
        if (!netboots && !ipxe)
        {
            Kind = ClientKind.None;
            return;
        }

        ReadArchitecture(message, http);
        int place = places[DhcpOption.MachineIdentifier];
        if (place != 0 && message.LengthAt(place) == UuidLength + 1 && buffer[place + DhcpMessage.OptionHeader] == 0)
        {
            UuidOffset = place + DhcpMessage.OptionHeader + 1;
        }

        if (places[DhcpOption.VendorSpecific] != 0)
        {
            BootItemOffset = FindBootItem(message);
        }

        Kind = Classify(message, http, ipxe);
    }

    // What follows the nine or ten letters differs by machine and is not compared (D4-12: "PXEClient:Arch:00007:UNDI:003016"). Letter by letter: every packet
    // of the LAN comes here, and a loop over them costs three times as much.
    private static bool IsPxeClass(byte[] buffer, int offset, int length)
    {
        return length >= 9 && buffer[offset] == 'P' && buffer[offset + 1] == 'X' && buffer[offset + 2] == 'E' && IsClient(buffer, offset + 3);
    }

    private static bool IsHttpClass(byte[] buffer, int offset, int length)
    {
        return length >= 10 && buffer[offset] == 'H' && buffer[offset + 1] == 'T' && buffer[offset + 2] == 'T' && buffer[offset + 3] == 'P' && IsClient(buffer, offset + 4);
    }

    private static bool IsClient(byte[] buffer, int offset)
    {
        return buffer[offset] == 'C' && buffer[offset + 1] == 'l' && buffer[offset + 2] == 'i' && buffer[offset + 3] == 'e' && buffer[offset + 4] == 'n' && buffer[offset + 5] == 't';
    }

    private static bool IsIpxe(byte[] buffer, int offset, int length)
    {
        return length == 4 && buffer[offset] == 'i' && buffer[offset + 1] == 'P' && buffer[offset + 2] == 'X' && buffer[offset + 3] == 'E';
    }

    private static bool IsIpxe(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.UserClass);
        int left = message.LengthOf(DhcpOption.UserClass);
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
        int first = message.OffsetOf(DhcpOption.Ipxe);
        int last = first + message.LengthOf(DhcpOption.Ipxe) - 1;
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

    private ClientKind Classify(DhcpMessage message, bool http, bool ipxe)
    {
        if (ipxe)
        {
            return LacksHttp(message) ? ClientKind.IpxeWithoutHttp : ClientKind.Ipxe;
        }

        if (Architecture == Architectures.RaspberryPi || (Architecture == 0 && IsRaspberryPi(message)))
        {
            Platform = Platform.RaspberryPi;
            return ClientKind.RaspberryPi;
        }

        if (Platform == Platform.Unknown)
        {
            return ClientKind.Other;
        }

        if (http)
        {
            return ClientKind.UefiHttp;
        }

        return Platform == Platform.Bios ? ClientKind.BiosPxe : ClientKind.UefiPxe;
    }

    // Address ranges of Raspberry Pi: their ROM says architecture 0 like a PC (Pi 5). Most other machines are told apart by the first byte.
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

    /// <summary>A list (RFC 4578 section 2.1): the first that we know and that fits the class wins, else the first that we know, else the first.</summary>
    private void ReadArchitecture(DhcpMessage message, bool http)
    {
        byte[] buffer = message.Buffer;
        int place = message.Places[DhcpOption.Architecture];
        int length = place == 0 ? 0 : message.LengthAt(place);
        if (length < 2)
        {
            ReadArchitectureOfClass(message);
            return;
        }

        int first = NoArchitecture;
        Platform firstPlatform = Platform.Unknown;
        int end = place + DhcpMessage.OptionHeader + length - 1;
        for (int offset = place + DhcpMessage.OptionHeader; offset < end; offset += 2)
        {
            int architecture = (buffer[offset] << 8) | buffer[offset + 1];
            Platform platform = Architectures.PlatformOf(architecture);
            bool fits = length == 2 || (platform != Platform.Unknown && Architectures.IsHttp(architecture) == http);
            if (fits || first == NoArchitecture || (firstPlatform == Platform.Unknown && platform != Platform.Unknown))
            {
                first = architecture;
                firstPlatform = platform;
            }

            if (fits)
            {
                break;
            }
        }

        Architecture = first;
        Platform = firstPlatform;
    }

    /// <summary>Without option 93 (old Intel ROMs) the class itself says it: <c>PXEClient:Arch:00007:UNDI:003000</c>.</summary>
    private void ReadArchitectureOfClass(DhcpMessage message)
    {
        const string Mark = ":Arch:";
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.VendorClass);
        int length = message.LengthOf(DhcpOption.VendorClass);
        int colon = Octets.IndexOf(buffer, offset, length, (byte)':');
        if (colon < 0 || offset + length - colon < Mark.Length + ArchitectureDigits || !Octets.StartsWith(buffer, colon, length, Mark))
        {
            return;
        }

        int architecture = Octets.ParseNumber(buffer, colon + Mark.Length, ArchitectureDigits);
        if (architecture >= 0)
        {
            Architecture = architecture;
            Platform = Architectures.PlatformOf(architecture);
        }
    }
}
