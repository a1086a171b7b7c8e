using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Decides whether and how one request is answered: bytes in, bytes out. One object serves one thread; nothing is allocated for an answer.
/// </summary>
public sealed class DhcpResponder
{
    /// <summary>
    /// Set in the layer of a PXE boot item by a client that wants signed images (BIS); nobody can serve that, silence lets it go on.
    /// </summary>
    private const int BisLayer = 0x8000;

    private const int DefaultHttpPort = 80;
    private const int BootItemCode = 71;
    private const int BootItemLength = 4;

    // What a script's URL is made of, behind "http://" and the device's address; some UEFI firmware with iPXE built in takes a URL only
    // when it ends so (Sidero Booter's finding).
    private const string ScriptPath = "/boot.ipxe?mac=00-00-00-00-00-00";
    private const string PlatformKey = "&arch=";
    private const string ScriptEnd = "&.ipxe";
    private const string UuidKey = "&uuid=";
    private const int KeyLength = 6;

    // Where the address's text begins in the path.
    private const int MacOffset = 15;

    // No machine's platform: the URL buffer holds something else than the script's URL of one.
    private const Platform NoScriptUrl = (Platform)255;

    private readonly IOfferPolicy _policy;
    private readonly DhcpWriter _writer = new DhcpWriter();
    private readonly byte[] _url = new byte[DhcpWriter.MaximumBootfile];
    private readonly byte[] _bootItem = { DhcpOption.VendorSpecific, 7, BootItemCode, BootItemLength, 0, 0, 0, 0, 255 };

    // All pieces of URLs in one text: "http://ADDRESS/boot.ipxe?mac=", room for the address, then the three keys; and "tftp://ADDRESS/".
    private byte[] _httpPieces;
    private int _hostLength;
    private byte[] _tftpPrefix;
    private byte[] _address;

    // The URL buffer holds the script's URL for machines of this platform, but for their address.
    private Platform _urlPlatform = NoScriptUrl;
    private int _urlLength;

    /// <summary>A responder that asks <paramref name="policy"/> about each machine.</summary>
    public DhcpResponder(IOfferPolicy policy)
    {
        _policy = policy;
    }

    /// <summary>
    /// Sets the device's own address (4 bytes), which every answer names, and the port of its HTTP server (80 on a board).
    /// </summary>
    public void SetAddress(byte[] address, int httpPort)
    {
        _address = address;
        _writer.SetAddress(address);
        string host = "http://" + Text(UrlAuthority.Of(address, httpPort));
        _hostLength = host.Length;
        _httpPieces = Octets.Of(host + ScriptPath + PlatformKey + ScriptEnd + UuidKey);
        _urlPlatform = NoScriptUrl;
        _tftpPrefix = Octets.Of("tftp://" + Text(UrlAuthority.Of(address, DefaultHttpPort)) + "/");
    }

    /// <summary>
    /// Answers a parsed request that came to port 67 (<paramref name="bootServer"/> false) or 4011 (true): who asks, whether that calls for
    /// a reply, what is decided, what it says. <paramref name="answer"/> has all of it; its length is 0 for silence.
    /// </summary>
    public void Answer(DhcpMessage message, bool bootServer, DhcpAnswer answer)
    {
        answer.Length = 0;
        answer.Refusal = Refusal.None;
        PxeClient client = answer.Client;
        client.Read(message);
        if (client.Kind == ClientKind.None)
        {
            return;
        }

        int reply = ReplyType(message, client);
        if (reply == 0)
        {
            return;
        }

        _policy.Decide(message, client, answer);
        if (!bootServer && message.MessageType == DhcpMessageType.Request && !answer.AnswerRequest && !IsForUs(message, client))
        {
            answer.Refusal = Refusal.None;
            return;
        }

        if (answer.Refusal != Refusal.None)
        {
            return;
        }

        int row = client.Row;
        byte[] rows = AnswerTable.Rows;
        WriteBootfile((Bootfile)rows[row + AnswerTable.Form], message, answer);
        answer.Destination = bootServer ? ReplyDestination.Source : DestinationOf(message.Buffer);
        answer.Reply = _writer.Buffer;
        answer.Length = _writer.Write(message, reply, AnswerTable.Classes[rows[row + AnswerTable.Class]],
            PxeOption(message, answer, rows[row + AnswerTable.Pxe]), answer.Bootfile, answer.BootfileLength);
        if (answer.Length == 0)
        {
            answer.Refusal = Refusal.TooLong;
        }
    }

    private static string Text(byte[] bytes) => Octets.Text(bytes, 0, bytes.Length);

    // By giaddr and ciaddr.
    private static ReplyDestination DestinationOf(byte[] request)
    {
        if (BitConverter.ToInt32(request, DhcpMessage.RelayOffset) != 0)
        {
            return ReplyDestination.Relay;
        }

        return BitConverter.ToInt32(request, DhcpMessage.ClientOffset) != 0 ? ReplyDestination.Client : ReplyDestination.Broadcast;
    }

    /// <summary>
    /// The reply that a message calls for, 0 for none. On 67 a DISCOVER is offered to; a REQUEST that another server is to confirm is for
    /// that server (see <see cref="DhcpAnswer.AnswerRequest"/>). A boot item in option 43 is a boot server request, wherever it was sent
    /// (PXE 2.1 section 2.2.4).
    /// </summary>
    private static int ReplyType(DhcpMessage message, PxeClient client)
    {
        int bootItem = client.BootItemOffset;
        if (bootItem >= 0 && (Octets.ReadUInt16(message.Buffer, bootItem + 2) & BisLayer) != 0)
        {
            return 0;
        }

        switch (message.MessageType)
        {
            case DhcpMessageType.Discover:
                return DhcpMessageType.Offer;
            case DhcpMessageType.Request:
            case DhcpMessageType.Inform:
                return DhcpMessageType.Ack;
            default:
                return 0;
        }
    }

