using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>What a Range header asks for (RFC 9110 14.1.2).</summary>
public enum HttpRangeKind : byte
{
    /// <summary>The whole: no header, one that is not understood, or several ranges (a server may always send the whole, 14.2).</summary>
    Whole = 0,

    /// <summary>One part.</summary>
    Part = 1,

    /// <summary>A part that is not there: 416.</summary>
    OutOfRange = 2,
}

/// <summary>Reads a Range header.</summary>
public static class HttpRange
{
    private const string Unit = "bytes=";
    private const int UnitLength = 6;

    /// <summary>
    /// Reads <c>bytes=a-b</c>, <c>bytes=a-</c> or <c>bytes=-n</c> for a file of <paramref name="total"/> bytes: the first byte and the one
    /// after the last.
    /// </summary>
    public static HttpRangeKind Parse(byte[] buffer, int offset, int length, int total, out int first, out int end)
    {
        first = 0;
        end = total;
        if (length <= UnitLength || !Octets.IsIgnoreCase(buffer, offset, UnitLength, Unit))
        {
            return HttpRangeKind.Whole;
        }

        int start = offset + UnitLength;
        int stop = offset + length;
        int hyphen = Array.IndexOf(buffer, (object)(byte)'-', start, stop - start);
        if (hyphen < 0)
        {
            return HttpRangeKind.Whole;
        }

        int from = Number(buffer, start, hyphen);
        int to = Number(buffer, hyphen + 1, stop);
        if (from < NoNumber || to < NoNumber || (from == NoNumber && to == NoNumber) || (to != NoNumber && from > to))
        {
            return HttpRangeKind.Whole;
        }

        if (from == NoNumber)
        {
            first = to < total ? total - to : 0;
            return to == 0 || total == 0 ? HttpRangeKind.OutOfRange : HttpRangeKind.Part;
        }

        if (from >= total)
        {
            return HttpRangeKind.OutOfRange;
        }

        first = from;
        end = to == NoNumber || to >= total ? total : to + 1;
        return HttpRangeKind.Part;
    }

    private const int NoNumber = -1;
    private const int BadNumber = -2;

    /// <summary>
    /// A decimal number; one that is too large for any file here becomes the largest, for it only means "to the end" or "behind it".
    /// </summary>
    private static int Number(byte[] buffer, int start, int stop)
    {
        if (start == stop)
        {
            return NoNumber;
        }

        int number = 0;
        for (; start < stop; start++)
        {
            int digit = buffer[start] - '0';
            if (digit < 0 || digit > 9)
            {
                return BadNumber;
            }

            number = number > (int.MaxValue - 9) / 10 ? int.MaxValue : (number * 10) + digit;
        }

        return number;
    }
}
