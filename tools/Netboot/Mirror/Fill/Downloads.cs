using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>Fetches files from public servers. Each failure is a <see cref="FillException"/> that begins with the URL.</summary>
internal sealed class Downloads(HttpClient client, FillOutput output)
{
    /// <summary>Debian's list of checksums has 80 kB, the longest of those that are fetched.</summary>
    private const int LargestList = 4 * 1024 * 1024;

    /// <summary>Longer silence is a connection that nobody serves any more.</summary>
    private static readonly TimeSpan DefaultQuiet = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    /// <summary>How long a server may send nothing.</summary>
    public TimeSpan Quiet { get; init; } = DefaultQuiet;

    /// <summary>A client without a limit for the whole of a file: an ISO file over a slow line takes hours.</summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { ConnectTimeout = ConnectLimit }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Fetches a short text.</summary>
    public async Task<string> TextAsync(Uri url, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        await FetchAsync(url, (body, _, heard, limited) => FileCopy.MoveAsync(body, text, count =>
        {
            heard(count);
            if (text.Length > LargestList)
            {
                throw new FillException($"{url}: is longer than any list of checksums.");
            }
        }, null, limited), cancellation);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Fetches a file, and compares it with its checksum.</summary>
    /// <param name="list">Where the checksum stands, for people.</param>
    public async Task FileAsync(Uri url, string path, Checksum sum, Uri list, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(sum.Algorithm);
        await FetchAsync(url, (body, length, heard, limited) =>
            FileCopy.WriteAsync(body, path, length, output.Begin("fetching", url.ToString(), length) + heard, hash, limited), cancellation);
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != sum.Hex)
        {
            throw new FillException($"{url}: its {sum.Title} is {found}, and {list} says {sum.Hex}. "
                + "It was damaged on the way, or the server is being updated: try again later, or another server with --from.");
        }
    }

    private async Task FetchAsync(Uri url, Func<Stream, long?, Action<int>, CancellationToken, Task> read, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(Quiet);
        long come = 0;
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new FillException($"{url}: {Reason(answer)}");
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(silence.Token);
            await read(body, answer.Content.Headers.ContentLength, count =>
            {
                come += count;
                silence.CancelAfter(Quiet);
            }, silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FillException($"{url}: no answer, or no more of it, for {Quiet.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException e)
        {
            throw new FillException($"{url}: not reached: {e.GetBaseException().Message}.");
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            // Any other is of the disk.
            throw new FillException($"{url}: broke off after {SurveyText.Size(come)}: {e.GetBaseException().Message}");
        }
    }

    private static string Reason(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        404 => "there is no such file on the server (404): is the release's name right?",
        >= 300 and < 400 when answer.Headers.Location is { } location => $"leads to {location}, which is not followed.",
        var status => $"the server answered {status} {answer.ReasonPhrase}.",
    };
}
