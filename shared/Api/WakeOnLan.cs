using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>
/// Wake-on-LAN: a "magic packet" makes the network card of a machine that is off or asleep turn it on, where its firmware allows that.
/// </summary>
public static class WakeOnLan
{
    /// <summary>Bytes of the packet: six of 0xFF, then the card's address 16 times. The card looks for them anywhere in a frame.</summary>
    public const int Size = (1 + Repetitions) * MacText.Size;

    /// <summary>The port of the discard service, as is the custom: nobody answers, and a card does not look at it.</summary>
    public const int Port = 9;

    private const int Repetitions = 16;

    /// <summary>A packet that is lost is a machine that sleeps on; one that comes too often does nothing.</summary>
    private const int Times = 3;

    /// <summary>The packet for the machine of an Ethernet address (6 bytes).</summary>
    public static byte[] Packet(byte[] mac)
    {
        var packet = new byte[Size];
        for (int i = 0; i < MacText.Size; i++)
        {
            packet[i] = 0xFF;
        }

        for (int at = MacText.Size; at < Size; at += MacText.Size)
        {
            Array.Copy(mac, 0, packet, at, MacText.Size);
        }

        return packet;
    }

    /// <summary>
    /// Sends it to all of the LAN; false, and the error says why, when it could not be sent at all. It opens a socket for that moment.
    /// </summary>
    public static bool Send(INetwork network, byte[] mac, SettingsError error)
    {
        if (network.Address == null)
        {
            return error.Fail("the device has no address yet: no link, or no answer from the router");
        }

        int sent = 0;
        int code = 0;
        Socket socket = null;
        try
        {
            socket = network.OpenDatagram(0);
            var everybody = new IPEndPoint(new IPAddress(new byte[] { 255, 255, 255, 255 }), Port);
            byte[] packet = Packet(mac);
            for (; sent < Times; sent++)
            {
                socket.SendTo(packet, 0, Size, SocketFlags.None, everybody);
            }
        }
        catch (SocketException e)
        {
            // Also when no socket is free. Once on the wire it may work; the other two only make that surer.
            code = e.ErrorCode;
        }
        finally
        {
            if (socket != null)
            {
                socket.Close();
            }
        }

        return sent > 0 || error.Fail("the packet could not be sent (socket error " + code.ToString() + ")");
    }
}
