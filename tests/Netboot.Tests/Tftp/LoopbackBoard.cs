using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>The real service on a real socket: port 69 is some free port of 127.0.0.1, and the file "size-N" has N bytes.</summary>
internal sealed class LoopbackBoard : INetwork, IBootFiles, IAdvance, IRandomness, IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly Thread _loop;
    private volatile bool _restart;
    private volatile bool _ends;
    private Exception _fault;

    public LoopbackBoard()
    {
        Service = new TftpService(this, new ServedNetworks(this), this, this, new MachineJournal(Log, new OtherServers()), Log,
            new byte[TftpPackets.MaxPacket], this);
        Service.Step(Environment.TickCount64);
        _loop = new Thread(Loop);
        _loop.Start();
    }

    public Log Log { get; } = new Log(new LogText());

    public TftpService Service { get; }

    public int Port { get; private set; }

    /// <summary>The ports that it wanted its data to leave from, in turn; the tests give it others.</summary>
    public List<int> DataPorts { get; } = [];

    /// <summary>Ports for data that are taken from now on.</summary>
    public int Refusals { get; set; }

    /// <summary>Sockets that it has open.</summary>
    public int OpenSockets => _sockets.FindAll(s => !s.SafeHandle.IsClosed).Count;

    public byte[] Address { get; } = { 127, 0, 0, 1 };

    public byte[] SubnetMask { get; } = { 255, 0, 0, 0 };

    public int Generation => 0;

    public Socket OpenDatagram(int port)
    {
        if (port != 69)
        {
            DataPorts.Add(port);
            if (Refusals > 0)
            {
                Refusals--;
                throw new SocketException((int)SocketError.AddressAlreadyInUse);
            }
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = port == 69 ? ((IPEndPoint)socket.LocalEndPoint).Port : Port;
        _sockets.Add(socket);
        return socket;
    }

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public Socket OpenListener(int port) => throw new NotSupportedException();

    public LoaderReader Open(byte[] name, int offset, int length)
    {
        string text = Octets.Text(name, offset, length);
        return text.StartsWith("size-") ? new PatternReader(int.Parse(text.Substring(5))) : null;
    }

    public bool TakeBlock() => true;

    public void Fill(byte[] buffer) => Random.Shared.NextBytes(buffer);

    public static void AssertContent(byte[] content, int size, string what)
    {
        Assert.AreEqual(size, content.Length, what + ": size");
        for (int i = 0; i < size; i++)
        {
            if (content[i] != PatternReader.At(i))
            {
                Assert.Fail(what + ": wrong byte at " + i);
            }
        }
    }

    public string Lines()
    {
        var lines = new List<string>();
        var writer = new ByteWriter(new byte[200]);
        for (int i = 0; i < Log.Added; i++)
        {
            writer.Clear();
            if (Log.Write(i, writer, out _))
            {
                lines.Add(writer.ToString());
            }
        }

        return string.Join("\n", lines);
    }

    /// <summary>The link went and is back: what the service's loop does then.</summary>
    public void Restart()
    {
        _restart = true;
        SpinWait.SpinUntil(() => !_restart);
    }

    public void Dispose()
    {
        _ends = true;
        _loop.Join();
        Service.Reset();
        if (_fault != null)
        {
            throw new IOException("the service's loop ended: " + _fault.Message, _fault);
        }
    }

    private void Loop()
    {
        try
        {
            int idle = 0;
            while (!_ends)
            {
                if (_restart)
                {
                    Service.Reset();
                    Service.Step(Environment.TickCount64);
                    _restart = false;
                }

                // Awake while a transfer runs, as on the board, but not at the cost of the client's share of the machine.
                idle = Service.Step(Environment.TickCount64) ? 0 : idle + 1;
                if (idle > 0)
                {
                    Thread.Sleep(1);
                }
                else
                {
                    Thread.Yield();
                }
            }
        }
        catch (Exception e)
        {
            _fault = e;
        }
    }
}
