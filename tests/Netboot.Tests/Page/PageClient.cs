using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tests.Page;

/// <summary>A program that uses the device's API over real sockets, from an address of its own in 127.0.0.0/8.</summary>
internal sealed class PageClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly IPEndPoint _device;

    public PageClient(IPEndPoint device, int address)
    {
        _device = device;
        Source = new IPAddress([127, 0, (byte)(address >> 8), (byte)address]);
        _client =
            new HttpClient(new SocketsHttpHandler { ConnectCallback = Connect, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };
    }

    public IPAddress Source { get; }

    /// <summary>The session's cookie and token, as far as there are any.</summary>
    public string Cookie { get; set; }

    public string Token { get; set; } = "x";

    public Task<HttpResponseMessage> Get(string path, string host = "netboot") => Send(HttpMethod.Get, path, null, host, []);

    public Task<HttpResponseMessage> Post(string path, string body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, "netboot", headers);

    /// <summary>Sets the first password or logs in, and keeps the session.</summary>
    public async Task Enter(string call, string password)
    {
        using HttpResponseMessage answer = await Post("/api/" + call, "password=" + password);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        Cookie = string.Join(';', answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
        Token = (await Json(answer)).GetProperty("token").GetString();
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>A connection on which this much is sent, and then nothing more.</summary>
    public Socket Begin(string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000,
            SendTimeout = 20_000 };
        socket.Bind(new IPEndPoint(Source, 0));
        socket.Connect(_device);
        socket.Send(Encoding.ASCII.GetBytes(text));
        return socket;
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string body, string host,
        IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, $"http://{_device}{path}");
        request.Headers.Host = host;
        if (body != null)
        {
            request.Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
            if (Token != null)
            {
                request.Headers.Add("X-Netboot-Token", Token);
            }
        }

        if (Cookie != null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _client.SendAsync(request);
    }

    private async ValueTask<System.IO.Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(Source, 0));
        await socket.ConnectAsync(_device, cancellation);
        return new NetworkStream(socket, true);
    }
}
