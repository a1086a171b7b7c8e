using System;
using System.Net.Sockets;

namespace Netboot.Logging;

/// <summary>An exception in words for the log.</summary>
public static class FaultText
{
    /// <summary>
    /// What went wrong: on the board a <see cref="SocketException"/>'s message says nothing, its number does; and memory that ran out is no
    /// mistake in the code.
    /// </summary>
    public static string Of(Exception e)
    {
        if (e is OutOfMemoryException)
        {
            return "out of memory";
        }

        var socket = e as SocketException;
        return socket == null ? e.GetType().Name + " " + e.Message : "socket error " + socket.ErrorCode.ToString() + " " + e.Message;
    }
}
