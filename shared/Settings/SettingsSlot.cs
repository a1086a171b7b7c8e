using System;
using System.IO;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Settings;

/// <summary>
/// One of the two files that hold the settings: magic (4 bytes), format version (2), sequence number (4), length (4) and CRC-32 (4) of the
/// text that follows and then of the fourteen bytes before it (in version 1 the other way round); all big-endian. It is written piece by
/// piece: a board with many machines has no room for the text of all of them.
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

    private const string NoSettings = "is not a settings file";

    /// <summary>What <see cref="Read"/> found: no file.</summary>
    internal const int Missing = 0;

    /// <summary>A file that ends too early, as a power cut leaves it.</summary>
    internal const int Cut = 1;

    /// <summary>A file that was read and is not what was written.</summary>
    internal const int Damaged = 2;

    /// <summary>A file that could not be read, or is of another version: what is in it may be good.</summary>
    internal const int Unread = 3;

    /// <summary>A file that is whole.</summary>
    internal const int Whole = 4;

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

    /// <summary>
    /// Why <see cref="Read"/> gave nothing, or a failed <see cref="Write"/> left something; null when there is nothing to say.
    /// </summary>
    internal string Refusal { get; private set; }

    /// <summary>
    /// Reads the file through, and has <paramref name="parser"/> (or nobody: null) read its text. <see cref="Whole"/>: and the parser was
    /// content with it; what the parser found wrong is in its own error, and no <see cref="Refusal"/>.
    /// </summary>
    internal int Read(SettingsParser parser)
    {
        Refusal = null;
        StoredText file = null;
        try
        {
            file = new StoredText(_storage, File, HeaderSize + SettingsLimits.Text);
            return file.Length < 0 ? Missing : Read(file, parser);
        }
        catch (OutOfMemoryException)
        {
            if (parser != null)
            {
                // Not the file's fault: the store has words for it.
                throw;
            }

            Refusal = "cannot be read: not enough memory";
            return Unread;
        }
        catch (Exception exception)
        {
            Refusal = "cannot be read: " + exception.Message;
            return Unread;
        }
        finally
        {
            if (file != null)
            {
                file.Close();
            }
        }
    }

    private int Read(StoredText file, SettingsParser parser)
    {
        var header = new byte[HeaderSize];
        var piece = new byte[StoredText.PieceSize];
        if (file.Length < HeaderSize || file.Next(header) < HeaderSize)
        {
            Refusal = NoSettings;
            return Cut;
        }

        int state = CheckHeader(header, file.Length - HeaderSize);
        if (state != Whole)
        {
            return state;
        }

        var sum = new TextSum();
        bool first = Octets.ReadUInt16(header, VersionOffset) == FirstVersion;
        if (first)
        {
            sum.Add(header, 0, CrcOffset);
        }

        bool good = true;
        for (int count = file.Next(piece); count > 0 && good; count = file.Next(piece))
        {
            sum.Add(piece, 0, count);
            good = parser == null || parser.Feed(piece, 0, count);
        }

        if (!good)
        {
            return Damaged;
        }

        if (!first)
        {
            sum.Add(header, 0, CrcOffset);
        }

        Sequence = Octets.ReadInt32(header, SequenceOffset);
        Refusal = Octets.ReadInt32(header, CrcOffset) == sum.Finish() ? null : "is damaged (CRC)";
        return Refusal == null ? Whole : Damaged;
    }

    /// <summary>
    /// Writes settings, with the change <paramref name="edit"/> (or null) in them, reads the file back and compares. Gives null, or why it
    /// is not there; then the file is gone, or <see cref="Refusal"/> says that it is not.
    /// </summary>
    internal string Write(DeviceSettings settings, SettingsEdit edit, int sequence)
    {
        // Written twice, the first time only to know length and CRC, which stand before it. What a machine uses up in between must not make
        // the two differ.
        byte[] once = settings.Machines.CopyOnce();
        Refusal = null;
        var sum = new TextSum();
        var buffer = new byte[StorageContent.PieceSize];
        int length = 0;
        var text = new SlotContent(settings, edit, once, null);
        for (int count = text.Next(buffer); count > 0; count = text.Next(buffer))
        {
            sum.Add(buffer, 0, count);
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
        sum.Add(header, 0, CrcOffset);
        Octets.WriteInt32(header, CrcOffset, sum.Finish());
        try
        {
            _storage.Write(File, new SlotContent(settings, edit, once, header));
            if (IsStored(header, length, buffer))
            {
                Sequence = sequence;
                return null;
            }
        }
        catch (OutOfMemoryException)
        {
            // Not the flash's fault: the store has words for it.
            Remove();
            throw;
        }
        catch (Exception exception)
        {
            Remove();
            return "cannot write " + File + ": " + exception.Message;
        }

        Remove();
        return "reading back what was written to " + File + " gives something else";
    }

    // What is told to have failed must not be there at the next start, and a write that threw may have written everything.
    private void Remove()
    {
        try
        {
            _storage.Delete(File);
        }
        catch (Exception exception)
        {
            Refusal = "cannot be removed: " + exception.Message;
        }
    }

    private int CheckHeader(byte[] header, int length)
    {
        if (Octets.ReadInt32(header, 0) != Magic)
        {
            Refusal = NoSettings;
            return Damaged;
        }

        int version = Octets.ReadUInt16(header, VersionOffset);
        if (version != Version && version != FirstVersion)
        {
            Refusal = "has a different format version";
            return Unread;
        }

        if (Octets.ReadInt32(header, LengthOffset) != length)
        {
            Refusal = "is incomplete";
            return Cut;
        }

        return Whole;
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

            var sum = new TextSum();
            int count;
            while (length > 0 && (count = stream.Read(buffer, 0, length < buffer.Length ? length : buffer.Length)) > 0)
            {
                sum.Add(buffer, 0, count);
                length -= count;
            }

            sum.Add(header, 0, CrcOffset);
            return length == 0 && sum.Finish() == Octets.ReadInt32(header, CrcOffset);
        }
        finally
        {
            stream.Close();
        }
    }
}
