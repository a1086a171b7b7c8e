namespace Netboot.Http;

/// <summary>Decides what a request is answered with.</summary>
public interface IHttpHandler
{
    /// <summary>
    /// Fills in <paramref name="response"/>. It must not wait for anything: a file whose source is slow goes into the response as a
    /// reader. What it throws becomes a 500 and a log entry. Both objects serve other requests afterwards: keep nothing of them.
    /// <paramref name="now"/> is the device's clock in milliseconds.
    /// </summary>
    void Handle(HttpRequest request, HttpResponse response, long now);

    /// <summary>
    /// Judges a request of which only the head is there, before any of its body is taken; false: it is not, and <paramref name="response"/>
    /// says why. A body that <paramref name="isLong"/> (too long for the connection's own buffer) needs who takes it, in
    /// <see cref="HttpRequest.Intake"/>. <see cref="Handle"/> follows when all of it has come.
    /// </summary>
    bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now);
}
