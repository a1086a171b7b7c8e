using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Tests.Dhcp;

/// <summary>A responder at 10.77.0.2 with a policy that a test sets, and what tests read from its replies.</summary>
public sealed class DhcpBench : IOfferPolicy
{
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly DhcpResponder _responder;

    public DhcpBench()
    {
        _responder = new DhcpResponder(this);
        _responder.SetAddress(new byte[] { 10, 77, 0, 2 }, 80);
    }

    /// <summary>What is decided for every machine.</summary>
    public DhcpAnswer Decision { get; } = new DhcpAnswer { Loader = Octets.Of("loader.bin") };

    public DhcpAnswer Answer { get; } = new DhcpAnswer();

    public PxeClient Client => Answer.Client;

    public DhcpResponder Responder => _responder;

    public DhcpMessage Message => _message;

    public int Length { get; private set; }

    public byte[] Reply => Answer.Reply;

    public void Decide(DhcpMessage message, PxeClient client, DhcpAnswer answer)
    {
        answer.Refusal = Decision.Refusal;
        answer.Loader = Decision.Loader;
        answer.PxeOption = Decision.PxeOption;
        answer.AnswerRequest = Decision.AnswerRequest;
        answer.NeedsUuid = Decision.NeedsUuid;
    }

    /// <summary>The fault that the parser finds, or null; then the answer is made.</summary>
    public string Send(byte[] packet, bool bootServer)
    {
        Array.Copy(packet, 0, _message.Buffer, 0, packet.Length);
        string fault = _message.Parse(packet.Length);
        Length = 0;
        if (fault == null)
        {
            _responder.Answer(_message, bootServer, Answer);
            Length = Answer.Length;
        }

        return fault;
    }

    /// <summary>The data of an option of the reply as text, or null when it is absent.</summary>
    public string Text(int code)
    {
        int at = Find(code);
        return at < 0 ? null : Octets.Text(Reply, at + 2, Reply[at + 1]);
    }

    /// <summary>The data of an option of the reply in hexadecimal, or null when it is absent.</summary>
    public string HexOf(int code)
    {
        int at = Find(code);
        if (at < 0)
        {
            return null;
        }

        var writer = new ByteWriter(600, 600);
        for (int i = 0; i < Reply[at + 1]; i++)
        {
            writer.HexByte(Reply[at + 2 + i]);
        }

        return writer.ToString();
    }

    /// <summary>Where an option of the reply begins, or -1.</summary>
    public int Find(int code)
    {
        int at = 240;
        while (at < Length && Reply[at] != 255)
        {
            if (Reply[at] == code)
            {
                return at;
            }

            at += 2 + Reply[at + 1];
        }

        return -1;
    }

    /// <summary>The boot file in the header.</summary>
    public string File()
    {
        int end = Octets.IndexOf(Reply, 108, 128, 0);
        return Octets.Text(Reply, 108, end - 108);
    }

    /// <summary>The boot file in option 67 without its NUL; it must have one.</summary>
    public string BootfileOption()
    {
        int at = Find(67);
        int length = at < 0 ? 0 : Reply[at + 1];
        return at < 0 || Reply[at + 1 + length] != 0 ? null : Octets.Text(Reply, at + 2, length - 1);
    }
}
