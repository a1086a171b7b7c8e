using System;
using Netboot.Bytes;

namespace Netboot.Dns;

/// <summary>
/// What a host says of itself by multicast DNS (RFC 6762): the IPv4 address of its name, and that there is nothing else of it. Bytes in,
/// bytes out. It does not probe whether another host has the name: two of one name both answer.
/// </summary>
public static class MdnsAnswer
{
    /// <summary>RFC 6762 section 3. A question from another port is one of a resolver that knows only unicast DNS (section 6.7).</summary>
    public const int Port = 5353;

    /// <summary>In what <see cref="Asked"/> gives: the address is asked for.</summary>
    public const int Address = 1;

    /// <summary>In what <see cref="Asked"/> gives: something is asked for that there is not, for instance an IPv6 address.</summary>
    public const int Absent = 2;

    /// <summary>
    /// In what <see cref="Asked"/> gives: the answer is to go to all, and not to the asker alone (no QU bit, RFC 6762 section 5.4).
    /// </summary>
    public const int Everybody = 4;

    /// <summary>Longest message that is written here, with a name of 63 bytes.</summary>
    public const int Capacity = 128;

    /// <summary>
    /// Questions looked at in one message: a host asks for its printers and the like in one go, but for one name with 2 or 3.
    /// </summary>
    private const int MostQuestions = 8;

    /// <summary>Known answers looked at in one message.</summary>
    private const int MostKnown = 8;

    /// <summary>Of records that hold a host's address (RFC 6762 section 10).</summary>
    private const int TimeToLive = 120;

    /// <summary>The most for a resolver that cannot be told of a change (RFC 6762 section 6.7).</summary>
    private const int LegacyTimeToLive = 10;

    private const int TypeA = 1;
    private const int TypeNsec = 47;
    private const int TypeAny = 255;
    private const int ClassInternet = 1;
    private const int ClassAny = 255;

    /// <summary>The class without the bit that is QU in a question and cache-flush in a record.</summary>
    private const int ClassMask = 0x7FFF;

    /// <summary>"Forget what you knew of this name" (RFC 6762 section 10.2).</summary>
    private const int CacheFlush = 0x8000;

    /// <summary>QR and AA (RFC 6762 sections 18.2 and 18.4).</summary>
    private const int AnswerFlags = 0x8400;

    /// <summary>Of type, class, time to live and length, behind a record's name.</summary>
    private const int RecordHead = 10;

    /// <summary>The name <paramref name="host"/>.local as all methods here take it. It allocates.</summary>
    public static byte[] Name(byte[] host)
    {
        byte[] domain = Octets.Of("local");
        var name = new byte[host.Length + domain.Length + 3];
        name[0] = (byte)host.Length;
        for (int i = 0; i < host.Length; i++)
        {
            name[1 + i] = Octets.ToLower(host[i]);
        }

        name[host.Length + 1] = (byte)domain.Length;
        Array.Copy(domain, 0, name, host.Length + 2, domain.Length);
        return name;
    }

    /// <summary>
    /// What the message in the first <paramref name="length"/> bytes asks about <paramref name="name"/>: 0 for nothing, or for what it says
    /// it knows already (RFC 6762 section 7.1); else <see cref="Address"/>, <see cref="Absent"/> and <see cref="Everybody"/>, added up. A
    /// message that was cut counts as far as it goes; so does one with the TC bit, whose other known answers may come later.
    /// </summary>
    public static int Asked(byte[] buffer, int length, byte[] name, byte[] address)
    {
        // Answers, opcodes but QUERY and response codes are passed over (RFC 6762 section 18). Most of a LAN's messages are answers.
        if (length < DnsName.HeaderLength || (buffer[2] & 0xF8) != 0 || (buffer[3] & 0x0F) != 0)
        {
            return 0;
        }

        int questions = Octets.ReadUInt16(buffer, 4);
        int at = DnsName.HeaderLength;
        int asked = 0;
        for (int i = 0; i < questions; i++)
        {
            int type = i == MostQuestions ? -1 : BehindName(buffer, at, length, 4);
            if (type < 0)
            {
                return asked;
            }

            int ofClass = Octets.ReadUInt16(buffer, type + 2) & ClassMask;
            if (DnsName.Is(buffer, at, length, name) && (ofClass == ClassInternet || ofClass == ClassAny))
            {
                int wanted = Octets.ReadUInt16(buffer, type);
                asked |= wanted == TypeA || wanted == TypeAny ? Address : Absent;
                asked |= (buffer[type + 2] & 0x80) == 0 ? Everybody : 0;
            }

            at = type + 4;
        }

        bool onlyAddress = (asked & (Address | Absent)) == Address;
        return onlyAddress && Knows(buffer, at, length, name, address) ? 0 : asked;
    }

