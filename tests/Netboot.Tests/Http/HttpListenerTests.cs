using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <summary>What the log tells of the port when there is no link, or no socket: once that it is lost, once that it is back.</summary>
[TestClass]
public sealed class HttpListenerTests : INetwork, IHttpHandler
{
    private const int StepMilliseconds = 50;

    private readonly Log _log = new(new LogText());
    private readonly HttpService _service;
    private byte[] _address = [127, 0, 0, 1];
    private bool _fails;
    private Socket _last;
    private long _now = 1000;

    public HttpListenerTests() => _service = new HttpService(this, 80, this, _log);

    public byte[] Address => _address;

    public byte[] SubnetMask => [255, 0, 0, 0];

    public int Generation => 0;

    [TestCleanup]
    public void Close() => _service.Reset();

    [TestMethod]
    public void Nothing_is_opened_and_nothing_told_without_an_address()
    {
        _address = null;
        Run(60_000);
        Assert.IsNull(_last);
        Assert.IsEmpty(Lines());
        _address = [127, 0, 0, 1];
        Run(100);
        CollectionAssert.AreEqual(new[] { "[HTTP] Listening on port 80" }, Lines());
    }

    [TestMethod]
    public void A_listener_is_left_alone_while_the_link_is_down()
    {
        Run(100);
        Break();
        _address = null;
        Run(60_000);
        CollectionAssert.AreEqual(new[] { "[HTTP] Listening on port 80" }, Lines());
    }

    // Seen on the interpreter without link: "Cannot listen" and "Listening" in turn, 24 lines in 8 s.
    [TestMethod]
    public void A_listener_that_goes_on_failing_is_told_once_and_its_return_when_somebody_came()
    {
        Run(100);
        _fails = true;
        Break();
        Run(60_000);
        List<string> lines = Lines();
        Assert.HasCount(2, lines);
        StringAssert.StartsWith(lines[1], "[HTTP] Cannot listen on port 80: socket error ");
        _fails = false;
        Run(10_000);
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.Connect(_last.LocalEndPoint!);
            Run(500);
        }

        Assert.AreEqual("[HTTP] Listening on port 80", Lines()[2]);
        Run(60_000);
        Assert.HasCount(3, Lines());
    }

    public Socket OpenListener(int port)
    {
        _last = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _last.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _last.Listen(4);
        if (_fails)
        {
            Break();
        }

        return _last;
    }

    public Socket OpenDatagram(int port) => throw new NotSupportedException();

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now) => false;

    public void Handle(HttpRequest request, HttpResponse response, long now) => response.Text(404, "Nothing is here.");

    // A listener that is shut down is ready for ever, and each accept fails: as on lwIP without a link.
    private void Break() => _last.Shutdown(SocketShutdown.Both);

    private void Run(int milliseconds)
    {
        for (int i = 0; i < milliseconds; i += StepMilliseconds)
        {
            _service.Step(_now);
            _now += StepMilliseconds;
        }
    }

    private List<string> Lines() => [.. Enumerable.Range(_log.Oldest, _log.Added - _log.Oldest).Select(Line)];

    private string Line(int number)
    {
        var line = new ByteWriter(256, 256);
        _log.Write(number, line, out long _);
        return line.ToString();
    }
}
