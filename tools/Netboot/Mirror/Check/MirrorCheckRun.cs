using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Check;

/// <summary>What became of one file.</summary>
/// <param name="Fault">What is wrong and what to do about it; null when a machine could use it.</param>
internal sealed record CheckedFile(FetchUse Use, Uri Url, HttpStatusCode? Status, long Bytes, TimeSpan Time, string? Hash, string? Fault);

/// <summary>What the check of a mirror found.</summary>
/// <param name="Unknown">Lines of scripts whose URL only a machine can know.</param>
/// <param name="Cut">There are more files than are fetched.</param>
internal sealed record CheckReport(IReadOnlyList<CheckedFile> Files, IReadOnlyList<string> Unknown, bool Cut)
{
    public bool Good => !Cut && Files.All(file => file.Fault == null);
}

/// <summary>
/// Fetches from a mirror what a machine would: the script, the scripts that it chains to, every kernel and every initrd, whole.
/// </summary>
internal sealed class MirrorCheckRun(HttpClient client)
{
    /// <summary>A script that leads to itself, or an endless family of them, ends here.</summary>
    public const int MostFiles = 200;

    /// <summary>More is no script.</summary>
    private const int LargestScript = 1 << 20;

    private const int MostRedirects = 5;

    /// <summary>iPXE gives up on a silent server after some tens of seconds.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    private readonly List<CheckedFile> _files = [];
    private readonly List<string> _unknown = [];
    private readonly HashSet<Uri> _seen = [];

    /// <summary>A client that follows no redirect by itself: the check says where each leads.</summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Checks a mirror from its script on; <paramref name="onFile"/> hears of each file as it was fetched.</summary>
    public async Task<CheckReport> RunAsync(Uri script, Action<CheckedFile> onFile, CancellationToken cancellation)
    {
        var rest = new Queue<(FetchUse Use, Uri Url)>([(FetchUse.Script, script)]);
        while (rest.TryDequeue(out (FetchUse Use, Uri Url) next) && _files.Count < MostFiles)
        {
            if (!_seen.Add(next.Url))
            {
                continue;
            }

            (CheckedFile file, string? text) = await FetchAsync(next.Use, next.Url, cancellation);
            _files.Add(file);
            onFile(file);
            foreach (ScriptFetch fetch in text == null ? [] : IpxeScript.Fetches(text, next.Url))
            {
                if (fetch.Url == null)
                {
                    _unknown.Add($"{next.Url} line {fetch.Line}: {fetch.Text}");
                }
                else
                {
                    rest.Enqueue((fetch.Use, fetch.Url));
                }
            }
        }

        return new CheckReport(_files, _unknown, rest.Any(left => !_seen.Contains(left.Url)));
    }

    // The answer's text, when it is a script.
    private async Task<(CheckedFile File, string? Text)> FetchAsync(FetchUse use, Uri url, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        CheckedFile Made(HttpStatusCode? status, long bytes, string? hash, string? fault) =>
            new(use, url, status, bytes, Stopwatch.GetElapsedTime(started), hash, fault);

        if (url.Scheme == Uri.UriSchemeHttps)
        {
            return (Made(null, 0, null, "https: Debian 12's iPXE cannot fetch it, newer ones need ca.ipxe.org. Serve it by http:// here"), null);
        }

        if (url.Scheme != Uri.UriSchemeHttp)
        {
            return (Made(null, 0, null, $"{url.Scheme}: is not checked; only http:// is"), null);
        }

        try
        {
            (HttpResponseMessage answer, string? redirected) = await AnswerAsync(url, cancellation);
            using (answer)
            {
                if (redirected != null || answer.StatusCode != HttpStatusCode.OK)
                {
                    return (Made(answer.StatusCode, 0, null, redirected ?? Reason(answer.StatusCode)), null);
                }

                (byte[] head, long bytes, string hash) = await ReadAsync(answer, cancellation);
                string? fault = Shortfall(answer.Content.Headers, bytes) ?? Verdict.Of(use, url.AbsolutePath, FileHeader.Of(head), head);
                string? text = fault == null && use is FetchUse.Script or FetchUse.Other && bytes <= LargestScript ? Encoding.UTF8.GetString(head) : null;
                return (Made(answer.StatusCode, bytes, hash, fault), text != null && IpxeScript.Is(text) ? text : null);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Made(null, 0, null, $"no answer, or no more of it, for {Quiet.TotalSeconds:0} s"), null);
        }
        catch (HttpRequestException e)
        {
            return (Made(null, 0, null, $"not reached: {e.GetBaseException().Message}"), null);
        }
        catch (IOException e)
        {
            return (Made(null, 0, null, $"broke off: {e.GetBaseException().Message}"), null);
        }
    }

    // iPXE follows redirects too; only one to https is more than many of its builds can do.
    private async Task<(HttpResponseMessage Answer, string? Fault)> AnswerAsync(Uri url, CancellationToken cancellation)
    {
        Uri at = url;
        for (int i = 0; ; i++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Quiet);
            HttpResponseMessage answer = await client.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
            {
                return (answer, null);
            }

            var target = new Uri(at, location);
            string? fault = target.Scheme == Uri.UriSchemeHttps
                ? $"redirected to {target}: not every iPXE can fetch https. Let the server answer http:// itself"
                : target.Scheme != Uri.UriSchemeHttp ? $"redirected to {target}, which is not http://"
                : i == MostRedirects ? $"redirected {MostRedirects} times and more, last to {target}" : null;
            if (fault != null)
            {
                return (answer, fault);
            }

            answer.Dispose();
            at = target;
        }
    }

    // The first megabyte is kept: a script whole, and of other files all that tells what they are.
    private static async Task<(byte[] Head, long Bytes, string Hash)> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var head = new MemoryStream();
        byte[] buffer = new byte[81920];
        long bytes = 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Quiet);
        while (await body.ReadAsync(buffer, limit.Token) is > 0 and var count)
        {
            limit.CancelAfter(Quiet);
            hash.AppendData(buffer, 0, count);
            head.Write(buffer, 0, (int)Math.Min(count, LargestScript - head.Length));
            bytes += count;
        }

        return (head.ToArray(), bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string? Shortfall(HttpContentHeaders headers, long bytes) =>
        headers.ContentLength == null ? "sent without its length: a device cannot pass it on to machines; let the server send Content-Length"
        : bytes < headers.ContentLength ? $"only {bytes} of {headers.ContentLength} bytes came"
        : headers.ContentEncoding.Count > 0 ? $"sent as {string.Join(", ", headers.ContentEncoding)}, which iPXE does not unpack" : null;

    private static string Reason(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "there is no such file on the server",
        HttpStatusCode.Forbidden => "access denied: make the file readable for the web server",
        HttpStatusCode.Unauthorized => "the server wants a password, which a machine does not have",
        _ => $"the server answered {(int)status}",
    };
}
