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
    private readonly byte[] _request;
    private readonly string _expected;
    private readonly byte[] _answer = new byte[32 * 1024];
    private int _taken;
    private int _given;
    private bool _closed;

    protected HttpOperation(string name, int budget, string target, string browser, string expected)
    {
        Name = name;
        Budget = budget;
        _expected = expected;
        NetbootDevice device = Board.WithMachines(64);
        for (int i = 0; i < 64; i++)
        {
            device.Log.Add(Journal.Subsystem.Dhcp, Journal.LogEvent.Offered, new byte[] { 0x52, 0x54, 0, 1, 2, 3 }, 0, 6, 0, 0, Encoding.ASCII.GetBytes("http://10.77.0.2/boot.ipxe?mac=52-54-00-01-02-03&arch=x64&.ipxe"), 0, 62);
        }

        _request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: 10.77.0.2\r\n{browser}\r\n");
        _connection = new HttpConnection(new SiteHandler(device, 80), new HttpBodies(), new HttpJournal(device.Log), new byte[HttpLimits.ReadSize]);
    }

    public string Name { get; }

    public int Budget { get; }

    public void Run()
    {
        _taken = 0;
        _given = 0;
        _closed = false;
        _connection.Open(this, new byte[] { 10, 77, 0, 50 }, 0);
        for (int i = 0; i < MostSteps && !_closed; i++)
        {
            _connection.Step(1);
        }

        string answer = Encoding.UTF8.GetString(_answer, 0, _given);
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || !answer.Contains(_expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Name}: {answer}");
        }
    }

    public int Receive(byte[] buffer, int offset, int count)
    {
        if (_given > 0 && _taken == _request.Length)
        {
            return -1;
        }

        int part = Math.Min(count, _request.Length - _taken);
        Array.Copy(_request, _taken, buffer, offset, part);
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

/// <summary>The script as iPXE asks for it.</summary>
public sealed class ScriptRequest : HttpOperation
{
    public ScriptRequest()
        : base(
            "script request, kernel and initrd", 15000, "/boot.ipxe?mac=52-54-00-aa-00-3f&arch=x64&.ipxe",
            "User-Agent: iPXE/1.21.1+git20250501.dad20602+dfsg-1\r\nConnection: keep-alive\r\n", "vmlinuz15")
    {
    }
}

/// <summary>A loader of 1,000,000 bytes for UEFI HTTP boot.</summary>
public sealed class LoaderDownload : HttpOperation
{
    public LoaderDownload()
        : base("HTTP: loader of 695 chunks", 695 * 250, "/snponly.efi", "User-Agent: UefiHttpBoot/1.0\r\nAccept: */*\r\n", "1000000")
    {
    }
}

/// <summary>The status as a browser asks for it.</summary>
public sealed class StatusPage : HttpOperation
{
    public StatusPage()
        : base(
            "status, with 20 log lines, for a browser", 60000, "/status",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36\r\n"
            + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8\r\n"
            + "Accept-Encoding: gzip, deflate\r\nAccept-Language: en-GB,en;q=0.9,de;q=0.8\r\nCache-Control: max-age=0\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n",
            "Offering to boot")
    {
    }
}
