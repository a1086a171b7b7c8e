using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>Somebody who speaks HTTP to the server from an address of its own, a connection for each request.</summary>
internal sealed class Web : IDisposable
{
    public const int Port = 80;

    private readonly HttpClient _client;

    public Web(StrangersNetwork network, IPAddress source, TimeSpan patience)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = network.Tcp(source);
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(StrangersNetwork.Server, Port), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { Timeout = patience };
    }

    /// <summary>The answer's status and text; status 0 if none came in time.</summary>
    public WebAnswer Send(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"http://{StrangersNetwork.Server}{path}") { Version = HttpVersion.Version11 };
        request.Headers.ConnectionClose = true;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        }

        try
        {
            using var answer = _client.SendAsync(request).GetAwaiter().GetResult();
            var content = answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            var cookie = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null;
            return new WebAnswer((int)answer.StatusCode, content, cookie);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new WebAnswer(0, Encoding.UTF8.GetBytes(e.Message), null);
        }
    }

    public WebAnswer Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public void Dispose() => _client.Dispose();
}

internal sealed record WebAnswer(int Status, byte[] Content, string? Cookie)
{
    public string Text => Encoding.UTF8.GetString(Content);

    public bool Ok => Status == 200;
}
