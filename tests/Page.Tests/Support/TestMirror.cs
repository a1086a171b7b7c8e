using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;

namespace Netboot.Page.Tests.Support;

/// <summary>
/// A mirror on loopback that has one file, <c>vmlinuz</c> of 256 KB, and a list if a test gives it one. <c>/moved</c> redirects to https.
/// </summary>
internal sealed class TestMirror : IAsyncDisposable
{
    private const int Size = 256 * 1024;

    private readonly HttpListener _listener = new();
    private Task _serving;

    public string Url { get; private set; }

    /// <summary>Its netboot.json; null: it has none.</summary>
    public string List { get; set; }

    /// <summary>Where <c>/moved</c> leads to.</summary>
    public string MovedTo => "https://127.0.0.1:8443/vmlinuz";

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

            string path = context.Request.Url.AbsolutePath;
            byte[] file = path == "/vmlinuz" ? new byte[Size]
                : path == "/netboot.json" && List != null ? Encoding.UTF8.GetBytes(List) : null;
            context.Response.StatusCode = path == "/moved" ? 301 : file == null ? 404 : 200;
            if (path == "/moved")
            {
                context.Response.RedirectLocation = MovedTo;
            }

            context.Response.ContentLength64 = file == null ? 0 : file.Length;
            if (file != null)
            {
                await context.Response.OutputStream.WriteAsync(file);
            }

            context.Response.Close();
        }
    }
}
