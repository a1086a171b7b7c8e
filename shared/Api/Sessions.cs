using System;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Api;

/// <summary>
/// Who is logged in to the page: a few sessions, kept in memory only, so a restart ends them. Each has an identifier for the browser's
/// cookie and a token that the page sends with every change: a page of another site gets the cookie along at best, never the token. Safe to
/// call from every thread.
/// </summary>
public sealed class Sessions
{
    /// <summary>Sessions at a time: two people with two browsers each. One more ends the one that was idle longest.</summary>
    public const int Capacity = 4;

    /// <summary>Bytes of an identifier and of a token: 128 bits, which nobody guesses.</summary>
    public const int Size = 16;

    /// <summary>A session that asked nothing for so long is over: a page that is open asks every few seconds.</summary>
    public const int IdleMilliseconds = 30 * 60 * 1000;

    /// <summary>In place of a session: there is none.</summary>
    public const int None = -1;

    private readonly IRandomness _randomness;
    private readonly object _lock = new object();

    // Identifier and token of each, side by side; made with the first log-in, for most devices are set up once and never looked at again.
    private byte[] _secrets;
    private long[] _used;
    private int _count;

    /// <summary>Nobody is logged in.</summary>
    public Sessions(IRandomness randomness)
    {
        _randomness = randomness;
    }

    /// <summary>Starts a session and gives its number.</summary>
    internal int Create(long now)
    {
        lock (_lock)
        {
            if (_secrets == null)
            {
                _secrets = new byte[Capacity * Size * 2];
                _used = new long[Capacity];
            }

            int session = 0;
            if (_count < Capacity)
            {
                session = _count++;
            }
            else
            {
                for (int i = 1; i < Capacity; i++)
                {
                    session = _used[i] < _used[session] ? i : session;
                }
            }

            var secret = new byte[Size * 2];
            _randomness.Fill(secret);
            Array.Copy(secret, 0, _secrets, session * Size * 2, Size * 2);
            _used[session] = now;
            return session;
        }
    }

    /// <summary>The session of an identifier in hexadecimal, or <see cref="None"/>; it is in use from now on.</summary>
    internal int Find(byte[] text, int offset, int length, long now)
    {
        lock (_lock)
        {
            int found = None;
            for (int i = 0; i < _count; i++)
            {
                // All are compared, and each to its end: the time tells nothing of the identifiers.
                if (Same(i * Size * 2, text, offset, length) && now - _used[i] < IdleMilliseconds)
                {
                    found = i;
                }
            }

            if (found != None)
            {
                _used[found] = now;
            }

            return found;
        }
    }

    /// <summary>Whether a text is the token of a session.</summary>
    internal bool IsToken(int session, byte[] text, int offset, int length)
    {
        lock (_lock)
        {
            return session >= 0 && session < _count && Same((session * Size * 2) + Size, text, offset, length);
        }
    }

    /// <summary>Writes a session's identifier in hexadecimal.</summary>
    internal void WriteIdentifier(int session, ByteWriter writer) => Write(session * Size * 2, writer);

    /// <summary>Writes a session's token in hexadecimal.</summary>
    internal void WriteToken(int session, ByteWriter writer) => Write((session * Size * 2) + Size, writer);

    /// <summary>Ends one session.</summary>
    internal void End(int session)
    {
        lock (_lock)
        {
            if (session >= 0 && session < _count)
            {
                _count--;
                Array.Copy(_secrets, _count * Size * 2, _secrets, session * Size * 2, Size * 2);
                _used[session] = _used[_count];
                Array.Clear(_secrets, _count * Size * 2, Size * 2);
            }
        }
    }

    /// <summary>Ends all of them: the password is another, or gone.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _count = 0;
        }
    }

    private void Write(int offset, ByteWriter writer)
    {
        lock (_lock)
        {
            for (int i = 0; i < Size; i++)
            {
                writer.HexByte(_secrets[offset + i]);
            }
        }
    }

    private bool Same(int secret, byte[] text, int offset, int length)
    {
        if (length != Size * 2)
        {
            return false;
        }

        int difference = 0;
        for (int i = 0; i < Size; i++)
        {
            // What is not a digit is -1: all its bits differ from a byte's somewhere.
            int value = (Octets.HexDigit(text[offset + (i * 2)]) << 4) | Octets.HexDigit(text[offset + (i * 2) + 1]);
            difference |= value ^ _secrets[secret + i];
        }

        return difference == 0;
    }
}
