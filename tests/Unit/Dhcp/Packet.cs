using System;
using Netboot.Bytes;

namespace Netboot.Tests.Dhcp;

/// <summary>Requests put together by hand, for what no captured machine sends.</summary>
public sealed class Packet
{
    private readonly byte[] _bytes = new byte[1472];
    private int _length = 240;

    public Packet(int messageType)
    {
        _bytes[0] = 1;
        _bytes[1] = 1;
        _bytes[2] = 6;
        Octets.WriteInt32(_bytes, 4, 0x11223344);
        Array.Copy(new byte[] { 0x52, 0x54, 0, 1, 2, 3 }, 0, _bytes, 28, 6);
        Octets.WriteInt32(_bytes, 236, 0x63825363);
        Option(53, new byte[] { (byte)messageType });
    }

    public byte[] Raw => _bytes;

    public Packet Option(int code, byte[] data)
    {
        _length = Put(_length, code, data);
        return this;
    }

    public Packet Text(int code, string text) => Option(code, Octets.Of(text));

    public Packet Architecture(int number) => Option(93, new byte[] { (byte)(number >> 8), (byte)number });

    public int Put(int at, int code, byte[] data)
    {
        _bytes[at++] = (byte)code;
        _bytes[at++] = (byte)data.Length;
        Array.Copy(data, 0, _bytes, at, data.Length);
        return at + data.Length;
    }

    public byte[] Bytes()
    {
        var packet = new byte[_length + 1];
        Array.Copy(_bytes, 0, packet, 0, _length);
        packet[_length] = 255;
        return packet;
    }
}
