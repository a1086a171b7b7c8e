using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dns;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Tests.Setup;

/// <summary>The service on a clock of the test's own, on loopback, under a name that no other test has.</summary>
internal sealed class MdnsBench : INetwork, IDisposable
{
    private static int _benches;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private IPEndPoint _end;

    public MdnsBench()
    {
        Host = $"mdns-{Environment.ProcessId}-{Interlocked.Increment(ref _benches)}";
        Service = new MdnsService(this, Log, new byte[512]);
        Use(Host);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Parse("224.0.0.251"), MdnsAnswer.Port));
        _listener.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, (byte[])[224, 0, 0, 251, 127, 0, 0, 1]);
    }

    public string Host { get; private set; }

    public Log Log { get; } = new(new LogText());

    public MdnsService Service { get; }

    public long Now { get; set; } = 1_000_000;

    public bool Refuses { get; set; }

    public int Opened { get; private set; }

    public byte[] Address { get; set; } = [127, 0, 0, 1];

    public byte[] SubnetMask { get; set; } = [255, 0, 0, 0];

    public int Generation => 0;

    public Socket OpenDatagram(int port) => throw new NotSupportedException();

    public Socket OpenListener(int port) => throw new NotSupportedException();

    public Socket OpenMulticast(int port, byte[] group)
    {
        Opened++;
        Assert.AreEqual(5353, port);
        CollectionAssert.AreEqual(new byte[] { 224, 0, 0, 251 }, group);
        if (Refuses)
        {
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        _end = (IPEndPoint)socket.LocalEndPoint;
        return socket;
    }

    public void Use(string host)
    {
        Host = host;
        byte[] text = Encoding.ASCII.GetBytes("[device]\nname = " + host + "\n");
        var error = new SettingsError();
        DeviceSettings settings = SettingsText.Parse(text, 0, text.Length, error);
        Assert.IsNotNull(settings, error.ToString());
        Service.Use(settings.Name);
    }

    public void Step() => Service.Step(Now);

    /// <summary>Both announcements are made and a second has passed.</summary>
    public void Settle()
    {
        for (int i = 0; i < 3; i++)
        {
            Step();
            Now += 1000;
        }

        ToAll();
    }

    public byte[] Question(int type, int ofClass)
    {
        byte[] name = MdnsAnswer.Name(Encoding.ASCII.GetBytes(Host));
        return [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name, 0, (byte)type, (byte)(ofClass >> 8), (byte)ofClass];
    }

    /// <summary>A host at an address; port 0 is one that speaks unicast DNS only.</summary>
    public static Socket Asker(string address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200 };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }

    /// <summary>Sends a datagram, which a step takes; false when nothing was there to be taken.</summary>
    public bool Send(Socket asker, byte[] datagram)
    {
        asker.SendTo(datagram, _end);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(10))
        {
            if (Service.Step(Now))
            {
                return true;
            }
        }

        return false;
    }

    public void Flood(Socket asker, byte[] datagram, int times)
    {
        for (int i = 0; i < times; i++)
        {
            asker.SendTo(datagram, _end);
        }
    }

    /// <summary>What came, or null.</summary>
    public static byte[] Receive(Socket socket)
    {
        try
        {
            var buffer = new byte[2000];
            return buffer[..socket.Receive(buffer)];
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TimedOut)
        {
            return null;
        }
    }

    /// <summary>What was sent to the group about this bench's name since the last call. Other tests' devices send there too.</summary>
    public List<byte[]> ToAll()
    {
        List<byte[]> messages = [];
        var buffer = new byte[2000];
        byte[] name = MdnsAnswer.Name(Encoding.ASCII.GetBytes(Host));
        while (_listener.Poll(50_000, SelectMode.SelectRead))
        {
            byte[] message = buffer[.._listener.Receive(buffer)];
            if (message.Length > 12 + name.Length && message.AsSpan(12, name.Length).SequenceEqual(name))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    public List<string> Lines()
    {
        List<string> lines = [];
        for (int i = Log.Oldest; i < Log.Added; i++)
        {
            var line = new ByteWriter(300, 300);
            Assert.IsTrue(Log.Write(i, line, out _));
            lines.Add(line.ToString());
        }

        return lines;
    }

    public void Dispose()
    {
        Service.Reset();
        _listener.Dispose();
    }
}
