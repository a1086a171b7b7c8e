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
    /// Gives who takes the body of a request, of which only the head is there, when the body is too long for the connection's own buffer; or null, and
    /// <paramref name="response"/> says why it is not taken. <see cref="Handle"/> follows when all of it has come, with <see cref="HttpRequest.Intake"/>.
    /// </summary>
    HttpIntake Receive(HttpRequest request, HttpResponse response, long now);
}
