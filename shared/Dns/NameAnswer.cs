using System;
using Netboot.Bytes;

namespace Netboot.Dns;

/// <summary>
/// The name server of the set-up access point: every name is the device. That is how a phone that probes for the Internet finds the set-up
/// page (its probe for connectivitycheck.gstatic.com or captive.apple.com comes here and is redirected). Bytes in, bytes out (RFC 1035).
/// </summary>
public static class NameAnswer
{
    /// <summary>Longest message without EDNS (RFC 1035 section 2.3.4); longer questions do not exist.</summary>
    public const int MaximumLength = 512;

    private const int HeaderLength = DnsName.HeaderLength;
    private const int AnswerLength = 16;
    private const int TypeA = 1;
    private const int ClassInternet = 1;

    /// <summary>QR, opcode and, in an answer, AA.</summary>
    private const int AnswerFlags = 0x8400;

    private const int RecursionDesired = 0x0100;
    private const int NotImplemented = 4;

    /// <summary>0: nobody is to remember these answers when the phone is in another network again.</summary>
    private const int TimeToLive = 0;

    /// <summary>
    /// Turns the query in the first <paramref name="length"/> bytes into its answer, in place; gives the answer's length, 0 for no answer.
    /// The buffer must hold <see cref="MaximumLength"/> bytes. A question for anything but an IPv4 address has an empty answer: there is
    /// the name, but not this of it.
    /// </summary>
    public static int Answer(byte[] buffer, int length, byte[] address)
    {
        if (length < HeaderLength || length > MaximumLength || (buffer[2] & 0x80) != 0 || Octets.ReadUInt16(buffer, 4) != 1)
        {
            return 0;
        }

        int recursion = Octets.ReadUInt16(buffer, 2) & RecursionDesired;
        if ((buffer[2] & 0x78) != 0)
        {
            Head(buffer, AnswerFlags | recursion | (buffer[2] & 0x78) << 8 | NotImplemented, 0, 0);
            return HeaderLength;
        }

        // A pointer has no place in a message's first name.
        int end = DnsName.EndOfLabels(buffer, HeaderLength, length);
        if (end < 0 || buffer[end] != 0 || ++end + 4 > length)
        {
            return 0;
        }

        bool wanted = Octets.ReadUInt16(buffer, end) == TypeA && Octets.ReadUInt16(buffer, end + 2) == ClassInternet;
        end += 4;
        Head(buffer, AnswerFlags | recursion, 1, wanted ? 1 : 0);
        if (!wanted)
        {
            return end;
        }

        // Fits: a name of 255 bytes makes 12 + 255 + 4 + 16. What stood behind the question (EDNS) is overwritten.
        Octets.WriteUInt16(buffer, end, 0xC000 | HeaderLength);
        Octets.WriteUInt16(buffer, end + 2, TypeA);
        Octets.WriteUInt16(buffer, end + 4, ClassInternet);
        Octets.WriteInt32(buffer, end + 6, TimeToLive);
        Octets.WriteUInt16(buffer, end + 10, 4);
        Array.Copy(address, 0, buffer, end + 12, 4);
        return end + AnswerLength;
    }

    private static void Head(byte[] buffer, int flags, int questions, int answers)
    {
        Octets.WriteUInt16(buffer, 2, flags);
        Octets.WriteUInt16(buffer, 4, questions);
        Octets.WriteUInt16(buffer, 6, answers);
        Octets.WriteInt32(buffer, 8, 0);
    }
}
