using System;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Tests.Http;
using Netboot.Tests.Terminal;
using Netboot.Web;

namespace Netboot.Tests.Page;

/// <summary>
/// A device without sockets whose page is asked request by request, on a clock of the test's own; its jobs are done as its main thread
/// would.
/// </summary>
internal sealed class PageBench
{
    /// <summary>The password that <see cref="LogIn"/> sets and uses.</summary>
    public const string Password = "correct-horse";

    private const int MostSteps = 500;

    private readonly HttpShared _shared;

    public PageBench()
    {
        _shared = new HttpShared(new SiteHandler(Device, 80), Device.Log, new byte[HttpLimits.ReadSize]);
        Now = DeviceClock.Now;
    }

    public ConsoleBench Console { get; } = new ConsoleBench();

    public NetbootDevice Device => Console.Device;

    public long Now { get; set; }

    /// <summary>The computer that asks.</summary>
    public byte[] Address { get; set; } = { 10, 0, 0, 9 };

    /// <summary>The Host header; null for none.</summary>
    public string Host { get; set; } = "netboot";

    /// <summary>The Origin header; null for none.</summary>
    public string Origin { get; set; }

    /// <summary>The session's cookie, as the browser sends it; null for none.</summary>
    public string Cookie { get; set; }

    /// <summary>The token; null for none.</summary>
    public string Token { get; set; } = "x";

    /// <summary>Whether the main thread is busy with something else: no job is done.</summary>
    public bool IsStalled { get; set; }

    /// <summary>How far the clock goes on with each step.</summary>
    public int StepMilliseconds { get; set; } = 1;

    /// <summary>The connection of the request that is under way.</summary>
    public HttpConnection Connection { get; private set; }

    /// <summary>All of the last answer.</summary>
    public string Answer { get; private set; }

    /// <summary>Status of the last answer.</summary>
    public int Status { get; private set; }

    /// <summary>Body of the last answer; of a chunked one the chunks joined.</summary>
    public string Body { get; private set; }

    public int Get(string target) => Ask("GET " + target, null);

    public int Head(string target) => Ask("HEAD " + target, null);

    public int Post(string target, string body) => Ask("POST " + target, body);

    /// <summary>Sends the head of a POST and nothing of its body; gives the status, 0 when the device waits for it.</summary>
    public int PostHead(string target, int length)
    {
        var text = new ByteWriter(512, 1024);
        text.Text("POST ").Text(target).Text(" HTTP/1.1\r\n");
        Line(text, "Host: ", Host);
        Line(text, "Origin: ", Origin);
        Line(text, "Cookie: ", Cookie);
        Line(text, "X-Netboot-Token: ", Token);
        text.Text("Content-Length: ").Number(length).Text("\r\n\r\n");
        var peer = new FakePeer();
        var connection = new HttpConnection(_shared);
        connection.Open(peer, Address, Now);
        peer.Arrive(text.Buffer, 0, text.Length);
        connection.Step(Now);
        byte[] sent = Octets.Of(peer.Sent);
        return sent.Length == 0 ? 0 : Octets.ParseNumber(sent, 9, 3);
    }

    /// <summary>Sets the password, and is logged in.</summary>
    public PageBench LogIn()
    {
        Assert.AreEqual(200, Post("/api/claim", "password=" + Password));
        TakeSession();
        return this;
    }

    /// <summary>Goes on with the session that the last answer began.</summary>
    public void TakeSession()
    {
        Cookie = Between(Answer, "Set-Cookie: ", ";");
        Token = Between(Body, "\"token\":\"", "\"");
    }

    /// <summary>What stands between two texts.</summary>
    public static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before);
        Assert.IsTrue(start >= 0);
        start += before.Length;
        string rest = text.Substring(start, text.Length - start);
        return rest.Substring(0, rest.IndexOf(after));
    }

    public bool Has(string words) => Body.IndexOf(words) >= 0;

    private int Ask(string request, string body)
    {
        var text = new ByteWriter(512, 40000);
        text.Text(request).Text(" HTTP/1.1\r\n");
        Line(text, "Host: ", Host);
        Line(text, "Origin: ", Origin);
        Line(text, "Cookie: ", Cookie);
        byte[] bytes = body == null ? null : Octets.Of(body);
        if (bytes != null)
        {
            Line(text, "X-Netboot-Token: ", Token);
            text.Text("Content-Length: ").Number(bytes.Length).Text("\r\n");
        }

        text.Text("\r\n");
        if (bytes != null)
        {
            text.Raw(bytes);
        }

        // After a HEAD the connection stays open, for firmware's sake.
        Run(text, request.IndexOf("HEAD ") == 0 ? 0 : 1);
        return Status;
    }

    private void Run(ByteWriter text, int closed)
    {
        var peer = new FakePeer();
        var connection = new HttpConnection(_shared);
        Connection = connection;
        connection.Open(peer, Address, Now);
        peer.Arrive(text.Buffer, 0, text.Length);
        for (int i = 0; i < MostSteps && peer.Closed == 0; i++)
        {
            // A refused request is read on for a moment before the connection closes.
            connection.Step(Now + (i * StepMilliseconds));
            if (!IsStalled)
            {
                Device.Jobs.Run(Now);
            }
        }

        Assert.AreEqual(closed, peer.Closed);
        Answer = peer.Sent;
        byte[] sent = Octets.Of(Answer);
        Status = Octets.ParseNumber(sent, 9, 3);
        int end = Answer.IndexOf("\r\n\r\n") + 4;
        Body = Answer.IndexOf("Transfer-Encoding: chunked") > 0 ? Joined(peer.SentBytes, end) : Octets.Text(sent, end, sent.Length - end);
    }

    private static string Joined(ByteWriter sent, int at)
    {
        var body = new ByteWriter(1024, 100000);
        byte[] bytes = sent.Buffer;
        while (true)
        {
            int end = Octets.IndexOf(bytes, at, sent.Length - at, (byte)'\r');
            int size = Octets.ParseHex(bytes, at, end - at);
            if (size == 0)
            {
                return body.ToString();
            }

            body.Raw(bytes, end + 2, size);
            at = end + 4 + size;
        }
    }

    private static void Line(ByteWriter text, string name, string value)
    {
        if (value != null)
        {
            text.Text(name).Text(value).Text("\r\n");
        }
    }
}
