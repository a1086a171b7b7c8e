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
    private readonly ReplyWriter _writer = new ReplyWriter();
    private readonly OfferDecision _decision = new OfferDecision();
    private readonly PxeClient _client = new PxeClient();
    private readonly byte[] _url = new byte[ReplyWriter.MaximumBootfile];
    private readonly byte[] _bootItem = { DhcpOption.VendorSpecific, 7, BootItemCode, BootItemLength, 0, 0, 0, 0, 255 };

    // All pieces of URLs in one text: "http://ADDRESS/boot.ipxe?mac=", room for the address, then the three keys; and "tftp://ADDRESS/".
    private byte[] _httpPieces;
    private int _hostLength;
    private byte[] _tftpPrefix;
    private byte[] _address;
    private byte[] _bootfile;
    private int _bootfileLength;
    private Platform _urlPlatform = NoScriptUrl;
    private int _urlLength;
    private ReplyDestination _destination;
    private string _refusal;

    /// <summary>A responder that asks <paramref name="policy"/> about each machine.</summary>
    public DhcpResponder(IOfferPolicy policy)
    {
        _policy = policy;
    }

    /// <summary>What was decided for the last netboot client.</summary>
    public OfferDecision Decision => _decision;

    /// <summary>What the last client said of itself.</summary>
    public PxeClient Client => _client;

    /// <summary>Where the last reply goes.</summary>
    public ReplyDestination Destination => _destination;

    /// <summary>Why the last request of a netboot client got no reply, for the log; null when silence needs no line.</summary>
    public string Refusal => _refusal;

    /// <summary>The last reply's bytes.</summary>
    public byte[] Reply => _writer.Buffer;

    /// <summary>The boot file that the last reply names: its bytes, <see cref="BootfileLength"/> of them.</summary>
    public byte[] BootfileBytes => _bootfile;

    /// <summary>Length of the last reply's boot file.</summary>
    public int BootfileLength => _bootfileLength;

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
    /// Answers a parsed request that came to port 67 (<paramref name="bootServer"/> false) or 4011 (true). Gives the length of
    /// <see cref="Reply"/>, or 0 for silence.
    /// </summary>
    public int Answer(DhcpMessage message, bool bootServer)
    {
        _refusal = null;
        PxeClient client = _client;
        client.Read(message);
        ClientKind kind = client.Kind;
        if (kind == ClientKind.None)
        {
            return 0;
        }

        int reply = ReplyType(message);
        if (reply == 0)
        {
            return 0;
        }

        OfferDecision decision = _decision;
        _policy.Decide(message, client, decision);
        if (reply == DhcpMessageType.Ack && !bootServer && message.MessageType == DhcpMessageType.Request && !IsForUs(message)
            && !decision.AnswerRequest)
        {
            return 0;
        }

        if (decision.Refusal != null)
        {
            _refusal = decision.Refusal;
            return 0;
        }

        WriteBootfile(AnswerTable.BootfileOf(kind), message);
        _destination = bootServer ? ReplyDestination.Source : DestinationOf(message.Buffer);
        int length = _writer.Write(message, reply, AnswerTable.ClassOf(kind), PxeOption(kind, message), _bootfile, _bootfileLength);
        if (length == 0)
        {
            _refusal = "the answer is too long for it";
        }

        return length;
    }

    private static string Text(byte[] bytes) => Octets.Text(bytes, 0, bytes.Length);

    // By giaddr and ciaddr.
    private static ReplyDestination DestinationOf(byte[] request)
    {
        if (BitConverter.ToInt32(request, 24) != 0)
        {
            return ReplyDestination.Relay;
        }

        return BitConverter.ToInt32(request, 12) != 0 ? ReplyDestination.Client : ReplyDestination.Broadcast;
    }

    /// <summary>
    /// The reply that a message calls for, 0 for none. On 67 a DISCOVER is offered to; a REQUEST that another server is to confirm is for
    /// that server (see <see cref="OfferDecision.AnswerRequest"/>). A boot item in option 43 is a boot server request, wherever it was sent
    /// (PXE 2.1 section 2.2.4).
    /// </summary>
    private int ReplyType(DhcpMessage message)
    {
        int bootItem = _client.BootItemOffset;
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

    private bool IsForUs(DhcpMessage message)
    {
        return _client.BootItemOffset >= 0
            || Octets.Is(message.Buffer, message.OffsetOf(DhcpOption.ServerIdentifier), message.LengthOf(DhcpOption.ServerIdentifier),
            _address);
    }

    private byte[] PxeOption(ClientKind kind, DhcpMessage message)
    {
        int bootItem = _client.BootItemOffset;
        if (bootItem >= 0)
        {
            // A client that chose from a boot menu takes only an answer with its choice in it (PXE 2.1 section 3; iPXE's PXEBS request).
            Array.Copy(message.Buffer, bootItem, _bootItem, 4, BootItemLength);
            return _bootItem;
        }

        PxeOptionRule rule = _decision.PxeOption;
        return rule == PxeOptionRule.Auto ? AnswerTable.PxeOf(kind) : rule == PxeOptionRule.Send ? AnswerTable.PxeWhenForced : null;
    }

    private void WriteBootfile(Bootfile form, DhcpMessage message)
    {
        switch (form)
        {
            case Bootfile.ScriptUrl:
                WriteScriptUrl(message);
                break;
            case Bootfile.LoaderUrl:
                WriteLoaderUrl(_httpPieces, _hostLength + 1);
                break;
            case Bootfile.LoaderTftpUrl:
                WriteLoaderUrl(_tftpPrefix, _tftpPrefix.Length);
                break;
            default:
                _bootfile = _decision.Loader;
                _bootfileLength = _bootfile.Length < ReplyWriter.MaximumBootfile ? _bootfile.Length : ReplyWriter.MaximumBootfile;
                break;
        }
    }

    private void WriteLoaderUrl(byte[] prefix, int length)
    {
        byte[] loader = _decision.Loader;
        int room = ReplyWriter.MaximumBootfile - length;
        int count = loader.Length < room ? loader.Length : room;
        _urlPlatform = NoScriptUrl;
        Array.Copy(prefix, 0, _url, 0, length);
        Array.Copy(loader, 0, _url, length, count);
        _bootfile = _url;
        _bootfileLength = length + count;
    }

    private void WriteScriptUrl(DhcpMessage message)
    {
        bool uuid = _decision.NeedsUuid && _client.UuidOffset >= 0;
        if (uuid || _urlPlatform != _client.Platform)
        {
            WriteScriptUrlAroundMac(uuid ? message.Buffer : null);
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
        _bootfile = url;
        _bootfileLength = _urlLength;
    }

    // All of it but the address, which is another in nearly every request; the rest stays for the next machine of the same platform, unless
    // it names a UUID.
    private void WriteScriptUrlAroundMac(byte[] uuidSource)
    {
        byte[] url = _url;
        byte[] pieces = _httpPieces;
        int at = pieces.Length - (2 * KeyLength);
        int end = at;
        Array.Copy(pieces, 0, url, 0, at);
        byte[] platform = Platforms.NameOf(_client.Platform);
        Array.Copy(platform, 0, url, at, platform.Length);
        at += platform.Length;
        if (uuidSource != null)
        {
            byte[] hex = ByteWriter.Hex;
            Array.Copy(pieces, end + KeyLength, url, at, KeyLength);
            at += KeyLength;
            int uuid = _client.UuidOffset;
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
        _urlPlatform = uuidSource == null ? _client.Platform : NoScriptUrl;
    }
}
