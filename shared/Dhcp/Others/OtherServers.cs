using System;
using Netboot.Bytes;

namespace Netboot.Dhcp;

/// <summary>
/// The other DHCP and boot servers that were heard on the LAN: a small fixed table, the one that was silent longest gives way. The packets'
/// thread writes it; every thread may read. A board hears only servers that answer its own question, which comes as from a relay agent
/// (<see cref="ServerQuestion"/>), and what relays send it: servers that ignore relays, and proxies that answer only to port 68, it cannot
/// hear.
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

    /// <summary>
    /// A server that was not heard for so long is forgotten, with the next question or answer: it left six questions unanswered.
    /// </summary>
    private const int ForgetTime = 3600000;

    /// <summary>
    /// A stranger can send replies of ever new servers: they must not push everything else out of the log. After the first changes there is
    /// a line for one in so many milliseconds.
    /// </summary>
    private const int LineInterval = QuestionInterval / Capacity;
    private const int FirstLines = Capacity * 2;

    // Of each server: its address, what it tells, when it was heard (in seconds). It is the lock as well.
    private const int Fields = 3;
    private const int KindField = 1;
    private const int HeardField = 2;
    private readonly int[] _table = new int[Capacity * Fields];
    private bool _soon = true;
    private long _nextLine;

    // 0: none was asked yet.
    private long _lastQuestion;
    private long _nextQuestion;
    private int _count;

    /// <summary>Whether somebody would like to know more than is known: the next question is then asked earlier.</summary>
    public bool Wanted { get; set; }

    /// <summary>How many are known.</summary>
    public int Count => _count;

    /// <summary>How often a server was heard for the first time or told other things than before.</summary>
    public int Changes { get; private set; }

    /// <summary>
    /// Copies server <paramref name="index"/>: its IPv4 address to <paramref name="address"/> (4 bytes), what it tells machines, and when
    /// it was heard last on the device's clock. False when there is none.
    /// </summary>
    public bool Read(int index, byte[] address, out OtherServerKind kind, out long heard)
    {
        lock (_table)
        {
            bool known = index >= 0 && index < _count;
            int at = known ? index * Fields : 0;
            kind = known ? (OtherServerKind)_table[at + KindField] : OtherServerKind.None;
            heard = known ? _table[at + HeardField] * 1000L : 0;
            if (known)
            {
                Octets.WriteInt32(address, 0, _table[at]);
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
        lock (_table)
        {
            for (int i = 0; i < _count; i++)
            {
                if ((_table[(i * Fields) + KindField] & (int)kind) == (int)kind)
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
            writer.Text("gives out addresses");
            comma = ", ";
        }

        if ((kind & OtherServerKind.Boot) != 0)
        {
            writer.Text(comma).Text("sends its own boot options (60, 66 or 67)");
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
            long soonest = _lastQuestion == 0 ? 0 : _lastQuestion + ShortestInterval;
            _nextQuestion = now + FirstQuestion > soonest ? now + FirstQuestion : soonest;
        }

        return now >= _nextQuestion || (Wanted && _lastQuestion != 0 && now - _lastQuestion >= ShortestInterval);
    }

    /// <summary>The link or the address changed: what is there may be new.</summary>
    public void AskSoon() => _soon = true;

    /// <summary>The question was asked.</summary>
    public void Asked(long now)
    {
        _lastQuestion = now;
        _nextQuestion = now + QuestionInterval;
        Wanted = false;
        lock (_table)
        {
            Forget(now);
        }
    }

    /// <summary>
    /// A server was heard. What it answers to our question is all that it tells; from what it tells others (<paramref name="ours"/> false)
    /// it is known to tell that too. Gives all that it tells when that is worth a line, because it is new, and nothing otherwise.
    /// </summary>
    public OtherServerKind Heard(int address, OtherServerKind kind, bool ours, long now)
    {
        lock (_table)
        {
            Forget(now);
            int at = Find(address);
            bool known = at >= 0;
            if (!known)
            {
                at = _count < Capacity ? _count++ * Fields : Oldest();
                _table[at] = address;
                _table[at + KindField] = 0;
            }

            int before = _table[at + KindField];
            int all = ours ? (int)kind : before | (int)kind;
            _table[at + KindField] = all;
            _table[at + HeardField] = (int)(now / 1000);
            if (known && all == before)
            {
                return OtherServerKind.None;
            }

            Changes++;
            if (Changes > FirstLines && now < _nextLine)
            {
                return OtherServerKind.None;
            }

            _nextLine = now + LineInterval;
            return (OtherServerKind)all;
        }
    }

    private int Find(int address)
    {
        for (int at = 0; at < _count * Fields; at += Fields)
        {
            if (_table[at] == address)
            {
                return at;
            }
        }

        return -1;
    }

    private int Oldest()
    {
        int oldest = 0;
        for (int at = Fields; at < _count * Fields; at += Fields)
        {
            if (_table[at + HeardField] < _table[oldest + HeardField])
            {
                oldest = at;
            }
        }

        return oldest;
    }

    private void Forget(long now)
    {
        for (int at = (_count - 1) * Fields; at >= 0; at -= Fields)
        {
            if (now - (_table[at + HeardField] * 1000L) >= ForgetTime)
            {
                // The last one takes its place; those behind were looked at already.
                _count--;
                Array.Copy(_table, _count * Fields, _table, at, Fields);
            }
        }
    }
}
