using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Http;

/// <summary>
/// One file being fetched. It belongs to a thread of its own, for its calls wait; <see cref="Watch"/> and <see cref="Close"/> are for the
/// others. Nothing is thrown out of it: a <see cref="Fault"/> says what went wrong.
/// </summary>
public abstract class Fetch
{
    /// <summary>Longest wait for a connection, and after it for the head of the answer.</summary>
    public const int AnswerMilliseconds = 10000;

    /// <summary>Redirections that are followed.</summary>
    public const int MostRedirects = 3;

    private const int Ok = 200;

    // "Nobody listens there", as WinSock and the board number it, and Linux.
    private const int Refused = 10061;
    private const int RefusedOnLinux = 111;

    // "No route to host": nobody has that address, by the same numbers.
    private const int NoHost = 10065;
    private const int NoHostOnLinux = 113;

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
    /// Judges the head of the answer: whether it brings the file; if not, the fault. <paramref name="loader"/>: to a machine's firmware,
    /// which wants its length before it takes a byte.
    /// </summary>
    public bool HasFile(bool loader)
    {
        Fault = Status != Ok ? FetchFault.Status
            : IsEncoded ? FetchFault.Encoded
            : IsHtml ? FetchFault.Page
            : Length == 0 ? FetchFault.Empty
            : !loader ? FetchFault.None
            : Length < 0 ? FetchFault.NoLength
            : Length > int.MaxValue ? FetchFault.TooLarge : FetchFault.None;
        return Fault == FetchFault.None;
    }

    /// <summary>
    /// Judges what the body begins with: a web server's login page comes with status 200, and not always with its type. No loader is
    /// compressed; an initrd is.
    /// </summary>
    public bool BeginsAsFile(byte[] buffer, int length, bool loader)
    {
        int at = 0;
        while (at < length && (buffer[at] <= 0x20 || buffer[at] >= 0x80))
        {
            // White space, and what UTF-8 files of Windows begin with, may stand before the first tag.
            at++;
        }

        if (Octets.StartsWith(buffer, at, length - at, "<!") || IsTag(buffer, at, length, "<html") || IsTag(buffer, at, length, "<head")
            || IsTag(buffer, at, length, "<?xml"))
        {
            Fault = FetchFault.Page;
        }
        else if (loader && length > 1 && buffer[0] == 0x1F && buffer[1] == 0x8B)
        {
            Fault = FetchFault.Encoded;
        }

        return Fault == FetchFault.None;
    }

    /// <summary>
    /// Connects, asks and reads the head of the answer, following redirections; false, and the fault, when there is none.
    /// </summary>
    public abstract bool Open(string url);

    /// <summary>
    /// Reads the next bytes of the body into the caller's buffer, waiting at most <paramref name="milliseconds"/>: how many, 0 at its end,
    /// or -1 and the fault.
    /// </summary>
    public abstract int Read(byte[] buffer, int offset, int count, int milliseconds);

    /// <summary>Ends it; a call that waits ends too. From any thread, as often as one likes.</summary>
    public abstract void Close();

    /// <summary>
    /// To be called now and then from another thread: a call that waits longer than it may is ended. The platform gives no time limit for
    /// connecting.
    /// </summary>
    public virtual void Watch(long now)
    {
    }

