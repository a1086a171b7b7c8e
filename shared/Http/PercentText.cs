using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>Percent-encoded text as it stands in a request target (RFC 3986 2.1) and in a form.</summary>
public static class PercentText
{
    /// <summary>
    /// An equals sign, boxed once: <see cref="Array.IndexOf(Array, object, int, int)"/> is native on the device and takes an object.
    /// </summary>
    private static readonly object EqualsSign = (byte)'=';
    private static readonly object Ampersand = (byte)'&';
    private static readonly object Percent = (byte)'%';
    private static readonly object Plus = (byte)'+';

    /// <summary>
    /// Decodes a range into <paramref name="target"/> (null: only checks it). The target may be the source at the same place or before it.
    /// <paramref name="form"/>: a plus is a space, and escaped control characters other than NUL pass (a text may have several lines).
    /// Gives the decoded length, or -1 when the text has a bad escape, a byte that must be escaped, or is not UTF-8.
    /// </summary>
    public static int Decode(byte[] source, int offset, int length, byte[] target, int targetOffset, bool form)
    {
        int end = offset + length;
        int plain = Plain(source, offset, length, target != null && form);
        if (plain < 0)
        {
            return -1;
        }

        if (target != null)
        {
            Array.Copy(source, offset, target, targetOffset, plain);
        }

        offset += plain;
        int at = targetOffset + plain;

        // UTF-8 continuation bytes that are still due, and what the next may be (RFC 3629 4: no overlong forms, no surrogates).
        int due = 0;
        int low = 0x80;
        int high = 0xBF;
        while (offset < end)
        {
            int value = source[offset++];
            if (value == '%')
            {
                if (end - offset < 2)
                {
                    return -1;
                }

                value = (Octets.HexDigit(source[offset]) << 4) | Octets.HexDigit(source[offset + 1]);
                offset += 2;
                if (value <= 0 || (value < ' ' && !form) || value == 0x7F)
                {
                    return -1;
                }
            }
            else if (value <= ' ' || value >= 0x7F)
            {
                return -1;
            }
            else if (value == '+' && form)
            {
                value = ' ';
            }

            if (due > 0)
            {
                if (value < low || value > high)
                {
                    return -1;
                }

                due--;
                low = 0x80;
                high = 0xBF;
            }
            else if (value >= 0x80)
            {
                if (value < 0xC2 || value > 0xF4)
                {
                    return -1;
                }

                due = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
                low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
                high = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
            }

            if (target != null)
            {
                target[at] = (byte)value;
            }

            at++;
        }

        return due > 0 ? -1 : at - targetOffset;
    }

    /// <summary>
    /// How many bytes at the start stand for themselves; -1 when one of them must be escaped. Most texts are all of this kind, and this
    /// loop takes half the instructions of the other.
    /// </summary>
    private static int Plain(byte[] source, int offset, int length, bool toPlus)
    {
        int end = Array.IndexOf(source, Percent, offset, length);
        end = end < 0 ? offset + length : end;
        if (toPlus)
        {
            int plus = Array.IndexOf(source, Plus, offset, end - offset);
            end = plus < 0 ? end : plus;
        }

        for (int i = offset; i < end; i++)
        {
            // Below 0x21 or above 0x7E, in one comparison.
            if ((uint)(source[i] - 0x21) > 0x7E - 0x21)
            {
                return -1;
            }
        }

        return end - offset;
    }

    /// <summary>
    /// Appends the decoded value of the first field called <paramref name="lowerName"/> (letters of any case, not escaped) in
    /// <c>name=value&amp;name=value</c>. False when there is no such field, its value is badly encoded, or it does not fit
    /// (<see cref="ByteWriter.Overflowed"/>); then nothing is appended.
    /// </summary>
    public static bool Find(byte[] buffer, int offset, int length, byte[] lowerName, ByteWriter value)
    {
        int end = offset + length;
        while (offset < end)
        {
            int stop = Array.IndexOf(buffer, Ampersand, offset, end - offset);
            stop = stop < 0 ? end : stop;
            int equals = Array.IndexOf(buffer, EqualsSign, offset, stop - offset);
            equals = equals < 0 ? stop : equals;
            if (Octets.IsIgnoreCase(buffer, offset, equals - offset, lowerName))
            {
                return equals == stop || Append(buffer, equals + 1, stop - equals - 1, value);
            }

            offset = stop + 1;
        }

        return false;
    }

    private static bool Append(byte[] buffer, int offset, int length, ByteWriter value)
    {
        int start = value.Length;
        value.Raw(buffer, offset, length);
        if (value.Length - start < length)
        {
            value.Truncate(start);
            return false;
        }

        // Decoding only shortens, so it is done where the raw value now stands.
        int decoded = Decode(value.Buffer, start, length, value.Buffer, start, true);
        value.Truncate(decoded < 0 ? start : start + decoded);
        return decoded >= 0;
    }
}
