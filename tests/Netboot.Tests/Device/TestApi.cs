using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Netboot.Tests.Device;

/// <summary>A boot API on loopback that gives every machine the same answer.</summary>
internal sealed class TestApi : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly object _lock = new();
    private int _atOnce;

    public TestApi()
    {
        _listener.Start();
        Url = $"http://{_listener.LocalEndpoint}/";
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "{}";

    public TimeSpan Delay { get; set; }

    /// <summary>What was asked for last, or null.</summary>
    public string Path { get; private set; }

    /// <summary>The most questions that it had to answer at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public void Dispose() => _listener.Stop();

    private void Serve()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket socket)
    {
        using Socket closed = socket;
        var request = new byte[2048];
        int length = 0;
        int count = 1;
        while (count > 0 && !Encoding.ASCII.GetString(request, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            count = socket.Receive(request, length, request.Length - length, SocketFlags.None);
            length += count;
        }

        lock (_lock)
        {
            Path = Encoding.ASCII.GetString(request, 0, length).Split(' ')[1];
            _atOnce++;
            MostAtOnce = Math.Max(MostAtOnce, _atOnce);
        }

        Thread.Sleep(Delay);
        lock (_lock)
        {
            _atOnce--;
        }

        byte[] body = Encoding.UTF8.GetBytes(Answer);
        socket.Send(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {Status} So\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        socket.Send(body);
        socket.Shutdown(SocketShutdown.Both);
    }
}
