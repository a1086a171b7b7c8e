using System;
using System.IO;
using System.IO.Hashing;
using Netboot.Bytes;
using Netboot.Device;

namespace Netboot.Settings;

/// <summary>
/// One of the two files that hold the settings: magic (4 bytes), format version (2), sequence number (4), length (4) and CRC-32 (4) of the text that
/// follows and then of the fourteen bytes before it (in version 1 the other way round); all big-endian. It is written piece by piece: a board with many
/// machines has no room for the text of all of them.
/// </summary>
internal sealed class SettingsSlot
{
    /// <summary>Bytes before the text.</summary>
    internal const int HeaderSize = 18;

    private const int Magic = 0x4E42_5345;
    private const int Version = 2;
    private const int FirstVersion = 1;
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

    /// <summary>Writes settings, reads the file back and compares. Gives null, or why it is not there.</summary>
    internal string Write(DeviceSettings settings, int sequence)
    {
        // Written twice, the first time only to know length and CRC, which stand before it.
        var sum = new Crc32();
        var buffer = new byte[StorageContent.PieceSize];
        int length = 0;
        var text = new SlotContent(settings, null);
        for (int count = text.Next(buffer); count > 0; count = text.Next(buffer))
        {
            Append(sum, buffer, 0, count);
            length += count;
        }

        if (length > SettingsLimits.Text)
        {
            return "the settings are longer than " + SettingsLimits.Text.ToString() + " bytes";
        }

        var header = new byte[HeaderSize];
        Octets.WriteInt32(header, 0, Magic);
        Octets.WriteUInt16(header, VersionOffset, Version);
        Octets.WriteInt32(header, SequenceOffset, sequence);
        Octets.WriteInt32(header, LengthOffset, length);
        Append(sum, header, 0, CrcOffset);
        Octets.WriteInt32(header, CrcOffset, (int)sum.GetCurrentHashAsUInt32());
        try
        {
            _storage.Write(File, new SlotContent(settings, header));
            if (!IsStored(header, length, buffer))
            {
                return "what was written to " + File + " does not read back the same";
            }

            Sequence = sequence;
            return null;
        }
        catch (OutOfMemoryException)
        {
            // Not the flash's fault: the store has words for it.
            throw;
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

        int version = Octets.ReadUInt16(content, VersionOffset);
        if (version != Version && version != FirstVersion)
        {
            return "is of another format version";
        }

        if (Octets.ReadInt32(content, LengthOffset) != content.Length - HeaderSize)
        {
            return "is not complete";
        }

        return Octets.ReadInt32(content, CrcOffset) == Crc(content) ? null : "is damaged (CRC)";
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

    private static int Crc(byte[] content)
    {
        var crc = new Crc32();
        bool first = Octets.ReadUInt16(content, VersionOffset) == FirstVersion;
        if (first)
        {
            Append(crc, content, 0, CrcOffset);
        }

        Append(crc, content, HeaderSize, content.Length);
        if (!first)
        {
            Append(crc, content, 0, CrcOffset);
        }

        return (int)crc.GetCurrentHashAsUInt32();
    }

    // The CRC of what is read tells whether it is the same: there is no second copy to compare it with.
    private bool IsStored(byte[] header, int length, byte[] buffer)
    {
        if (_storage.Length(File) != HeaderSize + length)
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
            if (stream.Read(buffer, 0, HeaderSize) != HeaderSize || !Octets.Equal(buffer, 0, header, 0, HeaderSize))
            {
                return false;
            }

            var sum = new Crc32();
            int count;
            while (length > 0 && (count = stream.Read(buffer, 0, length < buffer.Length ? length : buffer.Length)) > 0)
            {
                Append(sum, buffer, 0, count);
                length -= count;
            }

            Append(sum, header, 0, CrcOffset);
            return length == 0 && (int)sum.GetCurrentHashAsUInt32() == Octets.ReadInt32(header, CrcOffset);
        }
        finally
        {
            stream.Close();
        }
    }
}
