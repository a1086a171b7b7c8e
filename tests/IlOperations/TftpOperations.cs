using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.IlOperations;

/// <summary>
/// One turn of TFTP, from the ACK that came in to the DATA that is ready to leave, the source's read included. All clients are on one port,
/// as ROMs are: the worst case for telling them apart.
/// </summary>
public abstract class TftpOperation
{
    private readonly Lan _lan = new Lan();
    private readonly byte[] _ack = [0, TftpPackets.Ack, 0, 0];
    private readonly IPEndPoint[] _clients;
    private readonly int _window;
    private int _turn;

    protected TftpOperation(string name, int window, int clients)
    {
        Name = name;
        _window = window;
        _clients = new IPEndPoint[clients];
        Server = new TftpServer(new ServedNetworks(_lan), _lan, _lan, new Log(new LogText()), _lan, new byte[TftpPackets.MaxPacket]);
        var requests = new TftpRequests(Server, _lan);
        byte[] request = Encoding.ASCII.GetBytes("\0\u0001ipxe.efi\0octet\0blksize\01468\0" + (window > 1 ? "windowsize\04\0" : ""));
        for (int i = 0; i < clients; i++)
        {
            _clients[i] = new IPEndPoint(IPAddress.Parse("10.77.0." + (10 + i)), 2070);
            requests.Receive(request, request.Length, _clients[i], 0);
            Server.Receive(_ack, 4, _clients[i], 0);
        }

        if (Server.Running != clients)
        {
            throw new InvalidOperationException("transfers did not start");
        }
    }

    public string Name { get; }

    protected TftpServer Server { get; }

    public virtual void Run()
    {
        // Clients take turns, so that none is the one heard last.
        int block = ((_turn / _clients.Length) + 1) * _window;
        _ack[2] = (byte)(block >> 8);
        _ack[3] = (byte)block;
        int before = _lan.Sent;
        Server.Receive(_ack, 4, _clients[_clients.Length - 1 - (_turn % _clients.Length)], 1);
        _turn++;
        if (_lan.Sent != before + _window)
        {
            throw new InvalidOperationException(Name + " sent " + (_lan.Sent - before) + " blocks");
        }
    }

    private sealed class Lan : INetwork, IBootFiles, IAdvance, ITftpEvents, ITftpOutput
    {
        private readonly byte[] _content = new byte[1_000_000];

        public int Sent { get; private set; }

        public byte[] Address { get; } = [10, 77, 0, 2];

        public byte[] SubnetMask { get; } = [255, 255, 255, 0];

        public int Generation => 0;

        public LoaderReader Open(byte[] name, int offset, int length) => new BytesReader(_content, _content.Length);

        public bool TakeBlock() => throw new NotSupportedException();

        public void Started(byte[] address, byte[] name, int size)
        {
        }

        void ITftpEvents.Sent(byte[] address, byte[] name, int size, int milliseconds)
        {
        }

        public void BrokenOff(byte[] address, byte[] name, TftpFailure failure, string reason) =>
            throw new InvalidOperationException(reason);

        public void Missing(byte[] address, byte[] name, int offset, int length) => throw new NotSupportedException();

        public void Send(byte[] buffer, int length, IPEndPoint to) => Sent++;

        public Socket OpenDatagram(int port) => throw new NotSupportedException();

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();
    }
}

public sealed class TftpBlock : TftpOperation
{
    public TftpBlock()
        : base("TFTP block", 1, 1)
    {
    }
}

public sealed class TftpBlockAmongEight : TftpOperation
{
    public TftpBlockAmongEight()
        : base("TFTP block, eight transfers", 1, TftpLimits.MaxTransfers)
    {
    }
}

public sealed class TftpWindow : TftpOperation
{
    public TftpWindow()
        : base("TFTP window of 4 blocks", 4, 1)
    {
    }
}

/// <summary>
/// A step without a packet while eight transfers run: a look at all of them comes every few milliseconds, this is the dearer one.
/// </summary>
public sealed class TftpLook : TftpOperation
{
    private long _now;

    public TftpLook()
        : base("TFTP look at eight transfers", 1, TftpLimits.MaxTransfers)
    {
    }

    public override void Run()
    {
        _now += TftpLimits.LookInterval;
        Server.Tick(_now);
    }
}

/// <summary>
/// A request that finds all places taken by others who never acknowledged, up to its OACK: what each of a flood in made-up names costs.
/// </summary>
public sealed class TftpFlood
{
    private readonly NetbootDevice _device = Board.WithMachines(64);
    private readonly TftpRequests _requests;
    private readonly Nobody _output = new();
    private readonly byte[] _request = Encoding.ASCII.GetBytes("\0\u0001snponly.efi\0octet\0tsize\00\0blksize\01468\0windowsize\04\0");
    private long _now;
    private int _next;

    public TftpFlood()
    {
        _requests = new TftpRequests(
            new TftpServer(_device.Served, _output, _device.Journal, _device.Log, _output, new byte[TftpPackets.MaxPacket]), _device.Files);
        for (int i = 0; i < TftpLimits.MaxTransfers * 2; i++)
        {
            Run();
        }
    }

    public string Name => "TFTP request while others hold every place";

    public void Run()
    {
        _now += TftpLimits.PatienceUnheard;
        _next++;
        int before = _output.Sent;
        _requests.Receive(_request, _request.Length, new IPEndPoint(IPAddress.Parse("10.77.0." + (10 + (_next % 200))), 1000 + _next),
            _now);
        if (_output.Sent != before + 1)
        {
            throw new InvalidOperationException(Name + ": not answered");
        }
    }

    private sealed class Nobody : IAdvance, ITftpOutput
    {
        public bool TakeBlock() => false;

        public int Sent { get; private set; }

        public void Send(byte[] buffer, int length, IPEndPoint to) => Sent++;
    }
}
