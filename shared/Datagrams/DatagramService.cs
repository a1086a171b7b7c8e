using System.Net;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Logging;

namespace Netboot.Datagrams;

/// <summary>
/// What the services that move datagrams have in common: a port that is opened and told of, a socket that is drained, answers that may be
/// lost, counters, and what happens when the link changes. Each service keeps only what it does with a datagram (<see cref="Take"/>). TFTP
/// has its own: its second socket changes its port, and its data is read into another buffer than its requests.
/// </summary>
public abstract class DatagramService : IService
{
    // Each receive makes an end point of its own; the one that it is given stays as it is.
    private static readonly EndPoint Anybody = new IPEndPoint(IPAddress.Any, 0);

    /// <summary>The network that the sockets come from. Fields, as a property is a call in the packet path.</summary>
    protected readonly INetwork Network;

    /// <summary>Where it is told that a port is open or cannot be had.</summary>
    protected readonly Log Log;

    /// <summary>The socket of its port, null while that is not open.</summary>
    protected Socket Socket;

    /// <summary>Another one of services that have two, closed with the first.</summary>
    protected Socket Second;

    /// <summary>The device's counters: those of <see cref="Log.Counts"/>.</summary>
    protected readonly int[] Counts;

    private readonly int _received;
    private readonly int _malformed;
    private readonly int _unsent;
    private bool _mustWait;
    private long _openAt;

    /// <summary>
    /// A service on <paramref name="network"/> that tells of its ports in <paramref name="log"/>, and counts as these members of
    /// <see cref="Counter"/> the datagrams that came, those of them that could not be read, and those that could not be sent.
    /// </summary>
    protected DatagramService(INetwork network, Log log, int received, int malformed, int unsent)
    {
        Network = network;
        Log = log;
        Counts = log.Counts;
        _received = received;
        _malformed = malformed;
        _unsent = unsent;
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>Whether datagrams can come.</summary>
    public bool IsOpen => Socket != null;

    /// <inheritdoc/>
    public abstract bool Step(long now);

    /// <inheritdoc/>
    public virtual void Reset()
    {
        _mustWait = false;
        Socket second = Second;
        Second = null;
        try
        {
            Close(Socket);
        }
        finally
        {
            Socket = null;
            Close(second);
        }
    }

    /// <summary>Closes a socket that may be null.</summary>
    protected static void Close(Socket socket)
    {
        if (socket != null)
        {
            socket.Close();
        }
    }

    /// <summary>Deals with one datagram of <paramref name="length"/> bytes in the buffer that <see cref="Drain"/> was given.</summary>
    protected abstract void Take(Socket socket, int length, IPEndPoint source, long now);

    /// <summary>A socket on <paramref name="port"/>; throws <see cref="SocketException"/>. By default one that may broadcast.</summary>
    protected virtual Socket OpenSocket(int port) => Network.OpenDatagram(port);

    /// <summary>Opens <see cref="Socket"/> on <paramref name="port"/>; what it throws is the loop's, which tries again.</summary>
    protected void Open(int port, Subsystem subsystem)
    {
        Socket = OpenSocket(port);
        _mustWait = false;
        Log.Add(subsystem, LogEvent.Listening, port, null);
    }

    /// <summary>
    /// The same for a port that the device can do without for a while, because another program of a PC holds it: it is told once that it
    /// cannot be had, and tried again every <paramref name="retry"/> milliseconds. Gives whether it is open.
    /// </summary>
    protected bool TryOpen(int port, Subsystem subsystem, int retry, long now)
    {
        if (_mustWait && now < _openAt)
        {
            return false;
        }

        try
        {
            Open(port, subsystem);
            return true;
        }
        catch (SocketException e)
        {
            _openAt = now + retry;
            if (!_mustWait)
            {
                Log.Add(subsystem, LogEvent.CannotListen, port, "socket error " + e.ErrorCode.ToString());
            }

            _mustWait = true;
            return false;
        }
    }

    /// <summary>
    /// Takes what has arrived on a socket into the first <paramref name="size"/> bytes of <paramref name="buffer"/>, at most
    /// <paramref name="most"/> datagrams, so that a flood does not keep others waiting. Gives whether there was any. Socket errors (the
    /// network is down) are thrown.
    /// </summary>
    protected bool Drain(Socket socket, byte[] buffer, int size, int most, long now)
    {
        int taken = 0;
        while (taken < most && socket.Poll(0, SelectMode.SelectRead))
        {
            taken++;
            Counts[_received]++;
            EndPoint source = Anybody;
            int length = Datagram.Receive(socket, buffer, size, ref source);
            if (length < 0)
            {
                Counts[_malformed]++;
            }
            else
            {
                Take(socket, length, (IPEndPoint)source, now);
            }
        }

        return taken > 0;
    }

    /// <summary>
    /// Sends a datagram. False, and counted, when the network does not take it (ENOMEM, ENETDOWN, no route): it is lost as any may be, and
    /// whoever waits for it asks again. A dead socket shows when it is read from.
    /// </summary>
    protected bool Send(Socket socket, byte[] buffer, int length, EndPoint to)
    {
        try
        {
            socket.SendTo(buffer, 0, length, SocketFlags.None, to);
            return true;
        }
        catch (SocketException)
        {
            Counts[_unsent]++;
            return false;
        }
    }
}
