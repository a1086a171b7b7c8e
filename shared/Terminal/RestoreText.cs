using System;
using System.Collections;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>
/// Takes pasted settings up to a line with a single full stop. A paste comes at the full speed of the line, so a byte costs a few
/// instructions and nothing is echoed; that also keeps a password in the text off the screen. It is kept as it comes and read when it is
/// complete, in pages of a size that a heap in pieces has room for.
/// </summary>
internal sealed class RestoreText
{
    // The limit of settings, and room for the lines around a backup.
    private const int Limit = SettingsLimits.Text + 256;

    // With its head 85 of the interpreter's blocks.
    private const int PageSize = Memory.LargestBuffer;

    private readonly ArrayList _pages = new ArrayList();
    private byte[] _page;
    private int _used;
    private int _length;
    private int _lineLength;
    private bool _stopFirst;
    private bool _tooLong;
    private bool _noMemory;
    private bool _afterReturn;

    /// <summary>Whether the text is complete.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Whether Ctrl-C ended it.</summary>
    internal bool IsDropped { get; private set; }

    /// <summary>Takes bytes until the text ends; gives how many.</summary>
    internal int Take(byte[] bytes, int offset, int count)
    {
        int end = offset + count;
        int start = offset;
        for (int i = offset; i < end; i++)
        {
            byte value = bytes[i];
            if (value >= 0x20 || (value != (byte)'\n' && value != (byte)'\r' && value != KeyDecoder.InterruptByte))
            {
                continue;
            }

            Add(bytes, start, i - start);
            start = i + 1;
            if (value == KeyDecoder.InterruptByte)
            {
                IsDropped = true;
                return start - offset;
            }

            bool second = _afterReturn && value == (byte)'\n' && _lineLength == 0;
            _afterReturn = value == (byte)'\r';
            if (!second && EndLine())
            {
                IsComplete = true;
                return start - offset;
            }
        }

        Add(bytes, start, end - start);
        return count;
    }

    /// <summary>Checks the text and asks before it is stored; or says what is wrong with it.</summary>
    internal void Finish(ConsoleSession session)
    {
        SettingsError error = session.Error;
        error.Clear();
        DeviceSettings restored = null;
        if (_tooLong)
        {
            error.Fail("the text is longer than " + SettingsLimits.Text.ToString() + " bytes");
        }
        else if (_noMemory)
        {
            error.Fail("the board does not have enough memory for so long a text right now");
        }
        else
        {
            restored = Read(error);
        }

        if (restored == null)
        {
            session.Refuse();
            return;
        }

        session.Text.Text("OK. Profiles: ").Number(restored.Profiles.Length).Text(", machines: ").Number(restored.Machines.Count);
        session.Text.Text(". They replace all settings");
        session.Text.Text("; the password and network settings stay.\n");
        session.Dialog = new ConfirmDialog(restored);
    }

    /// <summary>Stores restored settings.</summary>
    internal static void Store(ConsoleSession session, DeviceSettings restored)
    {
        session.Error.Clear();
        if (!session.Device.Save(restored, session.Error))
        {
            session.Refuse();
            return;
        }

        session.Text.Text("Restored and in effect now.\n");
    }

    // The pages are let go one by one: the settings that grow meanwhile can have their room.
    private DeviceSettings Read(SettingsError error)
    {
        if (_length > SettingsLimits.Text)
        {
            // As a text in one piece is refused, with its length.
            error.Line = 1;
            error.Fail("the text is " + _length.ToString() + " bytes long; at most " + SettingsLimits.Text.ToString());
            return null;
        }

        var reader = new SettingsReader(true, error);
        for (int i = 0; i < _pages.Count; i++)
        {
            var page = (byte[])_pages[i];
            _pages[i] = null;
            reader.Feed(page, 0, page == _page ? _used : PageSize);
        }

        return reader.Finish();
    }

    private void Add(byte[] bytes, int offset, int count)
    {
        if (count > 0)
        {
            _stopFirst = _lineLength == 0 && bytes[offset] == (byte)'.';
            _lineLength += count;
            Keep(bytes, offset, count);
        }
    }

    // Ends a line; true when it was the full stop, which is the last byte that was kept.
    private bool EndLine()
    {
        if (_lineLength == 1 && _stopFirst)
        {
            _used--;
            _length--;
            return true;
        }

        _lineLength = 0;
        if (HasRoom(1))
        {
            _page[_used++] = (byte)'\n';
            _length++;
        }

        return false;
    }

    private void Keep(byte[] bytes, int offset, int count)
    {
        while (count > 0 && HasRoom(count))
        {
            int part = count < PageSize - _used ? count : PageSize - _used;
            Array.Copy(bytes, offset, _page, _used, part);
            _used += part;
            _length += part;
            offset += part;
            count -= part;
        }
    }

    // Makes room for a part of so many bytes. What is too long is not kept, but read to its end: the rest of a paste must not become
    // commands.
    private bool HasRoom(int count)
    {
        _tooLong |= _length + count > Limit;
        if (!_tooLong && !_noMemory && (_page == null || _used == PageSize))
        {
            try
            {
                _page = Memory.Take(PageSize);
                _pages.Add(_page);
                _used = 0;
            }
            catch (OutOfMemoryException)
            {
                // Said when the text is complete.
                _noMemory = true;
            }
        }

        if (_tooLong || _noMemory)
        {
            _pages.Clear();
            _page = null;
            return false;
        }

        return true;
    }
}
