using System;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Boot;

/// <summary>
/// Streams files from the mirror, a few at a time: each stream has a thread and a ring while it fetches, and nothing of both at rest.
/// A file closed before anything was let go of stays ready for a moment: edk2 opens each file twice, the first time for its size
/// (TFTP: ERROR 8 after the OACK; HTTP boot: HEAD).
/// </summary>
public class Mirror
{
    /// <summary>Files streamed at a time. More machines than that wait; their firmware asks again by itself.</summary>
    public const int Streams = 2;

    /// <summary>
    /// Pieces of all rings together: 8 KB of the heap while two machines load from the mirror. The first has six of them, so that a window
    /// of four TFTP blocks (5,872 bytes) stays until it is acknowledged; a second one at the same time has two, and is slower.
    /// </summary>
    internal const int MostPieces = 8;

    /// <summary>
    /// A ring takes its fewest pieces as long as they can be had; more only where so much stays free for scripts and pages (with an almost
    /// full heap the interpreter may allocate while it collects, and die: facts 16.3).
    /// </summary>
    internal const int Margin = 8 * 1024;

    /// <summary>Why a file fails for which there is no room.</summary>
    internal const string NoMemory = "out of memory";

    /// <summary>Who waits for a stream asks at every step of its server. After so long without, it is gone.</summary>
    private const int WaitMilliseconds = 500;

    /// <summary>Gets a line for what failed.</summary>
    internal readonly Log Log;

    private readonly IBoard _board;
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
        Log = log;
        _board = board;
    }

    /// <summary>A reader of <paramref name="url"/>. It starts as soon as a stream is free.</summary>
    public LoaderReader Open(string url) => new MirrorReader(this, url);

    /// <summary>
    /// Gives <paramref name="reader"/> a stream of its file; false while all are taken: it asks again and again, and who asked first is
    /// served first.
    /// </summary>
    internal bool Take(MirrorReader reader)
    {
        string url = reader.Url;
        long now = DeviceClock.Now;
        lock (_lock)
        {
            for (int i = 0; i < Streams; i++)
            {
                if (_parked[i] && _streams[i].Fill.Url == url && _streams[i].Unpark())
                {
                    _parked[i] = false;
                    _next = _next == reader ? null : _next;
                    return reader.Use(_streams[i]);
                }
            }

            if (_next != null && _next != reader && now - _nextAsked < WaitMilliseconds)
            {
                return false;
            }

            _next = reader;
            _nextAsked = now;
            bool ending = false;
            for (int i = 0; i < Streams; i++)
            {
                if (_streams[i] == null)
                {
                    _streams[i] = new MirrorStream(this);
                }

                if (!_used[i])
                {
                    if (_streams[i].Idle)
                    {
                        // In this order: whatever it throws, nobody has the stream.
                        _streams[i].Start(url);
                        _used[i] = true;
                        _next = null;
                        return reader.Use(_streams[i]);
                    }

                    ending = true;
                }
            }

            return !ending && MakeRoom(reader, now);
        }
    }

    /// <summary>Gives a stream back, if it is still that reader's.</summary>
    internal void Return(MirrorStream stream, int turn)
    {
        lock (_lock)
        {
            for (int i = 0; i < Streams; i++)
            {
                if (_streams[i] == stream && stream.Turn == turn)
                {
                    _parked[i] = stream.Park();
                    if (!_parked[i])
                    {
                        End(i);
                    }
                }
            }
        }
    }

    /// <summary>A reader waits for a stream no more.</summary>
    internal void Leave(MirrorReader reader)
    {
        lock (_lock)
        {
            _next = _next == reader ? null : _next;
        }
    }

    /// <summary>Starts the thread of a stream. It takes memory, and throws when there is none.</summary>
    protected internal virtual void Launch(ThreadStart run) => new Thread(run).Start();

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

    /// <summary>Tells why a file failed.</summary>
    internal void Note(string url, string reason)
    {
        try
        {
            byte[] text = Octets.Of(url + ": " + reason);
            Log.Add(Subsystem.Mirror, LogEvent.Note, null, 0, 0, 0, 0, text, 0, text.Length);
        }
        catch (OutOfMemoryException)
        {
            // The machine is told all the same; this takes less.
            Memory.Collect();
            Log.Add(Subsystem.Mirror, LogEvent.Note, 0, NoMemory);
        }
    }

    // Somebody waits and no stream is about to be free: the one that was parked first makes room, else one whose reader does not use it.
    // True when it can be had at once; mostly its thread ends a moment later.
    private bool MakeRoom(MirrorReader reader, long now)
    {
        int oldest = -1;
        for (int i = 0; i < Streams; i++)
        {
            if (_parked[i] && (oldest < 0 || _streams[i].ParkedUntil < _streams[oldest].ParkedUntil))
            {
                oldest = i;
            }
        }

        for (int i = 0; i < Streams && oldest < 0; i++)
        {
            if (_streams[i].IsHeldUp(now))
            {
                if (_streams[i].Pass(reader.Url))
                {
                    _next = null;
                    return reader.Use(_streams[i]);
                }

                oldest = i;
            }
        }

        if (oldest >= 0)
        {
            End(oldest);
        }

        return false;
    }

    private void End(int index)
    {
        _parked[index] = false;
        _used[index] = false;
        _streams[index].Close();
    }
}
