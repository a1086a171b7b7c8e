using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <summary>Connections without sockets: one handler, one log, and a clock of the test's own.</summary>
internal sealed class ConnectionBench
{
    /// <summary>A request that is complete.</summary>
    public const string Get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    private static readonly byte[] Address = { 10, 0, 0, 9 };
    private readonly Log _log = new Log(new LogText());

    public ConnectionBench()
    {
        Shared = new HttpShared(Handler, _log, new byte[HttpLimits.BufferSize]);
    }

    public FakeHandler Handler { get; } = new FakeHandler();

    public HttpShared Shared { get; }

    /// <summary>The client of the connection that is opened next.</summary>
    public FakePeer Peer { get; set; } = new FakePeer();

    /// <summary>The connection that was opened last.</summary>
    public HttpConnection Connection { get; private set; }

    public long Now { get; set; }

    public FakePeer Open()
    {
        Connection = new HttpConnection(Shared);
        Connection.Open(Peer, Address, Now);
        return Peer;
    }

    public void Step() => Connection.Step(Now);

    public void Steps(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Connection.Step(Now);
        }
    }

    public string LastLine()
    {
        var line = new ByteWriter(200, 200);
        _log.Write(_log.Added - 1, line, out long time);
        return line.ToString();
    }

    public void AssertFails(FakeReader reader, string start)
    {
        Handler.Reader = reader;
        Open().Arrive(Get);
        Steps(3);
        Assert.IsTrue(Peer.Sent.StartsWith(start));
        Assert.AreEqual(1, reader.Closed);
        Assert.AreEqual(1, Peer.Closed);
    }

    public void AssertBody(int first, int length, string statusLine)
    {
        byte[] sent = Peer.SentBytes.Buffer;
        int body = Peer.SentBytes.Length - length;
        Assert.AreEqual(statusLine, Octets.Text(sent, 0, statusLine.Length));
        Assert.AreEqual("\r\n\r\n", Octets.Text(sent, body - 4, 4));
        for (int i = 0; i < length; i++)
        {
            if (sent[body + i] != FakeReader.At(first + i))
            {
                Assert.AreEqual(-1, i);
            }
        }
    }
}
