using System.Net;

namespace Netboot.Tftp;

/// <summary>Where answers go: the socket of the service, or a test.</summary>
public interface ITftpOutput
{
    /// <summary>Sends the first <paramref name="length"/> bytes. What cannot be sent is lost like any packet; it does not throw.</summary>
    void Send(byte[] buffer, int length, IPEndPoint to);
}
