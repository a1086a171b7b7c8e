using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Boot;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Tftp;

namespace Netboot.IlOperations;

/// <summary>One turn of TFTP, from the ACK that came in to the DATA that is ready to leave, the source's read included. All clients are on one port, as ROMs are: the worst case for telling them apart.</summary>
public abstract class TftpOperation
{
    /// <summary>The budget for a block (DESIGN 2).</summary>
    protected const int BlockBudget = 600;

    private readonly Lan _lan = new Lan();
    private readonly byte[] _ack = [0, TftpPackets.Ack, 0, 0];
    private readonly IPEndPoint[] _clients;
    private readonly int _window;
    private int _block;

    protected TftpOperation(string name, int budget, int window, int clients)
    {
        Name = name;
        Budget = budget;
        _window = window;
        _clients = new IPEndPoint[clients];
        Server = new TftpServer(_lan, _lan, new Log(), false, _lan);
        byte[] request = Netboot.Bytes.Octets.Of("..ipxe.efi.octet.blksize.1468." + (window > 1 ? "windowsize.4." : ""));
        for (int i = 0; i < request.Length; i++)
        {
            request[i] = request[i] == '.' && (i < 2 || i != 6) ? (byte)0 : request[i];
        }

        request[1] = TftpPackets.ReadRequest;
        for (int i = 0; i < clients; i++)
        {
            _clients[i] = new IPEndPoint(IPAddress.Parse("10.77.0." + (10 + i)), 2070);
            Server.Receive(request, request.Length, _clients[i], 0);
            Server.Receive(_ack, 4, _clients[i], 0);
        }

        if (Server.Running != clients)
        {
            throw new InvalidOperationException("transfers did not start");
        }
    }

    public string Name { get; }

    public int Budget { get; }

    protected TftpServer Server { get; }

    public virtual void Run()
    {
        _block += _window;
        _ack[2] = (byte)(_block >> 8);
        _ack[3] = (byte)_block;
        int before = _lan.Sent;

        // The client in the middle of the table, and not the one that was heard last.
        Server.Receive(_ack, 4, _clients[_clients.Length / 2], 1);
        if (_lan.Sent != before + _window)
        {
            throw new InvalidOperationException(Name + " sent " + (_lan.Sent - before) + " blocks");
        }
    }

    private sealed class Lan : INetwork, IBootFiles, ITftpOutput
    {
        private readonly byte[] _content = new byte[1_000_000];

        public int Sent { get; private set; }

        public byte[] Address { get; } = [10, 77, 0, 2];

        public byte[] SubnetMask { get; } = [255, 255, 255, 0];

        public int Generation => 0;

        public LoaderReader Open(byte[] name, int offset, int length) => new BytesReader(_content, _content.Length);

        public void Send(byte[] buffer, int length, IPEndPoint to) => Sent++;

        public Socket OpenDatagram(int port) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();
    }
}

public sealed class TftpBlock : TftpOperation
{
    public TftpBlock()
        : base("TFTP block", BlockBudget, 1, 1)
    {
    }
}

public sealed class TftpBlockAmongEight : TftpOperation
{
    public TftpBlockAmongEight()
        : base("TFTP block, eight transfers", BlockBudget, 1, TftpServer.MaxTransfers)
    {
    }
}

public sealed class TftpWindow : TftpOperation
{
    public TftpWindow()
        : base("TFTP window of 4 blocks", BlockBudget * 4, 4, 1)
    {
    }
}

/// <summary>A step without a packet while eight transfers run: a look at all of them comes every few milliseconds, this is the dearer one.</summary>
public sealed class TftpLook : TftpOperation
{
    private long _now;

    public TftpLook()
        : base("TFTP look at eight transfers", 1200, 1, TftpServer.MaxTransfers)
    {
    }

    public override void Run()
    {
        _now += TftpServer.LookInterval;
        Server.Tick(_now);
    }
}
