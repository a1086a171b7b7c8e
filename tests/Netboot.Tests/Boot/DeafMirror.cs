using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Netboot.Tests.Boot;

/// <summary>A mirror whose machine swallows every packet: a listener whose queue is full, for Linux then drops each SYN.</summary>
internal sealed class DeafMirror : IDisposable
{
    private const int Most = 8;

    private readonly Socket _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public DeafMirror()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (int i = 0; i < Most; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _queued.Add(socket);
            try
            {
                socket.Connect(_listener.LocalEndPoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It goes on by itself, or stays as it is: the queue is full then.
            }
        }

        // Of those on their way the kernel takes in what fits, and nothing tells when it is done.
        Thread.Sleep(200);
    }

    public string Url => "http://" + _listener.LocalEndPoint + "/file";

    public void Dispose()
    {
        _queued.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
