using System;
using System.Net.Sockets;

namespace Netboot.Boot;

/// <summary>What the libraries say when a fetch fails.</summary>
public static class FetchFault
{
    /// <summary>The socket's error number when there is one: on the board an exception's message says nothing, its number does.</summary>
    public static string Describe(Exception e)
    {
        int code = CodeOf(e);
        return code == 0 ? e.Message : "socket error " + code.ToString();
    }

    /// <summary>The socket's error number (WinSock's on a board), 0 when no socket failed.</summary>
    public static int CodeOf(Exception e)
    {
        // The libraries wrap what the socket said.
        for (Exception inner = e; inner != null; inner = inner.InnerException)
        {
            var socket = inner as SocketException;
            if (socket != null)
            {
                return socket.ErrorCode;
            }
        }

        return 0;
    }
}
