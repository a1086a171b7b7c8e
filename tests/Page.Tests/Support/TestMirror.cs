using System;
using System.Net;
using System.Threading.Tasks;

namespace Netboot.Page.Tests.Support;

/// <summary>A mirror on loopback that has one file, <c>vmlinuz</c> of 256 KB.</summary>
internal sealed class TestMirror : IAsyncDisposable
{
    private const int Size = 256 * 1024;

    private readonly HttpListener _listener = new();
    private Task _serving;

    public string Url { get; private set; }

    public static TestMirror Start()
    {
        var mirror = new TestMirror { Url = $"http://127.0.0.1:{PageTest.FreePort()}/" };
        mirror._listener.Prefixes.Add(mirror.Url);
        mirror._listener.Start();
        mirror._serving = Task.Run(mirror.Serve);
        return mirror;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // It was closed: the test is over.
                return;
            }

            bool found = context.Request.Url.AbsolutePath == "/vmlinuz";
            context.Response.StatusCode = found ? 200 : 404;
            context.Response.ContentLength64 = found ? Size : 0;
            if (found)
            {
                await context.Response.OutputStream.WriteAsync(new byte[Size]);
            }

            context.Response.Close();
        }
    }
}
