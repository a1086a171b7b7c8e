using System;
using System.IO;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Device;

/// <summary>
/// Name and password of the set-up access point. The password is made of the chip's randomness at the first start and kept, so that it can
/// be printed on a label; it is not derived from anything that the board tells everybody, such as its MAC.
/// </summary>
public static class SetupKey
{
    /// <summary>The file that keeps the password.</summary>
    public const string File = SetupFiles.Key;

    /// <summary>Characters: 60 bits, which WPA2 keeps out of reach of guessing from a recorded handshake.</summary>
    public const int Length = 12;

    /// <summary>
    /// 32 characters that are not mistaken for one another on a serial log or a label; so 5 bits of a random byte make one without a bias.
    /// </summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>
    /// The access point's name: <c>netboot-</c> and the last three bytes of the MAC, as on the board's label and in the router's list.
    /// </summary>
    public static string NetworkName(byte[] mac)
    {
        var name = new ByteWriter(new byte[14]);
        name.Text("netboot");
        if (mac != null && mac.Length == MacText.Size)
        {
            name.Byte('-').HexByte(mac[3]).HexByte(mac[4]).HexByte(mac[5]);
        }

        return name.ToString();
    }

    /// <summary>
    /// The stored password; without one, or with a damaged one, a new one that is stored first. Throws what the storage throws.
    /// </summary>
    public static string Password(IStorage storage, IRandomness randomness)
    {
        byte[] key = Read(storage);
        if (key == null)
        {
            key = new byte[Length];
            randomness.Fill(key);
            byte[] alphabet = Octets.Of(Alphabet);
            for (int i = 0; i < Length; i++)
            {
                key[i] = alphabet[key[i] & 31];
            }

            storage.Write(File, key, Length);
        }

        return Octets.Text(key, 0, Length);
    }

    /// <summary>The stored password, or null when there is none that is whole.</summary>
    public static string Stored(IStorage storage)
    {
        byte[] key = Read(storage);
        return key == null ? null : Octets.Text(key, 0, Length);
    }

    private static byte[] Read(IStorage storage)
    {
        if (storage.Length(File) != Length)
        {
            return null;
        }

        Stream stream = storage.OpenRead(File);
        if (stream == null)
        {
            return null;
        }

        var key = new byte[Length];
        int length = 0;
        try
        {
            int read;
            while (length < Length && (read = stream.Read(key, length, Length - length)) > 0)
            {
                length += read;
            }
        }
        finally
        {
            stream.Close();
        }

        byte[] alphabet = Octets.Of(Alphabet);
        for (int i = 0; i < Length; i++)
        {
            if (Octets.IndexOf(alphabet, 0, alphabet.Length, key[i]) < 0)
            {
                return null;
            }
        }

        return length == Length ? key : null;
    }
}
