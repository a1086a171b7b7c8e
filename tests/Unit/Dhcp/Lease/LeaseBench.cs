using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dhcp.Lease;

namespace Netboot.Tests.Dhcp.Lease;

/// <summary>The access point's DHCP server at 192.168.4.1, its clients by number, and what tests read from its replies.</summary>
public sealed class LeaseBench
{
    private static readonly byte[] Self = { 192, 168, 4, 1 };

    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly LeaseResponder _responder = new LeaseResponder();

    public LeaseBench()
    {
        _responder.SetAddress(Self, new byte[] { 255, 255, 255, 0 });
    }

    public long Now { get; set; } = 1000;

    public int Length { get; private set; }

    public bool ToClient => Answer.Destination == ReplyDestination.Client;

    public DhcpAnswer Answer { get; } = new DhcpAnswer();

    public DhcpMessage Message => _message;

    public LeaseResponder Responder => _responder;

    public Packet Packet(int messageType, int client)
    {
        var packet = new Packet(messageType);
        packet.Raw[32] = (byte)(client >> 8);
        packet.Raw[33] = (byte)client;
        return packet;
    }

    /// <summary>The type of the answer, 0 for none.</summary>
    public int Send(Packet packet)
    {
        byte[] bytes = packet.Bytes();
        Array.Copy(bytes, 0, _message.Buffer, 0, bytes.Length);
        Assert.IsNull(_message.Parse(bytes.Length));
        _responder.Answer(_message, Now, Answer);
        Length = Answer.Length;
        return Length == 0 ? 0 : Answer.Reply[Find(DhcpOption.MessageType) + 2];
    }

    public int Discover(int client) => Send(Packet(DhcpMessageType.Discover, client));

    public int Select(int client, string address) =>
        Send(Packet(DhcpMessageType.Request, client).Option(DhcpOption.ServerIdentifier, Self)
        .Option(DhcpOption.RequestedAddress, AddressText.Parse(address)));

    public int Reboot(int client, string address) =>
        Send(Packet(DhcpMessageType.Request, client).Option(DhcpOption.RequestedAddress, AddressText.Parse(address)));

    public int Renew(int client, string address)
    {
        Packet packet = Packet(DhcpMessageType.Request, client);
        Array.Copy(AddressText.Parse(address), 0, packet.Raw, 12, 4);
        return Send(packet);
    }

    /// <summary>The address that a client gets by DISCOVER and REQUEST, or null.</summary>
    public string Take(int client)
    {
        if (Discover(client) != DhcpMessageType.Offer)
        {
            return null;
        }

        return Select(client, Given()) == DhcpMessageType.Ack ? Given() : null;
    }

    /// <summary>yiaddr of the reply.</summary>
    public string Given() => new ByteWriter(new byte[15]).Address(Answer.Reply, 16).ToString();

    /// <summary>Four bytes of the reply in hexadecimal.</summary>
    public string HexAt(int offset) => Hex(offset, 4);

    /// <summary>An option of the reply in hexadecimal, or null.</summary>
    public string HexOf(int code)
    {
        int at = Find(code);
        return at < 0 ? null : Hex(at + 2, Answer.Reply[at + 1]);
    }

    private string Hex(int offset, int length)
    {
        var writer = new ByteWriter(600, 600);
        for (int i = 0; i < length; i++)
        {
            writer.HexByte(Answer.Reply[offset + i]);
        }

        return writer.ToString();
    }

    private int Find(int code)
    {
        byte[] reply = Answer.Reply;
        int at = 240;
        while (at < Length && reply[at] != DhcpOption.End)
        {
            if (reply[at] == code)
            {
                return at;
            }

            at += 2 + reply[at + 1];
        }

        return -1;
    }
}
