using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Tests.Tftp;

namespace Netboot.Tests.Boot;

/// <summary>
/// An HTTP server of this test's own that behaves as its path says: <c>/whole-N</c>, <c>/missing</c>, <c>/empty</c>, <c>/chunked</c>,
/// <c>/no-length</c>, <c>/silent</c> (never answers), <c>/broken-N-M</c> and <c>/stalled-N-M</c> (closes or goes quiet after M of N bytes),
/// <c>/slow-N</c>, <c>/crumbs-N</c> (byte by byte), <c>/status-N</c>, <c>/late-N</c> (answers after N milliseconds), <c>/script</c>,
/// <c>/page</c>, and <c>/text.ipxe</c>, which is no script; <c>/to-N-PATH</c> (N redirections, then what PATH is), <c>/https</c> (redirects
/// there), <c>/dead</c> (redirects to where nobody listens), <c>/gzip</c>, <c>/packed</c> (gzip without saying so), <c>/html</c>,
/// <c>/huge</c> (more than 2 GB), <c>/ssh</c>, <c>/hangup</c>, <c>/drop-N</c> (the head, byte by byte, for N milliseconds).
/// <c>/snponly.efi</c> or <c>/netboot.json</c> behind any of them changes nothing: it is the name of a loader, or of the mirror's list.
/// </summary>
internal sealed class TinyMirror : IDisposable
{
    private const int SlowPart = 700;
    private const int SlowPause = 2;
    private const int LargestRequest = 4096;

    private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new CancellationTokenSource();
    private int _requests;
    private int _connections;

    public TinyMirror()
    {
        _listener.Start();
        new Thread(Accept).Start();
    }

    public string Url => "http://" + _listener.LocalEndpoint + "/";

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Connections that no side has closed.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>An address where nobody listens.</summary>
    public static string Nobody()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string url = "http://" + listener.LocalEndpoint + "/file";
        listener.Stop();
        return url;
    }

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Stop();
        SpinWait.SpinUntil(() => Connections == 0, TimeSpan.FromSeconds(5));
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                Interlocked.Increment(ref _connections);
                new Thread(() => Serve(socket)).Start();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was stopped, during the call or before it: the test is over.
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            using (socket)
            using (_ended.Token.Register(socket.Dispose))
            {
                string path = ReadPath(socket);
                if (path != null)
                {
                    Interlocked.Increment(ref _requests);
                    path = path.Replace("/snponly.efi", "").Replace("/netboot.json", "");
                    Answer(socket, path.Split('-'), path);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client closed, or the test is over.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private static void Answer(Socket socket, string[] path, string all)
    {
        int length = path.Length > 1 && int.TryParse(path[1], out int number) ? number : 0;
        int sent = path.Length > 2 && int.TryParse(path[2], out int some) ? some : length;
        switch (path[0])
        {
            case "whole":
            case "broken":
                Send(socket, Head(length));
                Send(socket, Content(0, sent));
                break;
            case "stalled":
                Send(socket, Head(length));
                Send(socket, Content(0, sent));
                WaitForItsEnd(socket);
                break;
            case "slow":
                Send(socket, Head(length));
                for (int at = 0; at < length; at += SlowPart)
                {
                    Send(socket, Content(at, Math.Min(SlowPart, length - at)));
                    Thread.Sleep(SlowPause);
                }

                break;
            case "crumbs":
                socket.NoDelay = true;
                foreach (byte one in (byte[])[.. Encoding.ASCII.GetBytes(Head(length)), .. Content(0, length)])
                {
                    Send(socket, [one]);
                }

                break;
            case "status":
                Send(socket, "HTTP/1.1 " + length + " So\r\nContent-Length: 0\r\n\r\n");
                break;
            case "late":
                // Here as elsewhere in this mirror the time itself is what is wanted of it.
                Thread.Sleep(length);
                Send(socket, Head(5) + "hello");
                break;
            case "script":
                Send(socket, Head(19) + "#!ip");
                Thread.Sleep(50);
                Send(socket, "xe\nchain kernel");
                break;
            case "page":
                Send(socket, Head(29) + "\r\n<!DOCTYPE html><html></html>"[..29]);
                break;
            case "text.ipxe":
                Send(socket, Head(5) + "hello");
                break;
            case "silent":
                WaitForItsEnd(socket);
                break;
            case "to":
                string next = length > 1 ? "/to-" + (length - 1) + all[all.IndexOf('-', 3)..] : all[(all.IndexOf('-', 3) + 1)..];
                Send(socket, "HTTP/1.1 302 Found\r\nLocation: " + next + "\r\nContent-Length: 0\r\n\r\n");
                break;
            case "loop":
                Send(socket, "HTTP/1.1 301 Moved\r\nLocation: loop\r\nContent-Length: 0\r\n\r\n");
                break;
            case "https":
                Send(socket, "HTTP/1.1 301 Moved\r\nLocation: https://nas/file\r\nContent-Length: 0\r\n\r\n");
                break;
            case "dead":
                Send(socket, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/file\r\nContent-Length: 0\r\n\r\n");
                break;
            case "nowhere":
                Send(socket, "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n");
                break;
            case "gzip":
                Send(socket, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");
                break;
            case "packed":
                Send(socket, [.. Encoding.ASCII.GetBytes(Head(40)), 0x1F, 0x8B, 8, .. new byte[37]]);
                break;
            case "html":
                Send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nabc");
                break;
            case "huge":
                Send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
                Send(socket, Content(0, length > 0 ? length : 3));
                if (length == 0)
                {
                    WaitForItsEnd(socket);
                }

                break;
            case "ssh":
                Send(socket, "SSH-2.0-OpenSSH_9.2p1\r\n");
                WaitForItsEnd(socket);
                break;
            case "hangup":
                break;
            case "drop":
                for (int at = 0; at < length / 10; at++)
                {
                    Send(socket, at == 0 ? "HTTP/1.1 200 OK\r\nX: " : "y");
                    Thread.Sleep(10);
                }

                break;
            case "empty":
                Send(socket, Head(0));
                break;
            case "chunked":
                Send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
                break;
            case "no":
                Send(socket, "HTTP/1.0 200 OK\r\n\r\nhello");
                break;
            default:
                Send(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot here\n");
                break;
        }
    }

    private static string ReadPath(Socket socket)
    {
        var buffer = new byte[LargestRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int count = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (count == 0)
            {
                return null;
            }

            length += count;
            string text = Encoding.ASCII.GetString(buffer, 0, length);
            if (text.EndsWith("\r\n\r\n"))
            {
                return text.Split(' ')[1].Substring(1);
            }
        }

        return null;
    }

    private static void WaitForItsEnd(Socket socket)
    {
        while (socket.Receive(new byte[1]) > 0)
        {
        }
    }

    private static string Head(int length) => "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";

    private static byte[] Content(int from, int count)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = PatternReader.At(from + i);
        }

        return bytes;
    }

    private static void Send(Socket socket, string text) => Send(socket, Encoding.ASCII.GetBytes(text));

    private static void Send(Socket socket, byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += socket.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
        }
    }
}
