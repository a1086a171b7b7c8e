using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// Decides whether and how one request is answered: bytes in, bytes out. One object serves one thread; nothing is allocated for an answer.
/// </summary>
public sealed class DhcpResponder
{
    /// <summary>Set in the layer of a PXE boot item by a client that wants signed images (BIS); nobody can serve that, silence lets it go on.</summary>
    private const int BisLayer = 0x8000;

    private const int DefaultHttpPort = 80;
    private const int BootItemCode = 71;
    private const int BootItemLength = 4;

    private static readonly byte[] Http = Octets.Of("http://");
    private static readonly byte[] Tftp = Octets.Of("tftp://");
    private static readonly byte[] ScriptPath = Octets.Of("/boot.ipxe?mac=");
    private static readonly byte[] PlatformKey = Octets.Of("&arch=");
    private static readonly byte[] UuidKey = Octets.Of("&uuid=");

    // Some UEFI firmware with iPXE built in takes a URL only when it ends so (Sidero Booter's finding).
    private static readonly byte[] ScriptEnd = Octets.Of("&.ipxe");

    private readonly IOfferPolicy _policy;
    private readonly ReplyWriter _writer = new ReplyWriter();
    private readonly OfferDecision _decision = new OfferDecision();
    private readonly ByteWriter _bootfile = new ByteWriter(new byte[ReplyWriter.MaximumBootfile]);
    private readonly byte[] _bootItem = { BootItemCode, BootItemLength, 0, 0, 0, 0, 255 };

    private byte[] _address;
    private byte[] _addressText;
    private byte[] _httpAuthority;

    /// <summary>A responder that asks <paramref name="policy"/> about each machine.</summary>
    public DhcpResponder(IOfferPolicy policy)
    {
        _policy = policy;
    }

    /// <summary>What was decided for the last netboot client.</summary>
    public OfferDecision Decision
    {
        get { return _decision; }
    }

    /// <summary>What the last client said of itself.</summary>
    public PxeClient Client { get; } = new PxeClient();

    /// <summary>Where the last reply goes.</summary>
    public ReplyDestination Destination { get; private set; }

    /// <summary>Why the last request of a netboot client got no reply, for the log; null when silence needs no line.</summary>
    public string Refusal { get; private set; }

    /// <summary>The last reply's bytes.</summary>
    public byte[] Reply
    {
        get { return _writer.Buffer; }
    }

    /// <summary>The boot file that the last reply names: its bytes, <see cref="BootfileLength"/> of them.</summary>
    public byte[] BootfileBytes
    {
        get { return _bootfile.Buffer; }
    }

    /// <summary>Length of the last reply's boot file.</summary>
    public int BootfileLength
    {
        get { return _bootfile.Length; }
    }

    /// <summary>Sets the device's own address (4 bytes), which every answer names, and the port of its HTTP server (80 on a board).</summary>
    public void SetAddress(byte[] address, int httpPort)
    {
        _address = address;
        _addressText = UrlAuthority.Of(address, DefaultHttpPort);
        _httpAuthority = UrlAuthority.Of(address, httpPort);
    }

    /// <summary>
    /// Answers a parsed request that came to port 67 (<paramref name="bootServer"/> false) or 4011 (true). Gives the length of <see cref="Reply"/>,
    /// or 0 for silence.
    /// </summary>
    public int Answer(DhcpMessage message, bool bootServer)
    {
        Refusal = null;
        Client.Read(message);
        if (Client.Kind == ClientKind.None)
        {
            return 0;
        }

        int reply = ReplyType(message, bootServer);
        if (reply == 0)
        {
            return 0;
        }

        _policy.Decide(message, Client, _decision);
        if (!bootServer && message.MessageType == DhcpMessageType.Request && !IsForUs(message) && !_decision.AnswerRequest)
        {
            return 0;
        }

        if (_decision.Refusal != null)
        {
            Refusal = _decision.Refusal;
            return 0;
        }

        AnswerRow row = AnswerTable.RowOf(Client.Kind);
        byte[] pxe = PxeOption(row, message);
        WriteBootfile(row.Bootfile, message);
        Destination = DestinationOf(message, bootServer);
        int length = _writer.Write(message, reply, _address, row.VendorClass, pxe, 0, pxe == null ? 0 : pxe.Length, _bootfile.Buffer, _bootfile.Length);
        if (length == 0)
        {
            Refusal = "the answer is longer than it takes";
        }

        return length;
    }

    private static ReplyDestination DestinationOf(DhcpMessage message, bool bootServer)
    {
        if (bootServer)
        {
            return ReplyDestination.Source;
        }

        if (message.RelayAddress != 0)
        {
            return ReplyDestination.Relay;
        }

        return message.ClientAddress != 0 ? ReplyDestination.Client : ReplyDestination.Broadcast;
    }

    /// <summary>
    /// The reply that a message calls for, 0 for none. On 67 a DISCOVER is offered to; a REQUEST that another server is to confirm is for that server
    /// (see <see cref="OfferDecision.AnswerRequest"/>). A boot item in option 43 is a boot server request, wherever it was sent (PXE 2.1 section 2.2.4).
    /// </summary>
    private int ReplyType(DhcpMessage message, bool bootServer)
    {
        if (Client.BootItemOffset >= 0 && (Octets.ReadUInt16(message.Buffer, Client.BootItemOffset + 2) & BisLayer) != 0)
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
        return Client.BootItemOffset >= 0
            || Octets.Is(message.Buffer, message.OffsetOf(DhcpOption.ServerIdentifier), message.LengthOf(DhcpOption.ServerIdentifier), _address);
    }

    private byte[] PxeOption(AnswerRow row, DhcpMessage message)
    {
        if (Client.BootItemOffset >= 0)
        {
            // A client that chose from a boot menu takes only an answer with its choice in it (PXE 2.1 section 3; iPXE's PXEBS request).
            System.Array.Copy(message.Buffer, Client.BootItemOffset, _bootItem, 2, BootItemLength);
            return _bootItem;
        }

        switch (_decision.PxeOption)
        {
            case PxeOptionRule.Send:
                return AnswerTable.PxeWhenForced;
            case PxeOptionRule.Omit:
                return null;
            default:
                return row.Pxe;
        }
    }

    private void WriteBootfile(Bootfile form, DhcpMessage message)
    {
        ByteWriter writer = _bootfile;
        writer.Clear();
        switch (form)
        {
            case Bootfile.ScriptUrl:
                writer.Raw(Http).Raw(_httpAuthority).Raw(ScriptPath).Mac(message.Buffer, message.HardwareAddressOffset, '-');
                writer.Raw(PlatformKey).Raw(Platforms.NameOf(Client.Platform));
                if (_decision.NeedsUuid && Client.UuidOffset >= 0)
                {
                    writer.Raw(UuidKey);
                    for (int i = 0; i < 16; i++)
                    {
                        writer.HexByte(message.Buffer[Client.UuidOffset + i]);
                    }
                }

                writer.Raw(ScriptEnd);
                break;
            case Bootfile.LoaderUrl:
                writer.Raw(Http).Raw(_httpAuthority).Byte('/').Raw(_decision.Loader);
                break;
            case Bootfile.LoaderTftpUrl:
                writer.Raw(Tftp).Raw(_addressText).Byte('/').Raw(_decision.Loader);
                break;
            default:
                writer.Raw(_decision.Loader);
                break;
        }
    }
}
