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
}
