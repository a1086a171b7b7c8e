using System;
using Netboot.Device;
using Netboot.Journal;

namespace Netboot.Boot;

/// <summary>
/// Streams files from the mirror, a few at a time: each stream has a thread and a ring while it fetches, and nothing of both at rest.
/// A file closed before anything was let go of stays ready for a moment: edk2 opens each file twice, the first time for its size
/// (TFTP: ERROR 8 after the OACK; HTTP boot: HEAD).
/// </summary>
public sealed class Mirror
{
    /// <summary>Files streamed at a time. More machines than that wait; their firmware asks again by itself.</summary>
    public const int Streams = 2;

    /// <summary>
    /// Pieces of all rings together: 8 KB of the heap while two machines load from the mirror. The first has six of them, so that a window of four TFTP blocks
    /// (5,872 bytes) stays until it is acknowledged; a second one at the same time has two, and is slower.
    /// </summary>
    internal const int MostPieces = 8;

    /// <summary>
    /// A ring takes its fewest pieces as long as they can be had; more only where so much stays free for scripts and pages (with an almost full heap the
    /// interpreter may allocate while it collects, and die: facts 16.3).
    /// </summary>
    internal const int Margin = 8 * 1024;

    /// <summary>Who waits for a stream asks at every step of its server. After so long without, it is gone.</summary>
    private const int WaitMilliseconds = 500;

    private readonly IBoard _board;
    private readonly Log _log;
    private readonly MirrorStream[] _streams = new MirrorStream[Streams];
    private readonly bool[] _used = new bool[Streams];
    private readonly bool[] _parked = new bool[Streams];
    private readonly object _lock = new object();
    private int _pieces;

    // Who is to have the next stream, and when it last asked.
    private MirrorReader _next;
    private long _nextAsked;

    /// <summary>A mirror whose failures go to <paramref name="log"/>; <paramref name="board"/> says what is free, null: enough.</summary>
    public Mirror(Log log, IBoard board = null)
    {
        _log = log;
        _board = board;
    }

    /// <summary>A reader of <paramref name="url"/>. It starts as soon as a stream is free.</summary>
    public LoaderReader Open(string url)
    {
        return new MirrorReader(this, url);
    }

    /// <summary>
    /// A running stream of <paramref name="url"/>, or null while all are taken: <paramref name="reader"/> asks again and again. Who asked first is served
    /// first, and a machine that hardly takes anything gives way to it.
    /// </summary>
    internal MirrorStream Take(MirrorReader reader, string url)
    {
        long now = Environment.TickCount64;
        lock (_lock)
        {
            for (int i = 0; i < Streams; i++)
            {
                if (_parked[i] && _streams[i].Url == url && _streams[i].Unpark())
                {
                    _parked[i] = false;
                    return _streams[i];
                }
            }

            if (_next != null && _next != reader && now - _nextAsked < WaitMilliseconds)
            {
                return null;
            }

            _next = reader;
            _nextAsked = now;
            bool ending = false;
            for (int i = 0; i < Streams; i++)
            {
                if (_streams[i] == null)
                {
                    _streams[i] = new MirrorStream(this, _log);
                }

                if (!_used[i])
                {
                    if (_streams[i].Idle)
                    {
                        _used[i] = true;
                        _next = null;
                        _streams[i].Start(url);
                        return _streams[i];
                    }

                    ending = true;
                }
            }

            if (!ending && !GiveUpParked())
            {
                GiveUpCrawling(now);
            }

            return null;
        }
    }

    /// <summary>A reader gives its stream back, or (null) waits for one no more.</summary>
    internal void Return(MirrorReader reader, MirrorStream stream)
    {
        lock (_lock)
        {
            _next = _next == reader ? null : _next;
            for (int i = 0; i < Streams; i++)
            {
                if (stream != null && _streams[i] == stream)
                {
                    _parked[i] = stream.Park();
                    if (!_parked[i])
                    {
                        _used[i] = false;
                        stream.Close();
                    }
                }
            }
        }
    }

    /// <summary>Takes pieces for a ring; throws <see cref="System.OutOfMemoryException"/> when there is no room for the fewest.</summary>
    internal int TakePieces(MirrorRing ring)
    {
        // Asked before the lock: it collects. Once for each fetch.
        int most = MostPieces;
        if (_board != null)
        {
            int spare = (_board.FreeMemory() - Margin) / MirrorRing.PieceSize;
            most = spare < most ? spare : most;
        }

        lock (_lock)
        {
            int left = MostPieces - _pieces - ((Streams - 1) * MirrorRing.FewestPieces);
            most = left < most ? left : most;
            int taken = ring.Take(most < MirrorRing.FewestPieces ? MirrorRing.FewestPieces : most);
            _pieces += taken;
            return taken;
        }
    }

    /// <summary>Gives so many pieces back.</summary>
    internal void GivePieces(int count)
    {
        lock (_lock)
        {
            _pieces -= count;
        }
    }

    // Somebody waits and no stream is about to be free: the one that was parked first makes room. Its thread ends a moment later.
    private bool GiveUpParked()
    {
        int oldest = -1;
        for (int i = 0; i < Streams; i++)
        {
            if (_parked[i] && (oldest < 0 || _streams[i].ParkedUntil < _streams[oldest].ParkedUntil))
            {
                oldest = i;
            }
        }

        if (oldest >= 0)
        {
            _parked[oldest] = false;
            _used[oldest] = false;
            _streams[oldest].Close();
        }

        return oldest >= 0;
    }

    // Whoever reads from it still has it, and is told when it reads on; so the next one gets another.
    private void GiveUpCrawling(long now)
    {
        for (int i = 0; i < Streams; i++)
        {
            if (_streams[i].Crawls(now))
            {
                _streams[i].GiveUp();
                _streams[i] = null;
                _used[i] = false;
                return;
            }
        }
    }
}
