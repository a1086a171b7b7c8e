namespace Netboot.Http;

/// <summary>
/// An answer that is found out elsewhere, and takes longer than one step of the server may: the handler gives it to
/// <see cref="HttpResponse.Work"/>, and the connection asks it again and again, in turn with all others, for
/// <see cref="HttpLimits.SourceTimeout"/>.
/// </summary>
public abstract class HttpWork
{
    /// <summary>
    /// Whether the answer is there: <paramref name="response"/> is then filled in. It must not wait. The request is gone by then: what is
    /// needed of it was copied.
    /// </summary>
    public abstract bool Step(HttpResponse response, long now);

    /// <summary>
    /// The client has waited long enough. True: it will not be done any more, and the client is told so. False: it is being done or was,
    /// and the client is told how it ends: what is reported as failed must not happen later.
    /// </summary>
    public virtual bool GiveUp() => true;
}
