using System.Net;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Dhcp;

/// <content>
/// The other servers on the LAN. A board has no raw sockets, and port 68 belongs to the platform's own DHCP client: what servers send to
/// machines it cannot hear. So it asks as a relay agent would (<see cref="ServerQuestion"/>) and hears what servers answer to a relay.
/// </content>
public sealed partial class DhcpService
{
    private readonly OtherServers _others;
    private readonly IBoard _board;

    private void Ask(long now)
    {
        byte[] mac = _board.MacAddress;
        _others.Asked(now);
        if (mac == null)
        {
            return;
        }

        byte[] question = ServerQuestion.Of(mac, _address);
        if (!Send(Socket, question, question.Length, new IPEndPoint(_broadcast.Address, OfferPort)))
        {
            // Asked again as soon as it may be.
            _others.Wanted = true;
        }
    }

    // Another such device asks. No machine boots there: nothing for log or journal. Our own comes back where the system loops broadcasts
    // (Linux does, lwIP does not).
    private void AnswerQuestion(DhcpMessage message, bool bootServer, IPEndPoint source, long now, DhcpAnswer answer)
    {
        answer.IsTold = false;
        answer.Length = 0;
        if (message.RelayAddress != Octets.ReadInt32(_address, 0))
        {
            _responder.Answer(message, bootServer, answer);
            if (answer.Length > 0 && !IsServed(message, answer.Destination, source, now))
            {
                answer.Length = 0;
            }
        }
    }

    private void Hear(DhcpMessage reply, IPEndPoint source, long now)
    {
        OtherServerKind kind = ServerReply.KindOf(reply);
        int address = ServerReply.AddressOf(reply);
        if (address == 0)
        {
            address = Octets.ReadInt32(source.Address.GetAddressBytes(), 0);
        }

        if (kind == OtherServerKind.None || address == 0 || address == Octets.ReadInt32(_address, 0))
        {
            return;
        }

        OtherServerKind news = _others.Heard(address, kind, ServerQuestion.Is(reply), now);
        if (news != OtherServerKind.None)
        {
            var bytes = new byte[4];
            Octets.WriteInt32(bytes, 0, address);
            var text = new ByteWriter(Log.TextCapacity, Log.TextCapacity);
            OtherServers.WriteKind(text, news);
            Log.Add(Subsystem.Dhcp, LogEvent.OtherServer, bytes, 0, 4, 0, 0, text.Buffer, 0, text.Length);
        }
    }
}
