using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Http;

/// <summary>
/// One file being fetched. It belongs to a thread of its own, for its calls wait; <see cref="Watch"/> and <see cref="Close"/> are for the others. Nothing is
/// thrown out of it: a <see cref="Fault"/> says what went wrong.
/// </summary>
public abstract class Fetch
{
    /// <summary>Longest wait for a connection, and after it for the head of the answer.</summary>
    public const int AnswerMilliseconds = 10000;

    /// <summary>Redirections that are followed.</summary>
    public const int MostRedirects = 3;

    /// <summary>What fetches https:// URLs; null where this image cannot (no room for TLS without PSRAM).</summary>
    public static IHttps Https { get; set; }

    /// <summary>Why it failed.</summary>
    public FetchFault Fault { get; protected set; }

    /// <summary>The socket's error where <see cref="Fault"/> is <see cref="FetchFault.Unreachable"/>, else 0.</summary>
    public int ErrorCode { get; protected set; }

    /// <summary>The status of the answer, or 0 before there is one.</summary>
    public int Status { get; protected set; }

    /// <summary>The length of the file, or -1 when the answer does not say it.</summary>
    public long Length { get; protected set; } = -1;

    /// <summary>Whether the body is coded (gzip …), and so not the file itself.</summary>
    public bool IsEncoded { get; protected set; }

    /// <summary>Whether the answer says that it is a web page.</summary>
    public bool IsHtml { get; protected set; }

    /// <summary>Where the answer came from, or where it leads to: the last address of a row of redirections; null without one.</summary>
    public string RedirectedTo { get; private set; }

    /// <summary>Gets a line for each redirection, or null.</summary>
    public Log Log { get; set; }

    /// <summary>The fetch for a URL, which its scheme decides; redirections are told to <paramref name="log"/>.</summary>
    public static Fetch Of(string url, Log log)
    {
        IHttps https = Https;
        Fetch fetch = https != null && url.ToLower().StartsWith("https://") ? https.New() : new HttpFetch();
        fetch.Log = log;
        return fetch;
    }

    /// <summary>
    /// Whether what a file begins with is a web page's start. White space, and what UTF-8 files of Windows begin with, may stand before the first tag.
    /// </summary>
    public static bool IsPage(byte[] buffer, int length)
    {
        int at = 0;
        while (at < length && (buffer[at] <= 0x20 || buffer[at] >= 0x80))
        {
            at++;
        }

        return Octets.StartsWith(buffer, at, length - at, "<!") || IsTag(buffer, at, length, "<html") || IsTag(buffer, at, length, "<head")
            || IsTag(buffer, at, length, "<?xml");
    }

    /// <summary>Connects, asks and reads the head of the answer, following redirections; false, and the fault, when there is none.</summary>
    public abstract bool Open(string url);

    /// <summary>
    /// Reads the next bytes of the body into the caller's buffer, waiting at most <paramref name="milliseconds"/>: how many, 0 at its end, or -1 and the fault.
    /// </summary>
    public abstract int Read(byte[] buffer, int offset, int count, int milliseconds);

    /// <summary>Ends it; a call that waits ends too. From any thread, as often as one likes.</summary>
    public abstract void Close();

    /// <summary>
    /// To be called now and then from another thread: a call that waits longer than it may is ended. The platform gives no time limit for connecting.
    /// </summary>
    public virtual void Watch(long now)
    {
    }

    /// <summary>What is wrong, in plain words; nothing without a fault. <paramref name="url"/> is what was to be fetched.</summary>
    public void WriteFault(ByteWriter writer, string url)
    {
        switch (Fault)
        {
            case FetchFault.None:
                break;
            case FetchFault.BadUrl:
                writer.Text("that is no http:// address");
                break;
            case FetchFault.Https:
                writer.Text(RedirectedTo == null ? "https:// cannot be fetched by this board" : "the mirror sends on to ").Text(RedirectedTo);
                writer.Text(RedirectedTo == null ? "" : ", which this board cannot fetch: let the mirror answer by http, too");
                break;
            case FetchFault.NoAuthority:
                writer.Text("https:// needs ca.pem in the board's storage: the certificate of the authority that signed the mirror's");
                break;
            case FetchFault.Tls:
                writer.Text("no secure connection: is the mirror's certificate signed by the authority in ca.pem, does it name the mirror, is it in date?");
                break;
            case FetchFault.UnknownName:
                writer.Text("the name ").Text(HttpTarget.HostOf(RedirectedTo ?? url)).Text(" cannot be resolved: is there such a name, does a name server answer?");
                break;
            case FetchFault.Unreachable:
                writer.Text("mirror unreachable: socket error ").Number(ErrorCode);
                break;
            case FetchFault.NoAnswer:
                writer.Text("mirror does not answer");
                break;
            case FetchFault.NotHttp:
                writer.Text("what answers there does not speak HTTP");
                break;
            case FetchFault.HeadTooLong:
                writer.Text("the head of the mirror's answer has no end");
                break;
            case FetchFault.BadLength:
                writer.Text("the mirror's answer has no usable Content-Length");
                break;
            case FetchFault.BadChunk:
                writer.Text("the mirror's answer is broken (chunks)");
                break;
            case FetchFault.BrokeOff:
                writer.Text("mirror broke off");
                break;
            case FetchFault.Stalled:
                writer.Text("mirror stopped in the middle");
                break;
            case FetchFault.TooManyRedirects:
                writer.Text("the mirror sends from one address to the next, last to ").Text(RedirectedTo);
                break;
            case FetchFault.BadRedirect:
                writer.Text("the mirror sends on to an address that cannot be followed");
                break;
            case FetchFault.OutOfMemory:
                writer.Text("out of memory");
                break;
            default:
                writer.Text("given up");
                break;
        }
    }

    /// <summary>Keeps where the answer leads to, and tells it at once: what comes of it may be something else.</summary>
    protected void Redirected(string url)
    {
        RedirectedTo = url;
        if (Log != null)
        {
            byte[] text = Octets.Of("the mirror sends on to " + url);
            Log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        }
    }

    private static bool IsTag(byte[] buffer, int at, int length, string tag)
    {
        int size = tag.Length;
        return length - at >= size && Octets.IsIgnoreCase(buffer, at, size, tag);
    }
}

/// <summary>What an image with room for TLS adds: fetching https:// URLs.</summary>
public interface IHttps
{
    /// <summary>A fetch for one https:// URL.</summary>
    Fetch New();
}
