using System;
using System.Net;
using System.Net.Sockets;
using Netboot.Bytes;

namespace Netboot.Board;

/// <summary>Receiving from a UDP socket where both runtimes differ.</summary>
public static class Datagram
{
    /// <summary>Longer than the buffer: .NET throws, nanoFramework cuts it off silently.</summary>
    private const int TooLong = 10040;

    /// <summary>Windows reports an ICMP "port unreachable" for an earlier answer at the next receive.</summary>
    private const int Reset = 10054;

    /// <summary>
    /// Receives one datagram into the first <paramref name="size"/> bytes; gives its length, or -1 for one that cannot be used.
    /// Other socket errors (the network is down) are thrown.
    /// </summary>
    public static int Receive(Socket socket, byte[] buffer, int size, ref EndPoint source)
    {
        try
        {
            return socket.ReceiveFrom(buffer, 0, size, SocketFlags.None, ref source);
        }
        catch (SocketException e)
        {
            if (e.ErrorCode != TooLong && e.ErrorCode != Reset)
            {
                throw;
            }

            return -1;
        }
        catch (OutOfMemoryException)
        {
            // The platform puts the sender's address on the heap. The datagram is lost, as any may be; the next one finds what this
            // collection gives.
            Memory.Collect();
            return -1;
        }
    }
}
