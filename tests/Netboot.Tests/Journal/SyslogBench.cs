using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Syslog;
using Netboot.Tests.Device;

namespace Netboot.Tests.Journal;

/// <summary>The service on a clock of the test's own, and a syslog server at 127.0.0.2.</summary>
internal sealed class SyslogBench : INetwork
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200 };

    public SyslogBench(string settings)
    {
        _server.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        Service = new SyslogService(this, new ServedNetworks(this), Board, Log, new MachineJournal(Log, new OtherServers()),
            new byte[SyslogLine.Capacity]);
        Use(settings);
    }

    public LoopbackBoard Board { get; } = new();

    public Log Log { get; } = new(new LogText());

    public SyslogService Service { get; }

    public long Now { get; set; } = Environment.TickCount64;

    public bool Refuses { get; set; }

    public byte[] Address => Board.Board.Address == null ? null : Board.Own;

    public byte[] SubnetMask => Board.Mask;

    public int Generation => 0;

    public Socket OpenDatagram(int port) =>
        Refuses ? throw new SocketException((int)SocketError.AddressAlreadyInUse) : Board.Open(port);

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public Socket OpenListener(int port) => throw new NotSupportedException();

    public void Use(string settings) =>
        UseText(settings.Replace("{0}", ((IPEndPoint)_server.LocalEndPoint).Port.ToString(CultureInfo.InvariantCulture),
        StringComparison.Ordinal));

    public void UseText(string settings)
    {
        byte[] text = Encoding.ASCII.GetBytes(settings);
        var error = new SettingsError();
        DeviceSettings parsed = SettingsText.Parse(text, 0, text.Length, error);
        Assert.IsNotNull(parsed, error.ToString());
        Service.Use(parsed.Value(SettingsKey.LogSyslog), parsed.Name);
    }

    public void Step(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            Service.Step(Now);
        }
    }

    /// <summary>A datagram comes from an address, and is taken.</summary>
    public void Say(string address, string text)
    {
        Step();
        using var machine = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        machine.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        int before = Log.Counts[Counter.SyslogReceived];
        machine.SendTo(Encoding.Latin1.GetBytes(text), Board.EndOf(514));
        var watch = Stopwatch.StartNew();
        while (Log.Counts[Counter.SyslogReceived] == before && watch.Elapsed < TimeSpan.FromSeconds(10))
        {
            Step();
        }
    }

    /// <summary>The next line that a syslog server gets.</summary>
    public static string Receive(Socket socket)
    {
        var buffer = new byte[2000];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
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

    /// <summary>What the syslog server has got, until nothing comes for a while.</summary>
    public string[] Received()
    {
        List<string> lines = [];
        try
        {
            while (true)
            {
                lines.Add(Receive(_server));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TimedOut)
        {
            return [.. lines];
        }
    }
}

/// <summary>A board whose address can be another one of loopback.</summary>
internal sealed class LoopbackBoard : IBoard
{
    private IPEndPoint _end;

    public VirtualBoard Board { get; } = new();

    public byte[] Own { get; set; } = [127, 0, 0, 1];

    public byte[] Mask { get; set; } = [255, 0, 0, 0];

    public string Target => Board.Target;

    public string FirmwareVersion => Board.FirmwareVersion;

    public byte[] MacAddress => Board.MacAddress;

    public DateTime UtcNow => Board.UtcNow;

    public bool HasRoom(int bytes) => Board.HasRoom(bytes);

    public int FreeMemory() => Board.FreeMemory();

    public void SetLed(bool lit) => Board.SetLed(lit);

    public void Reboot() => Board.Reboot();

    public void PullCable() => Board.PullCable();

    public void PlugCable() => Board.PlugCable();

    public IPEndPoint EndOf(int port)
    {
        Assert.AreEqual(514, port);
        return _end;
    }

    public Socket Open(int port)
    {
        Assert.AreEqual(514, port);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(new IPAddress(Own), 0));
        _end = (IPEndPoint)socket.LocalEndPoint;
        return socket;
    }
}
