using System;
using System.Collections;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>A TFTP server without a socket: packets are handed in, what it sends is collected.</summary>
public sealed class TableHarness : INetwork, IBootFiles, IAdvance, ITftpOutput
{
    private readonly ArrayList _sent = new ArrayList();
    private readonly byte[] _address = { 192, 168, 1, 5 };
    private readonly byte[] _mask = { 255, 255, 255, 0 };
    private int _logRead;

    public TableHarness()
    {
        Log = new Log(new LogText());
        Journal = new MachineJournal(Log, new OtherServers());
        Served = new ServedNetworks(this);
        Server = new TftpServer(Served, this, Journal, Log, this, new byte[TftpPackets.MaxPacket]);
        Requests = new TftpRequests(Server, this);
    }

    public readonly Log Log;

    /// <summary>Hears of every event of the log, and limits its lines; its clock goes on with <see cref="Tick"/>.</summary>
    public readonly MachineJournal Journal;

    public readonly TftpServer Server;

    public readonly TftpRequests Requests;

    /// <summary>Whom it answers.</summary>
    public readonly ServedNetworks Served;

    /// <summary>First blocks that DHCP packets have paid for.</summary>
    public int Paid = 1000;

    /// <summary>All that was sent, with the headers of IP and UDP.</summary>
    public int SentBytes;

    /// <summary>Opened last.</summary>
    public PatternReader File;

    /// <summary>Readers given out and not closed.</summary>
    public readonly ArrayList Readers = new ArrayList();

    /// <summary>The size of every file; "missing" is none.</summary>
    public int FileSize = 100000;

    public bool StorageThrows;

    /// <summary>The catalogue finds no memory for what it opens.</summary>
    public bool NoMemory;

    /// <summary>Files come from a mirror that has not answered yet.</summary>
    public bool Late;

    public byte[] Address => _address;

    public byte[] SubnetMask => _mask;

    public int Generation => 0;

    /// <summary>A client of the board's subnet.</summary>
    public static IPEndPoint Client(int host, int port) => new IPEndPoint(new IPAddress(new byte[] { 192, 168, 1, (byte)host }), port);

    public static IPEndPoint Foreigner(int port) => new IPEndPoint(new IPAddress(new byte[] { 10, 0, 0, 1 }), port);

    public Socket OpenDatagram(int port) => null;

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public Socket OpenListener(int port) => null;

    public LoaderReader Open(byte[] name, int offset, int length)
    {
        if (NoMemory)
        {
            throw new OutOfMemoryException();
        }

        if (StorageThrows)
        {
            throw new Exception("flash");
        }

        if (Octets.Text(name, offset, length) == "missing")
        {
            return null;
        }

        File = new PatternReader(FileSize);
        if (Late)
        {
            File.Told = LoaderReader.NotYet;
            File.Delivered = 0;
        }

        Readers.Add(File);
        return File;
    }

    public bool TakeBlock()
    {
        Paid--;
        return Paid >= 0;
    }

    public void Send(byte[] buffer, int length, IPEndPoint to)
    {
        SentBytes += length + 28;
        _sent.Add(Packets.Show(buffer, length) + " > " + to.Port.ToString());
    }

    /// <summary>
    /// Hands a packet in, a request at port 69 and all else at the port for data, and gives all that was sent for it, one text: "DATA 1
    /// +512 > 2070; …".
    /// </summary>
    public string Receive(byte[] packet, IPEndPoint from, long now)
    {
        if (packet.Length > 1 && packet[0] == 0 && (packet[1] == TftpPackets.ReadRequest || packet[1] == TftpPackets.WriteRequest))
        {
            return ReceiveRequest(packet, from, now);
        }

        Server.Receive(packet, packet.Length, from, now);
        return Sent();
    }

    /// <summary>The same at port 69.</summary>
    public string ReceiveRequest(byte[] packet, IPEndPoint from, long now)
    {
        Requests.Receive(packet, packet.Length, from, now);
        return Sent();
    }

    public string Tick(long now)
    {
        Journal.Step(now);
        Server.Tick(now);
        return Sent();
    }

    /// <summary>The log lines since the last call, with "; " between.</summary>
    public string Lines()
    {
        string all = "";
        var writer = new ByteWriter(new byte[200]);
        for (; _logRead < Log.Added; _logRead++)
        {
            long time;
            writer.Clear();
            Log.Write(_logRead, writer, out time);
            all += (all.Length > 0 ? "; " : "") + writer.ToString();
        }

        return all;
    }

    private string Sent()
    {
        string all = "";
        for (int i = 0; i < _sent.Count; i++)
        {
            all += (i > 0 ? "; " : "") + (string)_sent[i];
        }

        _sent.Clear();
        return all;
    }
}
