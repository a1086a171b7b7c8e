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

    private static readonly byte[] PxeClass = Octets.Of("PXEClient");
    private static readonly byte[] HttpClass = Octets.Of("HTTPClient");
    private static readonly byte[] IpxeUserClass = Octets.Of("iPXE");
    private static readonly byte[] ArchitectureMark = Octets.Of(":Arch:");
    private const int ArchitectureDigits = 5;

    /// <summary>Address ranges of Raspberry Pi: their ROM says architecture 0 like a PC (Pi 5).</summary>
    private static readonly int[] RaspberryPiRanges = { 0xB827EB, 0xDCA632, 0xE45F01, 0x28CDC1, 0xD83ADD, 0x2CCF67 };

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
        int classOffset = message.OffsetOf(DhcpOption.VendorClass);
        int classLength = message.LengthOf(DhcpOption.VendorClass);

        // What follows the nine or ten letters differs by machine and is not compared (D4-12: "PXEClient:Arch:00007:UNDI:003016").
        bool pxe = Octets.StartsWith(buffer, classOffset, classLength, PxeClass);
        bool http = !pxe && Octets.StartsWith(buffer, classOffset, classLength, HttpClass);
        bool ipxe = IsIpxe(message);
        Architecture = NoArchitecture;
        Platform = Platform.Unknown;
        UuidOffset = -1;
        BootItemOffset = -1;
        if (!pxe && !http && !ipxe)
        {
            Kind = ClientKind.None;
            return;
        }

        ReadArchitecture(message, http);
        if (message.LengthOf(DhcpOption.MachineIdentifier) == UuidLength + 1 && buffer[message.OffsetOf(DhcpOption.MachineIdentifier)] == 0)
        {
            UuidOffset = message.OffsetOf(DhcpOption.MachineIdentifier) + 1;
        }

        if (message.LengthOf(DhcpOption.VendorSpecific) != 0)
        {
            BootItemOffset = FindBootItem(message);
        }

        Kind = Classify(message, http, ipxe);
    }

    private static bool IsIpxe(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.UserClass);
        int left = message.LengthOf(DhcpOption.UserClass);
        if (Octets.Is(buffer, offset, left, IpxeUserClass))
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

            if (Octets.Is(buffer, offset, length, IpxeUserClass))
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
        int offset = message.OffsetOf(DhcpOption.Ipxe);
        int end = offset + message.LengthOf(DhcpOption.Ipxe);
        bool features = false;
        while (offset + 1 < end)
        {
            int code = buffer[offset];
            int length = buffer[offset + 1];
            if (code == HttpFeature)
            {
                return false;
            }

            features |= code >= FirstFeature && code <= LastFeature;
            offset += 2 + length;
        }

        // One that lists no features at all is taken at its best.
        return features;
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

    private static bool IsRaspberryPi(DhcpMessage message)
    {
        int range = Octets.ReadInt32(message.Buffer, message.HardwareAddressOffset - 1) & 0xFFFFFF;
        for (int i = 0; i < RaspberryPiRanges.Length; i++)
        {
            if (range == RaspberryPiRanges[i])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list (RFC 4578 section 2.1): the first that we know and that fits the class wins, else the first that we know, else the first.</summary>
    private void ReadArchitecture(DhcpMessage message, bool http)
    {
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.Architecture);
        int length = message.LengthOf(DhcpOption.Architecture);
        if (length < 2)
        {
            ReadArchitectureOfClass(message);
            return;
        }

        for (int i = 0; i + 1 < length; i += 2)
        {
            int architecture = Octets.ReadUInt16(buffer, offset + i);
            Platform platform = Architectures.PlatformOf(architecture);
            bool fits = platform != Platform.Unknown && Architectures.IsHttp(architecture) == http;
            if (fits || Architecture == NoArchitecture || (Platform == Platform.Unknown && platform != Platform.Unknown))
            {
                Architecture = architecture;
                Platform = platform;
            }

            if (fits)
            {
                return;
            }
        }
    }

    /// <summary>Without option 93 (old Intel ROMs) the class itself says it: <c>PXEClient:Arch:00007:UNDI:003000</c>.</summary>
    private void ReadArchitectureOfClass(DhcpMessage message)
    {
        byte[] buffer = message.Buffer;
        int offset = message.OffsetOf(DhcpOption.VendorClass);
        int length = message.LengthOf(DhcpOption.VendorClass);
        int colon = Octets.IndexOf(buffer, offset, length, (byte)':');
        if (colon < 0 || offset + length - colon < ArchitectureMark.Length + ArchitectureDigits || !Octets.StartsWith(buffer, colon, length, ArchitectureMark))
        {
            return;
        }

        int architecture = Octets.ParseNumber(buffer, colon + ArchitectureMark.Length, ArchitectureDigits);
        if (architecture >= 0)
        {
            Architecture = architecture;
            Platform = Architectures.PlatformOf(architecture);
        }
    }
}
