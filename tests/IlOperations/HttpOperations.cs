using System;
using System.Text;
using Netboot.Device;
using Netboot.Http;
using Netboot.Web;

namespace Netboot.IlOperations;

/// <summary>One HTTP request from its first byte to the last byte of its answer, over a connection without a socket.</summary>
public abstract class HttpOperation : IHttpPeer
{
    private const int MostSteps = 1000;

    private readonly HttpConnection _connection;
    private readonly NetbootDevice _device;
    private readonly byte[] _request;
    private readonly string _expected;
    private readonly byte[] _answer = new byte[64 * 1024];
    private byte[] _sent;
    private int _taken;
    private int _given;
    private bool _closed;

    protected HttpOperation(string name, string target, string browser, string expected)
    {
        Name = name;
        _expected = expected;
        _device = BusyBoard.Create();
        _connection = new HttpConnection(
            new HttpShared(new SiteHandler(_device, 80), _device.Log, new byte[HttpLimits.ReadSize]));
        string cookie = LogIn();
        _request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: 10.77.0.2\r\n{cookie}{browser}\r\n");
    }

    public string Name { get; }

    /// <summary>The computer that asks.</summary>
    protected virtual byte[] RemoteAddress => [10, 77, 0, 50];

    public void Run()
    {
        string answer = Exchange(_request);
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || !answer.Contains(_expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Name}: {answer}");
        }
    }

    // Sets the first password as a person does, and keeps the session that comes of it.
    private string LogIn()
    {
        string answer =
            Exchange(Encoding.ASCII.GetBytes("POST /api/claim HTTP/1.1\r\nHost: 10.77.0.2\r\nX-Netboot-Token: x\r\nContent-Length: 17\r\n\r\npassword=12345678"));
        const string Start = "Set-Cookie: ";
        int at = answer.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return $"Cookie: {answer[at..answer.IndexOf(';', at)]}\r\n";
    }

    private string Exchange(byte[] request)
    {
        _sent = request;
        _taken = 0;
        _given = 0;
        _closed = false;
        _connection.Open(this, RemoteAddress, 0);
        for (int i = 0; i < MostSteps && !_closed; i++)
        {
            _connection.Step(1);
            _device.Jobs.Run(1);
        }

        return Encoding.UTF8.GetString(_answer, 0, _given);
    }

    public int Receive(byte[] buffer, int offset, int count)
    {
        if (_given > 0 && _taken == _sent.Length)
        {
            return -1;
        }

        int part = Math.Min(count, _sent.Length - _taken);
        Array.Copy(_sent, _taken, buffer, offset, part);
        _taken += part;
        return part;
    }

    public int Send(byte[] buffer, int offset, int count)
    {
        // The beginning is looked at; the rest of a loader is only taken.
        Array.Copy(buffer, offset, _answer, _given, Math.Min(count, _answer.Length - _given));
        _given = Math.Min(_given + count, _answer.Length);
        return count;
    }

    public void Close()
    {
        _closed = true;
    }
}

/// <summary>The script as iPXE asks for it, from the address of a machine that was heard: it counts.</summary>
public sealed class ScriptRequest : HttpOperation
{
    public ScriptRequest()
        : base(
            "script request, kernel and initrd", "/boot.ipxe?mac=52-54-00-aa-00-0f&arch=x64&.ipxe",
            "User-Agent: iPXE/1.21.1+git20250501.dad20602+dfsg-1\r\nConnection: keep-alive\r\n", "vmlinuz15")
    {
    }

    protected override byte[] RemoteAddress => [10, 77, 0, 115];
}

/// <summary>
/// A loader of 1,000,000 bytes for UEFI HTTP boot, in chunks of a kilobyte.
/// </summary>
public sealed class LoaderDownload : HttpOperation
{
    public LoaderDownload()
        : base("HTTP: loader of 1,005 chunks", "/snponly.efi", "User-Agent: UefiHttpBoot/1.0\r\nAccept: */*\r\n", "1000000")
    {
    }
}

/// <summary>What the page asks for, as a browser does it.</summary>
public abstract class BrowserRequest(string name, string target, string expected) : HttpOperation(
    name, target,
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36\r\n"
    + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8\r\n"
    + "Accept-Encoding: gzip, deflate\r\nAccept-Language: en-GB,en;q=0.9,de;q=0.8\r\nCache-Control: max-age=0\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n",
    expected)
{
}

/// <summary>The status as text.</summary>
public sealed class StatusPage() : BrowserRequest("status as text, with 19 log lines", "/status", "Offering to boot");

/// <summary>The page itself.</summary>
public sealed class Page() : BrowserRequest("the page", "/", "gzip");

/// <summary>20 machines heard with three boots each, and 64 of the settings.</summary>
public sealed class MachinesCall() : BrowserRequest("machines as JSON, as many as one answer holds", "/api/machines", "\"stages\":");

/// <summary>The device's own state.</summary>
public sealed class StatusCall() : BrowserRequest("status as JSON", "/api/status", "snponly.efi");

/// <summary>Log lines, as many as one answer holds.</summary>
public sealed class LogCall() : BrowserRequest("log as JSON, 16 lines", "/api/log", "Offering to boot");

/// <summary>16 profiles among which 64 machines are divided.</summary>
public sealed class ProfilesCall() : BrowserRequest("profiles as JSON, 16 with 64 machines", "/api/profiles", "p15");

/// <summary>Prometheus.</summary>
public sealed class MetricsCall() : BrowserRequest("metrics, 20 machines", "/metrics", "netboot_machines");
