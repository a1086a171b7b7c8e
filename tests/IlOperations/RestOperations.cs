using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Device;
using Netboot.Logging;
using Netboot.Loops;

namespace Netboot.IlOperations;

/// <summary>
/// A second in which nothing comes: a hundred rounds of both loops with all sockets open. The main thread's five looks take some thousand
/// more.
/// </summary>
public sealed class SecondAtRest
{
    private const int Rounds = 100;

    private readonly Loopback _lan = new();
    private readonly NetbootDevice _device;
    private readonly ServiceLoop _packets;
    private readonly ServiceLoop _pages;
    private long _now = Environment.TickCount64;

    public SecondAtRest()
    {
        _device = Board.WithMachines(64, _lan);
        _packets = new ServiceLoop(_lan, null, [_device.Dhcp, _device.Tftp, _device.Journal], _device.Log);
        _pages = new ServiceLoop(_lan, null, [_device.Http, _device.Syslog, _device.Mdns], _device.Log);

        // What it does first and never again: it opens its sockets, tells its name, asks which other servers there are.
        for (int i = 0; i < 30 * Rounds; i++)
        {
            Round();
        }

        if (_device.Log.Counts[Counter.LoopFaults] != 0 || !_lan.IsComplete)
        {
            var line = new Bytes.ByteWriter(256, 256);
            _device.Log.Write(_device.Log.Added - 1, line, out long _);
            throw new InvalidOperationException(Name + ": it does not rest, it fails: " + line.ToString());
        }
    }

    public string Name => "a second at rest, 64 machines";

    public void Run()
    {
        for (int i = 0; i < Rounds; i++)
        {
            Round();
        }
    }

    private void Round()
    {
        _packets.Round(_now);
        _pages.Round(_now);
        _now += 10;
    }

    /// <summary>Free ports of 127.0.0.1: nothing ever comes to them.</summary>
    private sealed class Loopback : INetwork
    {
        private int _opened;

        /// <summary>67, 4011, 69, 514, 5353 and 80.</summary>
        public bool IsComplete => _opened == 6;

        public byte[] Address => Board.Address;

        public byte[] SubnetMask { get; } = [255, 255, 255, 0];

        public int Generation => 0;

        public Socket OpenDatagram(int port) => Open(SocketType.Dgram, ProtocolType.Udp);

        public Socket OpenMulticast(int port, byte[] group) => Open(SocketType.Dgram, ProtocolType.Udp);

        public Socket OpenListener(int port)
        {
            Socket socket = Open(SocketType.Stream, ProtocolType.Tcp);
            socket.Listen(1);
            return socket;
        }

        private Socket Open(SocketType type, ProtocolType protocol)
        {
            var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _opened++;
            return socket;
        }
    }
}