    /// <summary>
    /// What is wrong, in plain words that name whom it is about; nothing without a fault. <paramref name="url"/> is what was to be fetched:
    /// behind a redirection it is the server that it leads to which does not answer, or has no such file.
    /// </summary>
    public void WriteFault(ByteWriter writer, string url)
    {
        string first = HttpTarget.AuthorityOf(url);
        string host = WriteRedirection(writer, url);
        switch (Fault)
        {
            case FetchFault.None:
                break;
            case FetchFault.BadUrl:
                writer.Text("that is not an http:// address");
                break;
            case FetchFault.Https:
                if (RedirectedTo == null)
                {
                    writer.Text("this board cannot fetch https://");
                    break;
                }

                writer.Text(first).Text(" redirects to ").Text(RedirectedTo);
                writer.Text(", which this board cannot fetch: make ").Text(first).Text(" answer over http too");
                break;
            case FetchFault.NoAuthority:
                writer.Text("https:// needs ca.pem in the board's storage: the certificate of the CA that signed ").Text(host).Text("'s");
                break;
            case FetchFault.Tls:
                writer.Text("no secure connection: is the certificate of ").Text(host).Text(" signed by the CA in ca.pem, is it for ");
                writer.Text(host).Text(", and is it still valid?");
                break;
            case FetchFault.UnknownName:
                writer.Text("the name ").Text(HttpTarget.HostOf(host))
                    .Text(" cannot be resolved: is it spelled right, does a name server answer?");
                break;
            case FetchFault.Unreachable:
                writer.Text(host).Text(" cannot be reached: socket error ").Number(ErrorCode);
                writer.Text(MeaningOf(ErrorCode));
                break;
            case FetchFault.NoAnswer:
                writer.Text(host).Text(" does not answer: is it on, and is its web server running?");
                break;
            case FetchFault.NotHttp:
                writer.Text("what answers at ").Text(host).Text(" does not speak HTTP");
                break;
            case FetchFault.HeadTooLong:
                writer.Text(host).Text(" sends an answer with endless headers");
                break;
            case FetchFault.BadLength:
                writer.Text(host).Text(" sends an answer without a usable Content-Length");
                break;
            case FetchFault.BadChunk:
                writer.Text(host).Text(" sends a broken answer (chunks)");
                break;
            case FetchFault.BrokeOff:
                writer.Text(host).Text(" closed the connection early");
                break;
            case FetchFault.Stalled:
                writer.Text(host).Text(" stopped partway");
                break;
            case FetchFault.TooManyRedirects:
                writer.Text(first).Text(" redirects too often, last to ").Text(RedirectedTo);
                break;
            case FetchFault.BadRedirect:
                writer.Text(host).Text(" redirects to an unusable address");
                break;
            case FetchFault.Status:
                WriteStatus(writer.Text(host).Text(" answers ").Number(Status).Text(": "));
                break;
            case FetchFault.Encoded:
                writer.Text(host).Text(" sends it compressed").Text(IsEncoded ? " (Content-Encoding)" : "");
                writer.Text(", which no firmware can read").Text(IsEncoded ? ": turn that off for this file" : "");
                break;
            case FetchFault.Page:
                writer.Text(host).Text(" sends a web page, not the file: the address is that of a page");
                break;
            case FetchFault.Empty:
                writer.Text("the file is empty");
                break;
            case FetchFault.NoLength:
                writer.Text(host).Text(" sends no Content-Length, so a loader cannot be streamed");
                break;
            case FetchFault.TooLarge:
                writer.Text("the file is larger than 2 GB, which is too large for a loader");
                break;
            case FetchFault.OutOfMemory:
                writer.Text("out of memory");
                break;
            default:
                writer.Text("given up");
                break;
        }
    }

    /// <summary>Writes where the first server sends on to, if it does; gives the one that answered, or should have.</summary>
    public string WriteRedirection(ByteWriter writer, string url)
    {
        if (RedirectedTo == null)
        {
            return HttpTarget.AuthorityOf(url);
        }

        // These three say by themselves where it goes.
        if (Fault != FetchFault.Https && Fault != FetchFault.TooManyRedirects && Fault != FetchFault.OutOfMemory)
        {
            writer.Text(HttpTarget.AuthorityOf(url)).Text(" redirects to ").Text(RedirectedTo).Text(": ");
        }

        return HttpTarget.AuthorityOf(RedirectedTo);
    }

    /// <summary>Whether a status sends on to another address.</summary>
    protected static bool IsRedirect(int status) => status == 301 || status == 302 || status == 303 || status == 307 || status == 308;

    /// <summary>Keeps what the head of the answer says.</summary>
    protected void Describe(int status, long length, bool isEncoded, bool isHtml)
    {
        Status = status;
        Length = length;
        IsEncoded = isEncoded;
        IsHtml = isHtml;
    }

    /// <summary>
    /// Keeps where the answer of <paramref name="host"/> leads to, and tells it at once: what comes of it may be something else.
    /// </summary>
    protected void Redirected(string host, string url)
    {
        RedirectedTo = url;
        if (Log != null)
        {
            byte[] text = Octets.Of(host + " redirects to " + url);
            Log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        }
    }

    private static string MeaningOf(int error)
    {
        switch (error)
        {
            case Refused:
            case RefusedOnLinux:
                return " (nothing listens on that address and port: is its web server running?)";
            case NoHost:
            case NoHostOnLinux:
                return " (no machine there: is it on, is the address right?)";
            default:
                return "";
        }
    }

    private void WriteStatus(ByteWriter writer)
    {
        switch (Status)
        {
            case 404:
                writer.Text("file not found; check the path here and on the server");
                break;
            case 401:
            case 403:
                writer.Text("access denied; machines cannot log in, so make the file public");
                break;
            default:
                writer.Text(Status >= 500 ? "the web server has an internal error; see its log" : "the file was not sent");
                break;
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
