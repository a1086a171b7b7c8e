using System;
using System.IO;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Web;

/// <content>The thread that fetches: what is kept of the answer, and measured.</content>
public sealed partial class MirrorCheck
{
    /// <summary>Longest time to read: who looks at the page waits for it.</summary>
    internal const int ReadMilliseconds = 10000;

    /// <summary>Most that is read: enough to tell how fast it comes, and a board's own network is busy with machines.</summary>
    internal const int MostBytes = 2 * 1024 * 1024;

    /// <summary>A wait that the library does not end by itself is ended from outside: a read on a PC, a connection on a board.</summary>
    private const int Patience = (AnswerSeconds * 1000) + 1000;

    private const int BufferSize = 1024;

    private long _started;
    private long _answered;
    private bool _reading;

    private void Fetch()
    {
        Exception fault = null;
        try
        {
            Get(_url, ReadMilliseconds);
        }
        catch (Exception e)
        {
            // Whatever the library throws (refused, reset, timed out, disposed by Close) is what the check is about.
            fault = e;
        }

        try
        {
            Conclude(fault);
        }
        catch (Exception e)
        {
            // No memory for the text. The state must not stay "running" for ever.
            _text = e.Message;
            State = MirrorCheckState.Done;
        }
    }

    /// <inheritdoc/>
    protected override bool Accepts(int status, long length)
    {
        lock (Lock)
        {
            Status = status;
            Length = length;
            _answered = Environment.TickCount64;
            AnswerMilliseconds = (int)(_answered - _started);
        }

        return status == Ok200;
    }

    /// <inheritdoc/>
    protected override void Begin(long length)
    {
        _reading = true;
    }

    /// <inheritdoc/>
    protected override void Note(string text)
    {
        _device.Log.Add(Subsystem.Mirror, LogEvent.Note, 0, _url + ": " + text);
    }

    /// <inheritdoc/>
    protected override void Read(Stream stream)
    {
        var buffer = new byte[BufferSize];
        long most = Length >= 0 && Length < MostBytes ? Length : MostBytes;
        while (Bytes < most && Environment.TickCount64 - _answered < ReadMilliseconds)
        {
            // The first kilobyte is kept together: its beginning tells what the file is, in however small pieces it comes.
            int offset = Bytes < BufferSize ? Bytes : 0;
            int room = BufferSize - offset;
            int count = stream.Read(buffer, offset, most - Bytes < room ? (int)(most - Bytes) : room);
            if (count <= 0)
            {
                return;
            }

            lock (Lock)
            {
                if (Bytes < BufferSize)
                {
                    Script = Octets.StartsWith(buffer, 0, offset + count, Octets.Of("#!ipxe"));
                    Page = IsPage(buffer, offset + count);
                }

                Bytes += count;
            }
        }
    }

    // White space, and what UTF-8 files of Windows begin with, may stand before the first tag.
    private static bool IsPage(byte[] buffer, int length)
    {
        int at = 0;
        while (at < length && (buffer[at] <= 0x20 || buffer[at] >= 0x80))
        {
            at++;
        }

        return Octets.StartsWith(buffer, at, length - at, Octets.Of("<!")) || IsTag(buffer, at, length, "<html") || IsTag(buffer, at, length, "<head")
            || IsTag(buffer, at, length, "<?xml");
    }

    private static bool IsTag(byte[] buffer, int at, int length, string tag)
    {
        byte[] bytes = Octets.Of(tag);
        return length - at >= bytes.Length && Octets.IsIgnoreCase(buffer, at, bytes.Length, bytes);
    }
}
