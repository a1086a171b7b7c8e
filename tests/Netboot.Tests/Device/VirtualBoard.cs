using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Netboot.Board;

namespace Netboot.Tests.Device;

/// <summary>
/// A board for tests: network on loopback with every port mapped to a free one, storage in memory, loaders made up; its cable can be
/// pulled, its flash filled, and its restarts are counted.
/// </summary>
internal sealed class VirtualBoard : IBoard, INetwork, IStorage, IFirmwareLoaders, IRandomness
{
    /// <summary>More than the PC's socket buffers take at once, so that a download that nobody reads stays under way.</summary>
    public const int LoaderSize = 64 * 1024 * 1024;

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly Dictionary<int, int> _ports = [];
    private readonly List<Socket> _sockets = [];
    private readonly object _lock = new();
    private bool _cable = true;
    private int _generation;

    public VirtualBoard()
    {
    }

    /// <summary>A board whose port of this number is that port of loopback.</summary>
    public VirtualBoard(int realPort) => _ports[realPort] = realPort;

    public bool FlashFull { get; set; }

    public int Free { get; set; } = 60_000;

    public int Reboots { get; private set; }

    /// <summary>Files that were stored.</summary>
    public int Writes { get; private set; }

    public string Target => "TEST";

    public string FirmwareVersion => "0";

    public byte[] MacAddress { get; } = [0x52, 0x54, 0, 0, 0, 1];

    public DateTime UtcNow => DateTime.UtcNow;

    public byte[] Address => _cable ? [127, 0, 0, 1] : null;

    public byte[] SubnetMask => _cable ? [255, 0, 0, 0] : null;

    /// <summary>
    /// Threads still to be killed: the next ones that ask for the generation of the network, as every loop does outside its services, die
    /// of it.
    /// </summary>
    public int Deaths;

    public int Generation
    {
        get
        {
            if (Deaths > 0 && Interlocked.Decrement(ref Deaths) >= 0)
            {
                throw new InvalidOperationException("killed");
            }

            return _generation;
        }
    }

    public int Count => 1;

    /// <summary>The largest piece of memory that can be had, as long as it is not more than what is free.</summary>
    public int Piece { get; set; } = int.MaxValue;

    public int FreeMemory() => Free;

    public bool HasRoom(int bytes) => bytes <= Free && bytes <= Piece;

    public void Fill(byte[] buffer) => System.Security.Cryptography.RandomNumberGenerator.Fill(buffer);

    public void SetLed(bool lit)
    {
    }

    public void Reboot() => Reboots++;

    /// <summary>The loopback end of one of the device's ports, once it is open.</summary>
    public IPEndPoint EndOf(int port)
    {
        lock (_lock)
        {
            return _ports.TryGetValue(port, out int real) ? new IPEndPoint(IPAddress.Loopback, real) : null;
        }
    }

    /// <summary>The link goes: every socket fails, there is no address.</summary>
    public void PullCable()
    {
        lock (_lock)
        {
            _cable = false;
            _generation++;
            _sockets.ForEach(s => s.Dispose());
            _sockets.Clear();
        }
    }

    public void PlugCable()
    {
        lock (_lock)
        {
            _cable = true;
            _generation++;
        }
    }

    /// <summary>Closes the sockets under the services without a word, as a driver that resets does.</summary>
    public void BreakSockets()
    {
        lock (_lock)
        {
            _sockets.ForEach(s => s.Dispose());
            _sockets.Clear();
        }
    }

    public Socket OpenDatagram(int port) =>
        Open(port, new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true });

    public Socket OpenMulticast(int port, byte[] group)
    {
        Socket socket = OpenDatagram(port);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        return socket;
    }

    public Socket OpenListener(int port)
    {
        Socket socket = Open(port, new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        socket.Listen(8);
        return socket;
    }

    public string Name(int index) => "snponly.efi";

    public string Version(int index) => "1.0";

    public string Hash(int index) => "0123456789abcdef";

    int IFirmwareLoaders.Length(int index) => LoaderSize;

    public int Read(int index, int position, byte[] buffer, int offset, int count)
    {
        int part = Math.Min(count, LoaderSize - position);
        for (int i = 0; i < part; i++)
        {
            buffer[offset + i] = (byte)((position + i) * 31 >> 3);
        }

        return part;
    }

    public int Length(string name)
    {
        lock (_lock)
        {
            return _files.TryGetValue(name, out byte[] content) ? content.Length : -1;
        }
    }

    public Stream OpenRead(string name)
    {
        lock (_lock)
        {
            return _files.TryGetValue(name, out byte[] content) ? new MemoryStream(content, false) : null;
        }
    }

    public void Write(string name, byte[] content, int length)
    {
        lock (_lock)
        {
            if (FlashFull)
            {
                throw new IOException("no space left");
            }

            _files[name] = content[..length];
            Writes++;
        }
    }

    public void Write(string name, StorageContent content)
    {
        // In pieces, as a board does.
        var piece = new byte[StorageContent.PieceSize];
        using var all = new MemoryStream();
        for (int count = content.Next(piece); count > 0; count = content.Next(piece))
        {
            all.Write(piece, 0, count);
        }

        Write(name, all.ToArray(), (int)all.Length);
    }

    public void Delete(string name)
    {
        lock (_lock)
        {
            _files.Remove(name);
        }
    }

    private Socket Open(int port, Socket socket)
    {
        lock (_lock)
        {
            if (!_cable)
            {
                socket.Dispose();
                throw new SocketException((int)SocketError.NetworkDown);
            }

            int real = _ports.GetValueOrDefault(port);
            if (real != 0)
            {
                // Only for a port it had: with it, a free port may also be one that another test has.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(new IPEndPoint(IPAddress.Loopback, real));
            _ports[port] = ((IPEndPoint)socket.LocalEndPoint).Port;
            _sockets.Add(socket);
            return socket;
        }
    }
}
