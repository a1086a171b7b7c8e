using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Tftp;

/// <content>Its two sockets.</content>
public sealed partial class TftpService
{
    /// <summary>Wait before it is told once more that there is no port for data, in milliseconds.</summary>
    private const int ComplaintTime = 60000;

    /// <summary>
    /// The first of the ports that data leaves from, and how many there are: the dynamic ones of RFC 6335, in which lwIP and systems choose
    /// theirs too.
    /// </summary>
    private const int FirstPort = 49152;
    private const int Ports = 16384;

    /// <summary>Ports that are tried, when one is taken, before the answer counts as lost.</summary>
    private const int PortTries = 4;

    /// <inheritdoc/>
    public void Reset()
    {
        _server.Clear();
        Socket socket = _socket;
        _socket = null;
        _mustWait = false;
        try
        {
            CloseData();
        }
        finally
        {
            if (socket != null)
            {
                socket.Close();
            }
        }
    }

    /// <inheritdoc/>
    public void Send(byte[] buffer, int length, IPEndPoint to)
    {
        try
        {
            if (_data == null)
            {
                _data = OpenData();
            }

            _data.SendTo(buffer, length, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // No route, no memory in the stack, no link: a lost packet, and sent again like one. A link that is gone shows in ReceiveFrom.
            SendFailures++;
        }
    }

    private bool Drain(Socket socket, long now)
    {
        int count = 0;
        for (; count < DrainLimit && socket.Poll(0, SelectMode.SelectRead); count++)
        {
            EndPoint from = _anybody;
            int length = Datagram.Receive(socket, _packet, PacketSize, ref from);
            if (length < 0)
            {
                // Lost: an ICMP "port unreachable" of a client that is gone, or no memory for the sender's address.
                continue;
            }

            if (socket == _socket)
            {
                _server.ReceiveRequest(_packet, length, (IPEndPoint)from, now);
            }
            else
            {
                _server.Receive(_packet, length, (IPEndPoint)from, now);
            }
        }

        return count > 0;
    }

    private Socket OpenData()
    {
        var chance = new byte[2];
        for (int left = PortTries; ; left--)
        {
            _randomness.Fill(chance);
            int port = FirstPort + (((chance[0] << 8) | chance[1]) % Ports);
            try
            {
                return _network.OpenDatagram(port);
            }
            catch (SocketException e)
            {
                if (left == 1)
                {
                    // All 16 sockets are in use: told now and then (the time is free while port 69 is open), tried again with every answer.
                    if (DeviceClock.Now >= _openAt)
                    {
                        _openAt = DeviceClock.Now + ComplaintTime;
                        _log.Add(Subsystem.Tftp, LogEvent.CannotListen, port, "socket error " + e.ErrorCode.ToString());
                    }

                    throw;
                }
            }
        }
    }

    private void CloseData()
    {
        Socket data = _data;
        _data = null;
        if (data != null)
        {
            data.Close();
        }
    }

    private bool Open(long now)
    {
        if (_network.Address == null || (_mustWait && now < _openAt))
        {
            return false;
        }

        try
        {
            _socket = _network.OpenDatagram(TftpPackets.Port);
        }
        catch (SocketException e)
        {
            // Told once, and tried again for good: whoever holds the port may let go of it.
            _openAt = now + ReopenTime;
            if (!_mustWait)
            {
                _log.Add(Subsystem.Tftp, LogEvent.CannotListen, TftpPackets.Port, "socket error " + e.ErrorCode.ToString());
            }

            _mustWait = true;
            return false;
        }

        _mustWait = false;
        _log.Add(Subsystem.Tftp, LogEvent.Listening, TftpPackets.Port, null);
        return true;
    }
}
