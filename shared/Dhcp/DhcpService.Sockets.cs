using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Logging;

namespace Netboot.Dhcp;

/// <content>Its two sockets: opened together, drained in turn, and where an answer goes.</content>
public sealed partial class DhcpService
{
    /// <inheritdoc/>
    public void Reset()
    {
        Close(_offers);
        Close(_bootServer);
        _offers = null;
        _bootServer = null;
    }

    private void Open(byte[] address)
    {
        Reset();
        UseAddress(address);
        _others.AskSoon();
        _offers = _network.OpenDatagram(OfferPort);
        _bootServer = _network.OpenDatagram(BootServerPort);
        _log.Add(Subsystem.Dhcp, LogEvent.Listening, OfferPort, null);
        _log.Add(Subsystem.Pxe, LogEvent.Listening, BootServerPort, null);
    }

    private bool Take(Socket socket, bool bootServer, long now)
    {
        int taken = 0;
        while (taken < Drain && socket.Poll(0, SelectMode.SelectRead))
        {
            taken++;
            int length = Datagram.Receive(socket, _message.Buffer, DhcpMessage.MaximumLength, ref _source);
            if (length < 0)
            {
                _counts[Counter.DhcpMalformed]++;
                continue;
            }

            int reply = Answer(_message, length, bootServer, now);
            if (reply > 0)
            {
                Send(socket, reply, bootServer);
            }

            Note(_message, now);
        }

        return taken > 0;
    }

    private void Send(Socket socket, int length, bool bootServer)
    {
        EndPoint destination;
        switch (_responder.Destination)
        {
            case ReplyDestination.Source:
                // A client that has no address yet cannot be reached by its source.
                destination = ((IPEndPoint)_source).Address.Equals(IPAddress.Any) ? _broadcast : _source;
                break;
            case ReplyDestination.Relay:
                destination = new IPEndPoint(AddressAt(24), OfferPort);
                break;
            case ReplyDestination.Client:
                destination = new IPEndPoint(AddressAt(12), ClientPort);
                break;
            default:
                destination = _broadcast;
                break;
        }

        try
        {
            socket.SendTo(_responder.Reply, 0, length, SocketFlags.None, destination);
            if (bootServer)
            {
                _counts[Counter.DhcpAnswers]++;
            }
            else
            {
                _counts[Counter.DhcpOffers]++;
            }
        }
        catch (SocketException)
        {
            // ENOMEM, ENETDOWN, no route: the datagram is lost as any may be, and the client asks again. Counted for the status.
            _counts[Counter.DhcpUnsent]++;
        }
    }

    private IPAddress AddressAt(int offset)
    {
        var bytes = new byte[4];
        System.Array.Copy(_message.Buffer, offset, bytes, 0, 4);
        return new IPAddress(bytes);
    }

    private static void Close(Socket socket)
    {
        if (socket != null)
        {
            socket.Close();
        }
    }
}