    private bool IsForUs(DhcpMessage message, PxeClient client) =>
        client.BootItemOffset >= 0
        || Octets.Is(message.Buffer, message.OffsetOf(DhcpOption.ServerIdentifier), message.LengthOf(DhcpOption.ServerIdentifier),
            _address);

    private byte[] PxeOption(DhcpMessage message, DhcpAnswer answer, int ofRow)
    {
        int bootItem = answer.Client.BootItemOffset;
        if (bootItem >= 0)
        {
            // A client that chose from a boot menu takes only an answer with its choice in it (PXE 2.1 section 3; iPXE's PXEBS request).
            Array.Copy(message.Buffer, bootItem, _bootItem, 4, BootItemLength);
            return _bootItem;
        }

        PxeOptionRule rule = answer.PxeOption;
        return rule == PxeOptionRule.Auto ? AnswerTable.PxeOptions[ofRow]
            : rule == PxeOptionRule.Send ? AnswerTable.PxeOptions[AnswerTable.SkipDiscovery] : null;
    }

    private void WriteBootfile(Bootfile form, DhcpMessage message, DhcpAnswer answer)
    {
        switch (form)
        {
            case Bootfile.ScriptUrl:
                WriteScriptUrl(message, answer);
                break;
            case Bootfile.LoaderUrl:
                WriteLoaderUrl(_httpPieces, _hostLength + 1, answer);
                break;
            case Bootfile.LoaderTftpUrl:
                WriteLoaderUrl(_tftpPrefix, _tftpPrefix.Length, answer);
                break;
            default:
                answer.Bootfile = answer.Loader;
                answer.BootfileLength = answer.Loader.Length < DhcpWriter.MaximumBootfile ? answer.Loader.Length
                    : DhcpWriter.MaximumBootfile;
                break;
        }
    }

    private void WriteLoaderUrl(byte[] prefix, int length, DhcpAnswer answer)
    {
        byte[] loader = answer.Loader;
        int room = DhcpWriter.MaximumBootfile - length;
        int count = loader.Length < room ? loader.Length : room;
        _urlPlatform = NoScriptUrl;
        Array.Copy(prefix, 0, _url, 0, length);
        Array.Copy(loader, 0, _url, length, count);
        answer.Bootfile = _url;
        answer.BootfileLength = length + count;
    }

    private void WriteScriptUrl(DhcpMessage message, DhcpAnswer answer)
    {
        PxeClient client = answer.Client;
        bool uuid = answer.NeedsUuid && client.UuidOffset >= 0;
        if (uuid || _urlPlatform != client.Platform)
        {
            WriteScriptUrlAroundMac(client, uuid ? message.Buffer : null);
        }

        // Without a loop, which costs a third more.
        byte[] url = _url;
        byte[] source = message.Buffer;
        byte[] hex = ByteWriter.Hex;
        int at = _hostLength + MacOffset;
        int value = source[DhcpMessage.HardwareAddressOffset];
        url[at] = hex[value >> 4];
        url[at + 1] = hex[value & 15];
        value = source[DhcpMessage.HardwareAddressOffset + 1];
        url[at + 3] = hex[value >> 4];
        url[at + 4] = hex[value & 15];
        value = source[DhcpMessage.HardwareAddressOffset + 2];
        url[at + 6] = hex[value >> 4];
        url[at + 7] = hex[value & 15];
        value = source[DhcpMessage.HardwareAddressOffset + 3];
        url[at + 9] = hex[value >> 4];
        url[at + 10] = hex[value & 15];
        value = source[DhcpMessage.HardwareAddressOffset + 4];
        url[at + 12] = hex[value >> 4];
        url[at + 13] = hex[value & 15];
        value = source[DhcpMessage.HardwareAddressOffset + 5];
        url[at + 15] = hex[value >> 4];
        url[at + 16] = hex[value & 15];
        answer.Bootfile = url;
        answer.BootfileLength = _urlLength;
    }

    // All of it but the address, which is another in nearly every request; the rest stays for the next machine of the same platform, unless
    // it names a UUID.
    private void WriteScriptUrlAroundMac(PxeClient client, byte[] uuidSource)
    {
        byte[] url = _url;
        byte[] pieces = _httpPieces;
        int at = pieces.Length - (2 * KeyLength);
        int end = at;
        Array.Copy(pieces, 0, url, 0, at);
        at = Platforms.PutName(client.Platform, url, at);
        if (uuidSource != null)
        {
            byte[] hex = ByteWriter.Hex;
            Array.Copy(pieces, end + KeyLength, url, at, KeyLength);
            at += KeyLength;
            int uuid = client.UuidOffset;
            for (int i = 0; i < UuidText.Size; i++)
            {
                int value = uuidSource[uuid + i];
                url[at] = hex[value >> 4];
                url[at + 1] = hex[value & 15];
                at += 2;
            }
        }

        Array.Copy(pieces, end, url, at, KeyLength);
        _urlLength = at + KeyLength;
        _urlPlatform = uuidSource == null ? client.Platform : NoScriptUrl;
    }
}
