using System;
using System.Collections;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Reflection;
using System.Resources;
using System.Text;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using nanoFramework.TestFramework;

[assembly: AssemblyTitle("Snippet")]

namespace Snippets;

public sealed class LimitedStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => 0;
    public override long Position { get; set; }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => 0;
    public override int Read(SpanByte buffer) => 0;
    public override long Seek(long offset, SeekOrigin origin) => 0;
    public override void SetLength(long value) { }
    public override void Write(byte[] buffer, int offset, int count) { }
}

[TestClass]
public class FrameworkTests
{
    private enum Files : short
    {
        Loader = -14888,
    }

    [TestMethod]
    [DataRow(1, "a")]
    [DataRow(2, "b")]
    public void Rows(int number, string text)
    {
        Assert.AreEqual(number, text.Length + number - 1);
        Assert.ThrowsException(typeof(ArgumentException), () => throw new ArgumentException("x"));
    }

    public void Sockets()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
        socket.Bind(new IPEndPoint(IPAddress.Any, 67));
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        byte[] buffer = new byte[576];
        if (socket.Poll(1000, SelectMode.SelectRead))
        {
            int length = socket.ReceiveFrom(buffer, ref from);
            socket.SendTo(buffer, length, SocketFlags.None, from);
        }

        try
        {
            socket.Close();
        }
        catch (SocketException error) when (error.ErrorCode == 10060)
        {
            Debug.WriteLine("late");
        }
    }

    public void Library()
    {
        var thread = new Thread(() => Thread.Sleep(Timeout.Infinite));
        thread.Start();
        var timer = new Timer(state => Console.WriteLine("tick"), null, 0, 1000);
        timer.Dispose();
        using var file = new FileStream("I:\\a", FileMode.Create, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes("x"), 0, 1);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://10.0.0.1/");
        request.Dispose();
        var resources = new ResourceManager("App.Loaders", typeof(FrameworkTests).Assembly);
        object part = ResourceUtility.GetObject(resources, Files.Loader, 0, 4096);
        long now = Environment.TickCount64 + DateTime.UtcNow.ToUnixTimeSeconds();
        foreach (NetworkInterface card in NetworkInterface.GetAllNetworkInterfaces())
        {
            Console.WriteLine(card.IPv4Address + now.ToString() + BitConverter.ToString(card.PhysicalAddress) + part);
        }

        NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out uint total, out uint free, out uint largest);
        Console.WriteLine((total + free + largest).ToString("D3"));
        Power.RebootDevice();
    }
}
