using System;
using Netboot.Bytes;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>Packets as clients send them. In texts a bar stands for NUL, since the device's strings end at one.</summary>
public static class Packets
{
    public static byte[] Read(string fields) => Of(TftpPackets.ReadRequest, fields);

    public static byte[] Of(int opcode, string fields)
    {
        byte[] text = Octets.Of(fields);
        var packet = new byte[text.Length + 2];
        packet[1] = (byte)opcode;
        for (int i = 0; i < text.Length; i++)
        {
            packet[i + 2] = text[i] == (byte)'|' ? (byte)0 : text[i];
        }

        return packet;
    }

    public static byte[] Ack(int block) => new byte[] { 0, TftpPackets.Ack, (byte)(block >> 8), (byte)block };

    public static byte[] Error(int code, string message)
    {
        byte[] text = Octets.Of(message);
        var packet = new byte[text.Length + 5];
        packet[1] = TftpPackets.Error;
        packet[3] = (byte)code;
        Array.Copy(text, 0, packet, 4, text.Length);
        return packet;
    }

    public static TftpRequest Parsed(string fields)
    {
        byte[] packet = Read(fields);
        var request = new TftpRequest();
        Assert.IsNull(request.Parse(packet, packet.Length), "request is valid");
        return request;
    }

    /// <summary>A packet in words: "DATA 1 +512", "OACK blksize|1468|tsize|9|", "ERROR 1 file not found", "" for none.</summary>
    public static string Show(byte[] packet, int length)
    {
        if (length == 0)
        {
            return "";
        }

        int number = Octets.ReadUInt16(packet, 2);
        switch (packet[1])
        {
            case TftpPackets.Data:
                return "DATA " + number.ToString() + " +" + (length - 4).ToString();
            case TftpPackets.Error:
                return "ERROR " + number.ToString() + " " + Octets.Text(packet, 4, length - 5);
            case TftpPackets.OptionAck:
                var text = new byte[length - 2];
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = packet[i + 2] == 0 ? (byte)'|' : packet[i + 2];
                }

                return "OACK " + Octets.Text(text, 0, text.Length);
            default:
                return "opcode " + packet[1].ToString();
        }
    }
}
