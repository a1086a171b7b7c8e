namespace Netboot.Http;

/// <summary>The other end of a connection: a socket, or a test. No call blocks.</summary>
public interface IHttpPeer
{
    /// <summary>Takes bytes that have arrived: how many, 0 when there are none now, -1 when the other end has closed or is gone.</summary>
    int Receive(byte[] buffer, int offset, int count);

    /// <summary>Sends bytes: how many were taken, 0 when there is no room now, -1 when the other end is gone.</summary>
    int Send(byte[] buffer, int offset, int count);

    /// <summary>Closes the connection; what was sent still reaches the other end.</summary>
    void Close();
}