    /// <summary>
    /// Writes what is said to all, asked or not, and to an asker alone that speaks multicast DNS: the address, and beside it that there is
    /// no record of another type (RFC 6762 sections 6.1 and 6.2), so that nobody waits for an IPv6 address. Gives the length, at most
    /// <see cref="Capacity"/>.
    /// </summary>
    public static int Write(byte[] buffer, byte[] name, byte[] address)
    {
        Octets.WriteUInt16(buffer, 0, 0);
        Head(buffer, 0, 1);
        int at = DnsName.HeaderLength;
        Array.Copy(name, 0, buffer, at, name.Length);
        at = AddressRecord(buffer, at + name.Length, ClassInternet | CacheFlush, TimeToLive, address);

        // The next name, which is the same (section 6.1), then one byte of the map of types (RFC 4034 section 4.1.2): A is bit 1.
        Octets.WriteUInt16(buffer, at, (DnsName.Pointer << 8) | DnsName.HeaderLength);
        at = RecordStart(buffer, at + 2, TypeNsec, ClassInternet | CacheFlush, TimeToLive, 5);
        Octets.WriteUInt16(buffer, at, (DnsName.Pointer << 8) | DnsName.HeaderLength);
        buffer[at + 2] = 0;
        buffer[at + 3] = 1;
        buffer[at + 4] = 0x40;
        return at + 5;
    }

    /// <summary>
    /// Turns a question for the address that came from another port than <see cref="Port"/> into its answer, in place, as unicast DNS has
    /// it: with the question's number and the question (RFC 6762 section 6.7). Gives the length, at most <see cref="Capacity"/>, which the
    /// buffer must hold.
    /// </summary>
    public static int WriteLegacy(byte[] buffer, int length, byte[] name, byte[] address)
    {
        int at = DnsName.HeaderLength + name.Length;
        if (!DnsName.Is(buffer, DnsName.HeaderLength, length, name))
        {
            // Ours was not the first question: nobody is known to do that, and the one answer goes with the one question.
            Array.Copy(name, 0, buffer, DnsName.HeaderLength, name.Length);
            Octets.WriteUInt16(buffer, at, TypeA);
            Octets.WriteUInt16(buffer, at + 2, ClassInternet);
        }

        Head(buffer, 1, 0);
        at += 4;
        Octets.WriteUInt16(buffer, at, (DnsName.Pointer << 8) | DnsName.HeaderLength);
        return AddressRecord(buffer, at + 2, ClassInternet, LegacyTimeToLive, address);
    }

    /// <summary>Whether one of the known answers from <paramref name="at"/> on is ours with at least half of its time to live.</summary>
    private static bool Knows(byte[] buffer, int at, int length, byte[] name, byte[] address)
    {
        int records = Octets.ReadUInt16(buffer, 6);
        for (int i = 0; i < records && i < MostKnown; i++)
        {
            int type = BehindName(buffer, at, length, RecordHead);
            if (type < 0)
            {
                return false;
            }

            int data = type + RecordHead;
            int size = Octets.ReadUInt16(buffer, type + 8);
            if (data + size > length)
            {
                return false;
            }

            if (size == 4 && Octets.ReadUInt16(buffer, type) == TypeA && Octets.ReadInt32(buffer, type + 4) >= TimeToLive / 2
                && Octets.Equal(buffer, data, address, 0, 4) && DnsName.Is(buffer, at, length, name))
            {
                return true;
            }

            at = data + size;
        }

        return false;
    }

    /// <summary>
    /// The place behind the name at <paramref name="at"/>, or -1 when there are not <paramref name="more"/> bytes behind it.
    /// </summary>
    private static int BehindName(byte[] buffer, int at, int length, int more)
    {
        int end = DnsName.EndOfLabels(buffer, at, length);
        if (end < 0)
        {
            return -1;
        }

        end += buffer[end] == 0 ? 1 : 2;
        return end + more > length ? -1 : end;
    }

    private static void Head(byte[] buffer, int questions, int additional)
    {
        Octets.WriteUInt16(buffer, 2, AnswerFlags);
        Octets.WriteUInt16(buffer, 4, questions);
        Octets.WriteUInt16(buffer, 6, 1);
        Octets.WriteUInt16(buffer, 8, 0);
        Octets.WriteUInt16(buffer, 10, additional);
    }

    private static int AddressRecord(byte[] buffer, int at, int ofClass, int timeToLive, byte[] address)
    {
        at = RecordStart(buffer, at, TypeA, ofClass, timeToLive, 4);
        Array.Copy(address, 0, buffer, at, 4);
        return at + 4;
    }

    private static int RecordStart(byte[] buffer, int at, int type, int ofClass, int timeToLive, int size)
    {
        Octets.WriteUInt16(buffer, at, type);
        Octets.WriteUInt16(buffer, at + 2, ofClass);
        Octets.WriteInt32(buffer, at + 4, timeToLive);
        Octets.WriteUInt16(buffer, at + 8, size);
        return at + RecordHead;
    }
}
