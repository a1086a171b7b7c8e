using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Netboot.Tests.Tftp;

/// <summary>
/// Stands between real clients and the board and loses, doubles and reorders packets by a seed. Every client gets a socket of its own
/// towards the board, so that the board tells them apart; after its request all goes to where the board's answer came from.
/// </summary>
internal sealed class LossyRelay : IDisposable
{
    private readonly Socket _front = Open();
    private readonly Dictionary<EndPoint, Socket> _clients = new();
    private readonly Dictionary<Socket, EndPoint> _transferIds = new();
    private readonly IPEndPoint _board;
    private readonly Random _random;
    private readonly int _percent;
    private readonly Thread _thread;
    private readonly byte[] _packet = new byte[65536];
    private volatile bool _ends;
    private Action _held;

    /// <summary>Each of the three misfortunes befalls <paramref name="percent"/> of the packets.</summary>
    public LossyRelay(int boardPort, int seed, int percent)
    {
        _board = new IPEndPoint(IPAddress.Loopback, boardPort);
        _random = new Random(seed);
        _percent = percent;
        _thread = new Thread(Loop);
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_front.LocalEndPoint).Port;

    public int Lost { get; private set; }

    public void Dispose()
    {
        _ends = true;
        _thread.Join();
        _front.Dispose();
        foreach (Socket socket in _clients.Values)
        {
            socket.Dispose();
        }
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private void Loop()
    {
        while (!_ends)
        {
            var ready = new List<Socket>(_clients.Values) { _front };
            Socket.Select(ready, null, null, 20000);
            if (ready.Count == 0)
            {
                ReleaseHeld();
            }

            foreach (Socket socket in ready)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                int length = socket.ReceiveFrom(_packet, ref from);
                byte[] copy = _packet.AsSpan(0, length).ToArray();
                if (socket == _front)
                {
                    if (!_clients.TryGetValue(from, out Socket own))
                    {
                        own = Open();
                        _clients.Add(from, own);
                    }

                    EndPoint to = copy[1] != 1 && _transferIds.TryGetValue(own, out EndPoint transfer) ? transfer : _board;
                    Pass(() => own.SendTo(copy, to));
                }
                else
                {
                    EndPoint client = null;
                    _transferIds[socket] = from;
                    foreach (KeyValuePair<EndPoint, Socket> pair in _clients)
                    {
                        client = pair.Value == socket ? pair.Key : client;
                    }

                    Pass(() => _front.SendTo(copy, client));
                }
            }
        }
    }

    private void Pass(Action send)
    {
        int fate = _random.Next(100);
        if (fate < _percent)
        {
            Lost++;
            return;
        }

        if (fate < 2 * _percent && _held == null)
        {
            _held = send;
            return;
        }

        send();
        if (fate >= 100 - _percent)
        {
            send();
        }

        ReleaseHeld();
    }

    private void ReleaseHeld()
    {
        Action held = _held;
        _held = null;
        held?.Invoke();
    }
}
