using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;

namespace Netboot.IlOperations;

/// <summary>One connection, driven without a socket: a request that arrives in one segment, and a client that takes everything.</summary>
public abstract class HttpOperation : IHttpPeer, IHttpHandler
{
    private static readonly byte[] Address = [10, 0, 0, 9];
    private readonly HttpConnection _connection;
    private byte[] _request = [];
    private bool _read;

    protected HttpOperation() => _connection = new HttpConnection(this, new HttpBodies(), new HttpJournal(new Log()), new byte[HttpLimits.BufferSize]);

    /// <summary>Bytes that were sent since the last request began.</summary>
    public int Sent { get; private set; }

    /// <summary>Sends a request and takes the whole answer.</summary>
    protected void Exchange(byte[] request)
    {
        _request = request;
        _read = false;
        Sent = 0;
        _connection.Open(this, Address, 0);
        while (_connection.Active)
        {
            _connection.Step(0);
        }
    }

    public abstract void Handle(HttpRequest request, HttpResponse response, long now);

    public int Receive(byte[] buffer, int offset, int count)
    {
        if (_read)
        {
            return 0;
        }

        _read = true;
        Array.Copy(_request, 0, buffer, offset, _request.Length);
        return _request.Length;
    }

    public int Send(byte[] buffer, int offset, int count)
    {
        Sent += count;
        return count;
    }

    public void Close()
    {
    }
}

/// <summary>iPXE asks for its script: reading, one query parameter, answering. What the script's generator takes comes on top.</summary>
public sealed class HttpScriptRequest : HttpOperation
{
    private static readonly byte[] Request = Octets.Of(
        "GET /boot.ipxe?mac=52:54:00:12:34:56&uuid=12345678-1234-1234-1234-123456789abc&arch=x86_64&serial=To%20Be%20Filled%20By%20O.E.M. HTTP/1.1\r\n"
        + "User-Agent: iPXE/1.21.1+git-20220113.fbbdc3926-0ubuntu1\r\nConnection: keep-alive\r\nHost: 192.168.1.5\r\n\r\n");

    private static readonly byte[] Mac = Octets.Of("mac");
    private readonly byte[] _script = new byte[900];
    private readonly ByteWriter _value = new(32, 32);

    public string Name => "HTTP: script request";

    public int Budget => 8_000;

    public void Run() => Exchange(Request);

    public override void Handle(HttpRequest request, HttpResponse response, long now)
    {
        _value.Clear();
        request.Query(Mac, _value);
        response.Body(_script, 0, _script.Length);
    }
}

/// <summary>A browser asks for the page, with all the headers that browsers send.</summary>
public sealed class HttpPageRequest : HttpOperation
{
    private static readonly byte[] Request = Octets.Of(
        "GET / HTTP/1.1\r\nHost: 192.168.1.5\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\n"
        + "DNT: 1\r\nConnection: keep-alive\r\nCookie: netboot=0123456789abcdef0123456789abcdef\r\nUpgrade-Insecure-Requests: 1\r\n"
        + "Sec-GPC: 1\r\nPriority: u=0, i\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n\r\n");

    private readonly byte[] _page = new byte[12_000];

    public string Name => "HTTP: page of 12 KB";

    public int Budget => 10_000;

    public void Run() => Exchange(Request);

    public override void Handle(HttpRequest request, HttpResponse response, long now) => response.Body(_page, 0, _page.Length);
}

/// <summary>A loader of 700 chunks is sent; without the source, which has its own operation.</summary>
public sealed class HttpLoaderDownload : HttpOperation
{
    private const int Chunks = 700;
    private static readonly byte[] Request = Octets.Of("GET /snponly.efi HTTP/1.1\r\nHost: 192.168.1.5\r\nUser-Agent: UefiHttpBoot/1.0\r\nAccept: */*\r\n\r\n");
    private readonly Source _source = new();

    public string Name => "HTTP: loader, 700 chunks";

    public int Budget => Chunks * 200;

    public void Run() => Exchange(Request);

    public override void Handle(HttpRequest request, HttpResponse response, long now) => response.Body(_source, true);

    private sealed class Source : LoaderReader
    {
        public override int Length => Chunks * HttpLimits.ChunkSize;

        public override string Failure => null;

        public override bool Missing => false;

        public override int Read(int position, byte[] buffer, int offset, int count) => count;

        public override void Release(int position)
        {
        }

        public override void Close()
        {
        }
    }
}
