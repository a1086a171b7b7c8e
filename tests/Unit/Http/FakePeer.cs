using System;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

/// <summary>The other end of a connection, without a socket: bytes that are to arrive, and what was sent.</summary>
public sealed class FakePeer : IHttpPeer
{
    private readonly ByteWriter _arriving = new ByteWriter(512, 200000);
    private readonly ByteWriter _sent = new ByteWriter(512, 2000000);
    private int _taken;

    /// <summary>Bytes that a Receive gives at most.</summary>
    public int Piece { get; set; } = 100000;

    /// <summary>Bytes that the client still takes.</summary>
    public int Room { get; set; } = 2000000;

    /// <summary>The client has closed its half: after what arrives comes the end.</summary>
    public bool Ended { get; set; }

    /// <summary>The client is gone: sending fails.</summary>
    public bool Gone { get; set; }

    /// <summary>How often it was closed.</summary>
    public int Closed { get; private set; }

    /// <summary>The largest chunk that was sent.</summary>
    public int LargestChunk { get; private set; }

    /// <summary>Bytes that have arrived and were not read.</summary>
    public int Left => _arriving.Length - _taken;

    /// <summary>What was sent.</summary>
    public ByteWriter SentBytes => _sent;

    /// <summary>What was sent, as a text.</summary>
    public string Sent => _sent.ToString();

    /// <summary>More arrives.</summary>
    public FakePeer Arrive(string text)
    {
        _arriving.Text(text);
        return this;
    }

    /// <summary>More arrives.</summary>
    public FakePeer Arrive(byte[] bytes, int offset, int count)
    {
        _arriving.Raw(bytes, offset, count);
        return this;
    }

    public int Receive(byte[] buffer, int offset, int count)
    {
        count = count < Left ? count : Left;
        count = count < Piece ? count : Piece;
        if (count == 0)
        {
            return Ended || Gone ? -1 : 0;
        }

        Array.Copy(_arriving.Buffer, _taken, buffer, offset, count);
        _taken += count;
        return count;
    }

    public int Send(byte[] buffer, int offset, int count)
    {
        if (Gone)
        {
            return -1;
        }

        if (count > LargestChunk)
        {
            LargestChunk = count;
        }

        count = count < Room ? count : Room;
        Room -= count;
        _sent.Raw(buffer, offset, count);
        return count;
    }

    public void Close() => Closed++;
}
