using System;
using System.Net;
using Netboot.Bytes;

namespace Netboot.Tftp;

/// <summary>
/// One place in the table of transfers: a transfer and the client it belongs to. Places are made once and used again. After its end a
/// transfer keeps its place until somebody needs it: late duplicates of its client's packets are then known as such, and get no ERROR 5
/// that a ROM might show on its screen.
/// </summary>
internal sealed class TftpSlot
{
    // What a log entry keeps of a name (Log.TextCapacity), with a little room for the reason.
    private const int NameCapacity = 48;

    private readonly byte[] _name = new byte[NameCapacity];

    public TftpSlot()
    {
        Transfer = new TftpTransfer();
        Port = NoPort;
    }

    /// <summary>The port of a place that nobody has.</summary>
    public const int NoPort = -1;

    public readonly TftpTransfer Transfer;

    /// <summary>The client's port, compared before anything else: it tells most clients apart.</summary>
    public int Port;

    /// <summary>The client as the socket gave it; answers go back to this very object.</summary>
    public IPEndPoint Client;

    /// <summary>The client's IPv4 address.</summary>
    public byte[] Address;

    /// <summary>The address as a number.</summary>
    public int AddressBits;

    /// <summary>The request that began it, to know it again.</summary>
    public int Fingerprint;

    /// <summary>When that request came.</summary>
    public long Begun;

    /// <summary>When the client was last heard.</summary>
    public long Heard;

    /// <summary>The latest state that the table has dealt with: a change is logged once.</summary>
    public TftpState Seen;

    /// <summary>Whether the place is taken by a transfer that runs.</summary>
    public bool Running
    {
        get { return Port != NoPort && Transfer.State < TftpState.Done; }
    }

    /// <summary>Makes the place the client's.</summary>
    public void Take(IPEndPoint client, byte[] address, byte[] packet, TftpRequest request, long now)
    {
        Client = client;
        Port = client.Port;
        Address = address;
        AddressBits = Octets.ReadInt32(address, 0);
        Fingerprint = request.Fingerprint;
        Begun = now;
        Heard = now;
        Seen = TftpState.Opening;
        NameLength = request.NameLength < NameCapacity ? request.NameLength : NameCapacity;
        Array.Copy(packet, request.NameOffset, _name, 0, NameLength);
    }

    /// <summary>Makes the place free.</summary>
    public void Free()
    {
        Port = NoPort;
        Client = null;
        Address = null;
        Transfer.Free();
    }

    /// <summary>The file's name as the client wrote it, cut to what a log entry holds.</summary>
    public byte[] Name
    {
        get { return _name; }
    }

    /// <summary>Bytes of <see cref="Name"/>.</summary>
    public int NameLength { get; private set; }
}
