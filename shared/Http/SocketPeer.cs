using System.Net.Sockets;

namespace Netboot.Http;

/// <summary>A peer behind a TCP socket. One object serves one slot of the table for good.</summary>
public sealed class SocketPeer : IHttpPeer
{
    private Socket _socket;

    /// <summary>Takes over an accepted socket.</summary>
    public void Attach(Socket socket)
    {
        _socket = socket;

        // The defaults are infinite, and a send to a peer that vanished may then never return (Home#1691).
        socket.SendTimeout = HttpLimits.SocketTimeout;
        socket.ReceiveTimeout = HttpLimits.SocketTimeout;
        try
        {
            // Without it the last, short segment of an answer waits for the client's delayed acknowledgement.
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
        }
        catch (SocketException)
        {
            // A stack without the option, or a client that is gone already: the first is only slower, the second shows itself in the first
            // read.
        }
    }

    /// <inheritdoc/>
    public int Receive(byte[] buffer, int offset, int count)
    {
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return 0;
            }

            // Readable and nothing there is the end of the stream.
            int received = _socket.Receive(buffer, offset, count, SocketFlags.None);
            return received > 0 ? received : -1;
        }
        catch (SocketException)
        {
            // Reset by the peer, or the link went down: for this connection it is the same. The caller closes it.
            return -1;
        }
    }

    /// <inheritdoc/>
    public int Send(byte[] buffer, int offset, int count)
    {
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectWrite))
            {
                return 0;
            }

            return _socket.Send(buffer, offset, count > HttpLimits.ChunkSize ? HttpLimits.ChunkSize : count, SocketFlags.None);
        }
        catch (SocketException)
        {
            // As above; a time-out of a send that should not have blocked is a peer that is gone, too.
            return -1;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_socket != null)
        {
            _socket.Close();
            _socket = null;
        }
    }
}
