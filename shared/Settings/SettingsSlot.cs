using System;
using System.IO;
using System.IO.Hashing;
using Netboot.Bytes;
using Netboot.Device;

namespace Netboot.Settings;

/// <summary>
/// One of the two files that hold the settings: magic (4 bytes), format version (2), sequence number (4), length (4) and CRC-32 (4) of the fourteen
/// bytes before it and of the text that follows; all big-endian.
/// </summary>
internal sealed class SettingsSlot
{
    /// <summary>Bytes before the text.</summary>
    internal const int HeaderSize = 18;

    private const int Magic = 0x4E42_5345;
    private const int Version = 1;
    private const int VersionOffset = 4;
    private const int SequenceOffset = 6;
    private const int LengthOffset = 10;
    private const int CrcOffset = 14;

    // Pieces of this size keep a second copy of the text off the heap.
    private const int Piece = 256;

    private readonly IStorage _storage;

    internal SettingsSlot(IStorage storage, string file)
    {
        _storage = storage;
        File = file;
    }

    /// <summary>The name of its file.</summary>
    internal string File { get; }

    /// <summary>Its number after <see cref="Read"/>; the higher one is the newer.</summary>
    internal int Sequence { get; private set; }

    /// <summary>Why <see cref="Read"/> gave nothing; null when it gave something or there is no file.</summary>
    internal string Refusal { get; private set; }

    /// <summary>The whole content, whose text follows the header, or null.</summary>
    internal byte[] Read()
    {
        Refusal = null;
        try
        {
            byte[] content = StoredText.Read(_storage, File, HeaderSize + SettingsLimits.Text);
            if (content == null)
            {
                return null;
            }

            Refusal = Check(content);
            if (Refusal != null)
            {
                return null;
            }

            Sequence = Octets.ReadInt32(content, SequenceOffset);
            return content;
        }
        catch (Exception exception)
        {
            Refusal = "cannot be read: " + exception.Message;
            return null;
        }
    }

    /// <summary>Room for the header at the start of a new content.</summary>
    internal static void Reserve(ByteWriter content)
    {
        for (int i = 0; i < HeaderSize; i++)
        {
            content.Byte(0);
        }
    }

    /// <summary>Writes a content (header reserved, then the text), reads it back and compares. Gives null, or why it is not there.</summary>
    internal string Write(ByteWriter content, int sequence)
    {
        byte[] bytes = content.Buffer;
        int length = content.Length;
        Octets.WriteInt32(bytes, 0, Magic);
        Octets.WriteUInt16(bytes, VersionOffset, Version);
        Octets.WriteInt32(bytes, SequenceOffset, sequence);
        Octets.WriteInt32(bytes, LengthOffset, length - HeaderSize);
        Octets.WriteInt32(bytes, CrcOffset, Crc(bytes, length));
        try
        {
            _storage.Write(File, bytes, length);
            if (!IsStored(bytes, length))
            {
                return "what was written to " + File + " does not read back the same";
            }

            Sequence = sequence;
            return null;
        }
        catch (Exception exception)
        {
            return "cannot write " + File + ": " + exception.Message;
        }
    }

    private static string Check(byte[] content)
    {
        if (content.Length < HeaderSize || Octets.ReadInt32(content, 0) != Magic)
        {
            return "is no settings file";
        }

        if (Octets.ReadUInt16(content, VersionOffset) != Version)
        {
            return "is of another format version";
        }

        if (Octets.ReadInt32(content, LengthOffset) != content.Length - HeaderSize)
        {
            return "is not complete";
        }

        return Octets.ReadInt32(content, CrcOffset) == Crc(content, content.Length) ? null : "is damaged (CRC)";
    }

    /// <summary>Takes a range into a CRC. The device's CRC takes whole arrays only.</summary>
    internal static void Append(Crc32 crc, byte[] content, int start, int end)
    {
        byte[] piece = null;
        while (start < end)
        {
            int count = end - start < Piece ? end - start : Piece;
            if (piece == null || piece.Length != count)
            {
                piece = new byte[count];
            }

            Array.Copy(content, start, piece, 0, count);
            crc.Append(piece);
            start += count;
        }
    }

    private static int Crc(byte[] content, int length)
    {
        var crc = new Crc32();
        Append(crc, content, 0, CrcOffset);
        Append(crc, content, HeaderSize, length);
        return (int)crc.GetCurrentHashAsUInt32();
    }

    private bool IsStored(byte[] bytes, int length)
    {
        if (_storage.Length(File) != length)
        {
            return false;
        }

        Stream stream = _storage.OpenRead(File);
        if (stream == null)
        {
            return false;
        }

        try
        {
            var piece = new byte[Piece];
            int position = 0;
            while (position < length)
            {
                int count = stream.Read(piece, 0, length - position < Piece ? length - position : Piece);
                if (count <= 0 || !Octets.Equal(piece, 0, bytes, position, count))
                {
                    return false;
                }

                position += count;
            }

            return true;
        }
        finally
        {
            stream.Close();
        }
    }
}
