using System;
using Netboot.Bytes;
using Netboot.Tftp;

namespace Netboot.Dhcp;

/// <summary>
/// The other DHCP and boot servers that were heard on the LAN: a small fixed table, the one that was silent longest gives way. The packets' thread writes it;
/// every thread may read. A board hears only servers that answer its own question, which comes as from a relay agent (<see cref="ServerQuestion"/>), and what
/// relays send it: servers that ignore relays, and proxies that answer only to port 68, it cannot hear.
/// </summary>
public sealed class OtherServers
{
    /// <summary>Servers kept: a router, a second one by mistake, and two boot servers.</summary>
    public const int Capacity = 4;

    /// <summary>From the moment when the device has an address to its first question: a router that starts with it is up by then.</summary>
    private const int FirstQuestion = 10000;

    /// <summary>Between two questions: what servers say changes when somebody changes their settings.</summary>
    private const int QuestionInterval = 600000;

    /// <summary>Shortest time between two questions, however much somebody would like to know.</summary>
    private const int ShortestInterval = 60000;

    /// <summary>A server that was not heard for so long is forgotten, with the next question or answer: it left six questions unanswered.</summary>
    private const int ForgetTime = 3600000;

    private readonly object _lock = new object();
    private readonly byte[] _addresses = new byte[Capacity * 4];
    private readonly byte[] _kinds = new byte[Capacity];
    private readonly long[] _heard = new long[Capacity];

    // A stranger can send replies of ever new servers: they must not push everything else out of the log.
    private readonly TokenBucket _lines = new TokenBucket(Capacity, QuestionInterval / Capacity);
    private bool _asked;
    private bool _soon = true;
    private long _lastQuestion;
    private long _nextQuestion;
    private int _count;

    /// <summary>Whether somebody would like to know more than is known: the next question is then asked earlier.</summary>
    public bool Wanted { get; set; }

    /// <summary>How many are known.</summary>
    public int Count
    {
        get { return _count; }
    }

    /// <summary>How often a server was heard for the first time or told other things than before.</summary>
    public int Changes { get; private set; }

    /// <summary>
    /// Copies server <paramref name="index"/>: its IPv4 address to <paramref name="address"/> (4 bytes), what it tells machines, and when it was heard last on
    /// the device's clock. False when there is none.
    /// </summary>
    public bool Read(int index, byte[] address, out OtherServerKind kind, out long heard)
    {
        lock (_lock)
        {
            bool known = index >= 0 && index < _count;
            kind = known ? (OtherServerKind)_kinds[index] : OtherServerKind.None;
            heard = known ? _heard[index] : 0;
            if (known)
            {
                Array.Copy(_addresses, index * 4, address, 0, 4);
            }

            return known;
        }
    }

    /// <summary>What server <paramref name="index"/> tells machines; nothing when there is none.</summary>
    public OtherServerKind Kind(int index)
    {
        Read(index, new byte[4], out OtherServerKind kind, out long _);
        return kind;
    }

    /// <summary>The IPv4 address of server <paramref name="index"/>: 4 bytes, null when there is none.</summary>
    public byte[] Address(int index)
    {
        var address = new byte[4];
        return Read(index, address, out OtherServerKind _, out long _) ? address : null;
    }

    /// <summary>The first server that tells machines all of <paramref name="kind"/>, or -1.</summary>
    public int Find(OtherServerKind kind)
    {
        lock (_lock)
        {
            for (int i = 0; i < _count; i++)
            {
                if ((_kinds[i] & (int)kind) == (int)kind)
                {
                    return i;
                }
            }

            return -1;
        }
    }

    /// <summary>Writes what a server tells machines in plain words.</summary>
    public static void WriteKind(ByteWriter writer, OtherServerKind kind)
    {
        string comma = "";
        if ((kind & OtherServerKind.Dhcp) != 0)
        {
            writer.Text("gives addresses");
            comma = ", ";
        }

        if ((kind & OtherServerKind.Boot) != 0)
        {
            writer.Text(comma).Text("sends boot options (60, 66 or 67) of its own");
            comma = ", ";
        }

        if ((kind & OtherServerKind.NoProxy) != 0)
        {
            writer.Text(comma).Text("tells iPXE not to wait for proxies (175.176)");
        }
    }

    /// <summary>Whether it is time to ask.</summary>
    public bool IsDue(long now)
    {
        if (_soon)
        {
            _soon = false;
            long soonest = _asked ? _lastQuestion + ShortestInterval : 0;
            _nextQuestion = now + FirstQuestion > soonest ? now + FirstQuestion : soonest;
        }

        return now >= _nextQuestion || (Wanted && _asked && now - _lastQuestion >= ShortestInterval);
    }

    /// <summary>The link or the address changed: what is there may be new.</summary>
    public void AskSoon()
    {
        _soon = true;
    }

    /// <summary>The question was asked.</summary>
    public void Asked(long now)
    {
        _asked = true;
        _lastQuestion = now;
        _nextQuestion = now + QuestionInterval;
        Wanted = false;
        lock (_lock)
        {
            Forget(now);
        }
    }

    /// <summary>
    /// A server was heard. What it answers to our question is all that it tells; from what it tells others (<paramref name="ours"/> false) it is known to tell
    /// that too. Gives all that it tells when that is worth a line, because it is new, and nothing otherwise.
    /// </summary>
    public OtherServerKind Heard(int address, OtherServerKind kind, bool ours, long now)
    {
        lock (_lock)
        {
            Forget(now);
            int at = IndexOf(address);
            bool known = at >= 0;
            if (!known)
            {
                at = _count < Capacity ? _count++ : Oldest();
                Octets.WriteInt32(_addresses, at * 4, address);
                _kinds[at] = 0;
            }

            byte before = _kinds[at];
            _heard[at] = now;
            _kinds[at] = (byte)(ours ? (int)kind : before | (int)kind);
            if (known && _kinds[at] == before)
            {
                return OtherServerKind.None;
            }

            Changes++;
            return _lines.Take(now) ? (OtherServerKind)_kinds[at] : OtherServerKind.None;
        }
    }

    private int IndexOf(int address)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Octets.ReadInt32(_addresses, i * 4) == address)
            {
                return i;
            }
        }

        return -1;
    }

    private int Oldest()
    {
        int oldest = 0;
        for (int i = 1; i < _count; i++)
        {
            if (_heard[i] < _heard[oldest])
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private void Forget(long now)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (now - _heard[i] >= ForgetTime)
            {
                // The last one takes its place; those behind were looked at already.
                _count--;
                Array.Copy(_addresses, _count * 4, _addresses, i * 4, 4);
                _kinds[i] = _kinds[_count];
                _heard[i] = _heard[_count];
            }
        }
    }
}
