namespace Netboot.Http;

/// <summary>
/// Work of a handler that takes longer than one step of the server may: the handler gives it to <see cref="HttpResponse.After"/>, and the connection
/// calls it again and again, in turn with all others.
/// </summary>
public abstract class HttpWork
{
    /// <summary>
    /// Does some of it, a few milliseconds of a board's time at most. True when it is done; <paramref name="response"/> is then filled in. The request is
    /// gone by then: what is needed of it was copied.
    /// </summary>
    public abstract bool Step(HttpResponse response, long now);
}
