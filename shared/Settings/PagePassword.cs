using System;
using System.Security.Cryptography;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The password of the web page as it is kept: <c>pbkdf2-sha256:ITERATIONS:SALT:HASH</c>, salt and hash in hexadecimal, the hash being
/// PBKDF2 with HMAC-SHA256 (RFC 8018, one block). The password itself is kept nowhere.
/// </summary>
public static class PagePassword
{
    /// <summary>
    /// An iteration costs about 60 of our IL instructions (0.12 ms), the native HMAC and a share of a collection: 0.3 ms or so (estimated,
    /// not measured on a board). 1,000 keep a login below half a second; that slows down guessing a stolen hash a thousandfold and no more.
    /// A PC would take hundreds of thousands. The count is stored with each password, so a faster board can raise it.
    /// </summary>
    public const int Iterations = 1000;

    /// <summary>The longest stored form.</summary>
    public const int LongestForm = 128;

    // A restored text with a count in the millions must not stop the board for an hour.
    private const int MostIterations = 20000;

    private const int SaltSize = 16;
    private const int HashSize = 32;

    private const string Prefix = "pbkdf2-sha256:";

    /// <summary>
    /// The stored form of a password, with a new salt. The salt is from System.Random: on the ESP32 that is the chip's own generator
    /// (nf-interpreter, targetRandom.cpp: esp_random), on a PC it is seeded by the system. A salt has to differ, not to be secret.
    /// </summary>
    public static byte[] Create(byte[] password, int offset, int length)
    {
        var salt = new byte[SaltSize];
        new Random().NextBytes(salt);
        var form = new ByteWriter(LongestForm, LongestForm);
        form.Text(Prefix).Number(Iterations).Byte(':');
        WriteHex(form, salt);
        form.Byte(':');
        WriteHex(form, Derive(Copy(password, offset, length), salt, Iterations));
        return Copy(form.Buffer, 0, form.Length);
    }

    /// <summary>Whether a password is the one of a stored form. It takes as long for a wrong one as for the right one.</summary>
    public static bool Check(byte[] form, byte[] password, int offset, int length)
    {
        var salt = new byte[SaltSize];
        var hash = new byte[HashSize];
        int iterations = Parse(form, 0, form.Length, salt, hash);
        if (iterations <= 0)
        {
            return false;
        }

        byte[] derived = Derive(Copy(password, offset, length), salt, iterations);
        int difference = 0;
        for (int i = 0; i < HashSize; i++)
        {
            difference |= derived[i] ^ hash[i];
        }

        return difference == 0;
    }

    /// <summary>
    /// Whether a range can be a password: its length and its characters. The error says what is allowed and never what was given.
    /// </summary>
    public static bool IsAllowed(byte[] text, int offset, int length, SettingsError error)
    {
        bool printable = true;
        for (int i = 0; i < length; i++)
        {
            byte value = text[offset + i];
            printable = printable && value >= 0x20 && value < 0x7F;
        }

        bool good = printable && length >= SettingsLimits.PasswordAtLeast && length <= SettingsLimits.Password;
        return good || error.Fail(
            "a password must have " + SettingsLimits.PasswordAtLeast.ToString() + " to " + SettingsLimits.Password.ToString()
            + " printable ASCII characters");
    }

    /// <summary>Whether what stands in the settings could be taken, without the work of making the stored form of a plain one.</summary>
    internal static bool IsAcceptable(byte[] text, int offset, int length, SettingsError error) =>
        Octets.StartsWith(text, offset, length, Prefix)
        ? Accept(text, offset, length, error) != null : IsAllowed(text, offset, length, error);

    /// <summary>The stored form of what stands in the settings, plain or stored already; null, and the error, when it is neither.</summary>
    internal static byte[] Accept(byte[] text, int offset, int length, SettingsError error)
    {
        if (Octets.StartsWith(text, offset, length, Prefix))
        {
            if (Parse(text, offset, length, new byte[SaltSize], new byte[HashSize]) > 0)
            {
                return Copy(text, offset, length);
            }

            error.Fail("is not a stored password: pbkdf2-sha256:ITERATIONS:SALT:HASH with up to " + MostIterations.ToString()
                + " iterations, 16 bytes of salt and 32 of hash");
            return null;
        }

        return IsAllowed(text, offset, length, error) ? Create(text, offset, length) : null;
    }

    // Takes a stored form apart: the iterations, or -1 when it is not one.
    private static int Parse(byte[] text, int offset, int length, byte[] salt, byte[] hash)
    {
        int end = offset + length;
        int count = offset + Prefix.Length;
        if (!Octets.StartsWith(text, offset, length, Prefix))
        {
            return -1;
        }

        int colon = Octets.IndexOf(text, count, end - count, (byte)':');
        int saltText = colon + 1;
        int hashText = saltText + (SaltSize * 2) + 1;
        if (colon < 0 || end - hashText != HashSize * 2 || text[hashText - 1] != (byte)':')
        {
            return -1;
        }

        int iterations = Octets.ParseNumber(text, count, colon - count);
        bool good = iterations > 0 && iterations <= MostIterations && ReadHex(text, saltText, salt) && ReadHex(text, hashText, hash);
        return good ? iterations : -1;
    }

    // PBKDF2 of one block: U1 = HMAC(password, salt, 1), each further U is the HMAC of the one before, and the hash is all of them XORed.
    private static byte[] Derive(byte[] password, byte[] salt, int iterations)
    {
        var first = new byte[SaltSize + 4];
        Array.Copy(salt, 0, first, 0, SaltSize);
        first[SaltSize + 3] = 1;
        byte[] u = HMACSHA256.HashData(password, first);

        // Eight bytes at a time: byte by byte this loop would cost more than the HMAC.
        long a = BitConverter.ToInt64(u, 0);
        long b = BitConverter.ToInt64(u, 8);
        long c = BitConverter.ToInt64(u, 16);
        long d = BitConverter.ToInt64(u, 24);
        for (int i = 1; i < iterations; i++)
        {
            u = HMACSHA256.HashData(password, u);
            a ^= BitConverter.ToInt64(u, 0);
            b ^= BitConverter.ToInt64(u, 8);
            c ^= BitConverter.ToInt64(u, 16);
            d ^= BitConverter.ToInt64(u, 24);
        }

        var hash = new byte[HashSize];
        Array.Copy(BitConverter.GetBytes(a), 0, hash, 0, 8);
        Array.Copy(BitConverter.GetBytes(b), 0, hash, 8, 8);
        Array.Copy(BitConverter.GetBytes(c), 0, hash, 16, 8);
        Array.Copy(BitConverter.GetBytes(d), 0, hash, 24, 8);
        return hash;
    }

    private static void WriteHex(ByteWriter writer, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            writer.HexByte(bytes[i]);
        }
    }

    private static bool ReadHex(byte[] text, int offset, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            int high = Octets.HexDigit(text[offset + (i * 2)]);
            int low = Octets.HexDigit(text[offset + (i * 2) + 1]);
            if (high < 0 || low < 0)
            {
                return false;
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static byte[] Copy(byte[] text, int offset, int length)
    {
        var copy = new byte[length];
        Array.Copy(text, offset, copy, 0, length);
        return copy;
    }
}
