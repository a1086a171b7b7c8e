using System;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>The bytes of a settings file: the header, then the text, secrets included.</summary>
internal sealed class SlotContent : StorageContent
{
    private readonly SettingsWriter _writer;
    private byte[] _header;

    /// <summary>
    /// The content for <paramref name="settings"/> with a change (or null) in them and the profiles for the next boot as they were in
    /// <paramref name="once"/>; without a header (null) only the text.
    /// </summary>
    internal SlotContent(DeviceSettings settings, SettingsEdit edit, byte[] once, byte[] header)
    {
        _writer = new SettingsWriter(settings, edit, once);
        _header = header;
    }

    /// <inheritdoc/>
    public override int Next(byte[] buffer)
    {
        var piece = new ByteWriter(buffer);
        if (_header != null)
        {
            piece.Raw(_header);
            _header = null;
        }

        while (piece.Length + _writer.NextLength <= buffer.Length && _writer.WritePart(piece))
        {
            // As many as have room.
        }

        if (piece.Overflowed)
        {
            throw new InvalidOperationException("a part of the settings is too long");
        }

        return piece.Length;
    }
}
