using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Tests.Http;

/// <summary>
/// The real service on loopback, driven by one thread as on the device. Every address in 127.0.0.0/8 is a client of its own.
/// </summary>
internal sealed class HttpBench : INetwork, IHttpHandler, IDisposable
{
    /// <summary>The size of <c>/file</c>.</summary>
    public const int FileLength = 1_000_000;

    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile bool _pause;
    private volatile bool _paused;

    public HttpBench()
    {
        Service = new HttpService(this, 80, this, Log);
        _thread = new Thread(Loop) { IsBackground = true };
        Service.Step(0);
        _thread.Start();
    }

    public Log Log { get; } = new(new LogText());

    public HttpService Service { get; }

    public int Port { get; private set; }

    /// <summary>The longest single step in milliseconds.</summary>
    public double LongestStep { get; private set; }

    /// <summary>What a step threw, or null.</summary>
    public Exception Thrown { get; private set; }

    /// <summary>Every reader that was handed out.</summary>
    public ConcurrentBag<FakeReader> Readers { get; } = [];

    public byte[] Address => [127, 0, 0, 1];

    public byte[] SubnetMask => [255, 0, 0, 0];

    public int Generation => 0;

    public Socket OpenDatagram(int port) => throw new NotSupportedException();

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public Socket OpenListener(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, Port));

        // Small as on the board, and inherited by what is accepted: a client that reads nothing soon stops its answer.
        socket.SendBufferSize = 16 * 1024;
        socket.Listen(16);
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }

    public bool Receive(HttpRequest request, HttpResponse response, bool isLong, long now)
    {
        request.Intake = isLong ? new FakeIntake() : null;
        return true;
    }

    public void Handle(HttpRequest request, HttpResponse response, long now)
    {
        string path = Octets.Text(request.Buffer, request.PathOffset, request.PathLength);
        switch (path)
        {
            case "/hello":
                Body(response, "hello");
                break;
            case "/echo":
                Body(response, request.Intake is FakeIntake intake
                    ? intake.Taken.ToString() : request.Body == null ? ""
                    : Octets.Text(request.Body, request.BodyOffset, request.BodyLength));
                break;
            case "/query":
                var value = new ByteWriter(64, 64);
                response.Body(request.Query(Octets.Of("mac"), value) ? value : new ByteWriter(1, 1));
                break;
            case "/file":
                Serve(response, new FakeReader(FileLength) { Every = 3 }, false);
                break;
            case "/flash":
                Serve(response, new FakeReader(FileLength), true);
                break;
            case "/short":
                Serve(response, new FakeReader(FileLength) { FailsAt = 300_000 }, false);
                break;
            case "/throws-late":
                Serve(response, new FakeReader(FileLength) { ThrowsAt = 300_000 }, false);
                break;
            case "/failed":
                Serve(response, new FakeReader(0) { HasNoLength = true, Every = 5 }, false);
                break;
            case "/throws":
                Serve(response, new FakeReader(10), false);
                throw new InvalidOperationException("a handler's mistake");
            default:
                response.Text(404, "no such page");
                break;
        }
    }

    /// <summary>A client that speaks from an address of its own.</summary>
    public HttpClient Client(int address = 1)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => new ValueTask<Stream>(new NetworkStream(Connect(address), true)),
            MaxConnectionsPerServer = 64,
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://127.0.0.1:" + Port), Timeout = TimeSpan.FromSeconds(25) };
    }

    /// <summary>A raw connection from 127.0.0.<paramref name="address"/>.</summary>
    public Socket Connect(int address = 1, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)address]), 0));
        socket.Connect(IPAddress.Loopback, Port);
        socket.NoDelay = true;
        socket.ReceiveTimeout = 15000;
        socket.SendTimeout = 15000;
        return socket;
    }

    /// <summary>Sends a text and reads until the server closes.</summary>
    public string Ask(string text, int address = 1)
    {
        using Socket socket = Connect(address);
        socket.Send(Encoding.Latin1.GetBytes(text));
        return ReadAll(socket);
    }

    /// <summary>Reads until the end; a reset is marked.</summary>
    public static string ReadAll(Socket socket)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            int count;
            while ((count = socket.Receive(buffer)) > 0)
            {
                bytes.Write(buffer, 0, count);
            }
        }
        catch (SocketException e)
        {
            return Encoding.Latin1.GetString(bytes.ToArray()) + "<" + e.SocketErrorCode + ">";
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    /// <summary>Waits until a condition holds.</summary>
    public static void Until(Func<bool> condition, int milliseconds, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.IsTrue(watch.ElapsedMilliseconds < milliseconds, what);
            Thread.Sleep(2);
        }
    }

    /// <summary>Every connection has ended and every reader was closed exactly once.</summary>
    public void AssertAtRest()
    {
        Until(() => Service.Active == 0, 12000, "connections must end");
        Assert.IsNull(Thrown);
        foreach (FakeReader reader in Readers)
        {
            Assert.AreEqual(1, reader.Closed);
        }
    }

    /// <summary>Runs something on the service while its thread stands still.</summary>
    public void Between(Action action)
    {
        _pause = true;
        Until(() => _paused, 5000, "the loop must pause");
        action();
        _pause = false;
        Until(() => !_paused, 5000, "the loop must go on");
    }

    public static bool IsFile(byte[] content, int first)
    {
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] != FakeReader.At(first + i))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        Service.Reset();
        Assert.IsNull(Thrown);
    }

    private void Serve(HttpResponse response, FakeReader reader, bool seekable)
    {
        Readers.Add(reader);
        response.ContentType = HttpContentTypes.Efi;
        response.Body(reader, seekable);
    }

    private static void Body(HttpResponse response, string text)
    {
        byte[] bytes = Octets.Of(text);
        response.Body(bytes, 0, bytes.Length);
    }

    private void Loop()
    {
        try
        {
            while (!_stop)
            {
                if (_pause)
                {
                    _paused = true;
                    Thread.Sleep(1);
                    continue;
                }

                _paused = false;
                long start = Stopwatch.GetTimestamp();
                bool moved = Service.Step(Environment.TickCount64);
                LongestStep = Math.Max(LongestStep, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!moved)
                {
                    Thread.Sleep(1);
                }
            }
        }
        catch (Exception e)
        {
            Thrown = e;
        }
    }
}
