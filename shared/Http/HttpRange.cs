using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>Reads a Range header (RFC 9110 14.1.2).</summary>
public static class HttpRange
{
    private const string Unit = "bytes=";
    private const int UnitLength = 6;
    private const int NoNumber = -1;
    private const int BadNumber = -2;

    /// <summary>
    /// Reads <c>bytes=a-b</c>, <c>bytes=a-</c> or <c>bytes=-n</c> for a file of <paramref name="total"/> bytes: the first byte and the one
    /// after the last. Gives the status of the answer: 206; 416 for a part that is not there; 200, and all of it, for what is not
    /// understood and for several ranges (a server may always send the whole, 14.2).
    /// </summary>
    public static int Parse(byte[] buffer, int offset, int length, int total, out int first, out int end)
    {
        first = 0;
        end = total;
        if (length <= UnitLength || !Octets.IsIgnoreCase(buffer, offset, UnitLength, Unit))
        {
            return 200;
        }

        int start = offset + UnitLength;
        int stop = offset + length;
        int hyphen = Array.IndexOf(buffer, (object)(byte)'-', start, stop - start);
        if (hyphen < 0)
        {
            return 200;
        }

        int from = Number(buffer, start, hyphen);
        int to = Number(buffer, hyphen + 1, stop);
        if (from < NoNumber || to < NoNumber || (from == NoNumber && to == NoNumber) || (to != NoNumber && from > to))
        {
            return 200;
        }

        if (from == NoNumber)
        {
            first = to < total ? total - to : 0;
            return to == 0 || total == 0 ? 416 : 206;
        }

        if (from >= total)
        {
            return 416;
        }

        first = from;
        end = to == NoNumber || to >= total ? total : to + 1;
        return 206;
    }

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
