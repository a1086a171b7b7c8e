using System;
using System.Threading;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Loops;

/// <summary>
/// Watches the device's loops and memory; there is no watchdog in the platform. A loop whose thread has ended gets a new one, after a pause
/// that grows; a loop that hangs, or memory that does not come back, ends in a restart of the board, with the reason kept for the next
/// start. It does so in the main thread, which nobody would miss: so as a service of one of the loops it watches that thread.
/// </summary>
public sealed class Supervisor : IService
{
    /// <summary>
    /// A loop comes round every few milliseconds; writing settings to flash holds all threads for half a second. This is far beyond both.
    /// </summary>
    public const int HangMilliseconds = 30000;

    /// <summary>How often a buffer is tried: it costs next to nothing while there is room.</summary>
    public const int PieceMilliseconds = 5000;

    /// <summary>How often all that is free is counted: to know it the board collects, which holds every thread for a moment.</summary>
    public const int MemoryCheckMilliseconds = 60000;

    /// <summary>
    /// Less than this after a collection is too little: with an almost full heap the interpreter may allocate while it collects, and die
    /// (facts 16.3).
    /// </summary>
    public const int LeastMemory = 6 * 1024;

    /// <summary>
    /// A board that could serve no script for so long lets go of what is rarely used; after as long again it restarts. A peak of work is
    /// over before that.
    /// </summary>
    public const int StarvedMilliseconds = 30000;

    /// <summary>Pause before an ended loop gets its second new thread; doubled each time.</summary>
    private const int FirstPauseMilliseconds = 1000;

    /// <summary>Longest such pause: the device serves again within 10 s.</summary>
    private const int LongestPauseMilliseconds = 8000;

    /// <summary>A loop that ran this long begins with the first pause again.</summary>
    private const int HealthyMilliseconds = 60000;

    /// <summary>Where the reason for a restart waits for the next start.</summary>
    private const string ReasonFile = "restart.why";

    private const int LongestReason = 120;

    /// <summary>
    /// Longest wait for the reason to be kept: a flash takes half a second, and one that hangs must not stop the restart.
    /// </summary>
    private const int KeepMilliseconds = 5000;

    private readonly IBoard _board;
    private readonly IStorage _storage;
    private readonly ServiceLoop[] _loops;
    private readonly Log _log;
    private readonly long[] _restartAt;
    private readonly int[] _pause;
    private readonly Action _spare;
    private long _nextMemoryCheck;
    private long _nextPiece;
    private long _starvedSince;
    private bool _spared;

    // When the main thread last came round; 0: not yet.
    private long _stepped;
    private string _reason;

    /// <summary>
    /// A supervisor of <paramref name="loops"/>; <paramref name="spare"/> lets go of what is rarely used, or is null where there is nothing
    /// of the kind.
    /// </summary>
    public Supervisor(IBoard board, IStorage storage, ServiceLoop[] loops, Log log, Action spare)
    {
        _spare = spare;
        _board = board;
        _storage = storage;
        _loops = loops;
        _log = log;
        _restartAt = new long[loops.Length];
        _pause = new int[loops.Length];
    }

    /// <summary>Why the device restarted last time by its own decision, or null.</summary>
    public string LastReason { get; private set; }

    /// <summary>Threads that had to be replaced.</summary>
    public int Restarts { get; private set; }

    /// <summary>Free memory at the last look, or -1 before the first.</summary>
    public int FreeMemory { get; private set; } = -1;

    /// <summary>
    /// The largest buffer that could be had at the last look: <see cref="Memory.LargestBuffer"/> when all is well (larger ones are never
    /// asked for, so they are not tried), else the first of its halves that there was room for; -1 before the first look.
    /// </summary>
    public int LargestPiece { get; private set; } = -1;

    /// <summary>Whether the largest buffer that a script, page or file needs could not be had at the last look.</summary>
    public bool IsStarved { get; private set; }

    /// <summary>Takes over the reason that the last start left, once.</summary>
    public void Start(long now)
    {
        _nextMemoryCheck = now + MemoryCheckMilliseconds;
        try
        {
            LastReason = ReadReason();
            if (LastReason != null)
            {
                _storage.Delete(ReasonFile);
                _log.Add(Subsystem.Init, LogEvent.Note, 0, "Restarted itself: " + LastReason);
            }
        }
        catch (Exception e)
        {
            // Storage that cannot be read must not keep the device from serving.
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "reason of the last restart: " + e.Message);
        }
    }

    /// <inheritdoc/>
    string IService.Name => "main thread";

    /// <summary>
    /// In one of the loops: whether the main thread still comes round. It may wait for a lock that somebody holds for ever.
    /// </summary>
    bool IService.Step(long now)
    {
        if (_stepped != 0 && now - _stepped > HangMilliseconds)
        {
            // Once: where a restart is not had (a PC), the next one comes as late.
            _stepped = now;
            Restart("the main thread hung");
        }

        return false;
    }

    /// <inheritdoc/>
    void IService.Reset()
    {
    }

    /// <summary>Looks at everything, in the main thread; to be called some times a second.</summary>
    public void Step(long now)
    {
        _stepped = now;
        for (int i = 0; i < _loops.Length; i++)
        {
            if (!_loops[i].IsAlive)
            {
                Replace(i, now);
            }
            else if (now - _loops[i].LastBeat > HangMilliseconds)
            {
                Restart("the loop of " + _loops[i].Name + " hung");
                return;
            }
        }

        if (now >= _nextPiece)
        {
            _nextPiece = now + PieceMilliseconds;
            CheckMemory(now);
        }
    }

    /// <summary>Keeps the reason and restarts the board.</summary>
    public void Restart(string reason)
    {
        _log.Add(Subsystem.Init, LogEvent.Note, 0, "Restarting: " + reason);
        _reason = reason;
        try
        {
            var thread = new Thread(Keep);
            thread.Start();
            thread.Join(KeepMilliseconds);
        }
        catch (Exception)
        {
            // A thread takes memory, and there is none.
            Keep();
        }

        _board.Reboot();
    }

    private void Keep()
    {
        try
        {
            byte[] text = Octets.Of(_reason);
            _storage.Write(ReasonFile, text, text.Length > LongestReason ? LongestReason : text.Length);
        }
        catch (Exception e)
        {
            // A full or broken flash: the reason is lost, the restart is not.
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "reason not kept: " + e.Message);
        }
    }

    private void Replace(int index, long now)
    {
        if (_restartAt[index] == 0)
        {
            bool healthy = now - _loops[index].Started > HealthyMilliseconds;
            _pause[index] = healthy ? 0 : _pause[index] == 0 ? FirstPauseMilliseconds : _pause[index] * 2;
            if (_pause[index] > LongestPauseMilliseconds)
            {
                _pause[index] = LongestPauseMilliseconds;
            }

            _restartAt[index] = now + _pause[index];
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "the thread of " + _loops[index].Name + " ended; restarting it in "
                + _pause[index].ToString() + " ms");
        }

        if (now >= _restartAt[index])
        {
            _restartAt[index] = 0;
            Restarts++;
            _loops[index].Start();
        }
    }

    private void CheckMemory(long now)
    {
        // The try compacts where it must. In between the sum is what counts: small objects find room in any piece.
        int piece = Memory.LargestBuffer;
        while (piece > 0 && !_board.HasRoom(piece))
        {
            piece /= 2;
        }

        LargestPiece = piece;
        bool starved = piece < Memory.LargestBuffer;
        if (starved || IsStarved || now >= _nextMemoryCheck)
        {
            _nextMemoryCheck = now + MemoryCheckMilliseconds;
            FreeMemory = _board.FreeMemory();
            starved |= FreeMemory < LeastMemory;
        }

        if (!starved)
        {
            IsStarved = false;
            _spared = false;
            return;
        }

        if (!IsStarved)
        {
            IsStarved = true;
            _starvedSince = now;
            _log.Add(Subsystem.Init, LogEvent.Fault, 0, "out of memory: " + FreeMemory.ToString()
                + " bytes free, not enough to serve scripts");
        }
        else if (now - _starvedSince >= StarvedMilliseconds)
        {
            GiveWay(now);
        }
    }

    // First what is rarely used, then the board itself.
    private void GiveWay(long now)
    {
        if (_spared)
        {
            Restart("memory did not recover: " + FreeMemory.ToString() + " bytes free");
            return;
        }

        _spared = true;
        _starvedSince = now;
        if (_spare != null)
        {
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "Out of memory: freeing what is rarely used");
            _spare();
        }
    }

    private string ReadReason()
    {
        int length = _storage.Length(ReasonFile);
        if (length <= 0)
        {
            return null;
        }

        var text = new byte[length > LongestReason ? LongestReason : length];
        using (System.IO.Stream stream = _storage.OpenRead(ReasonFile))
        {
            int read = stream == null ? 0 : stream.Read(text, 0, text.Length);
            return Octets.Text(text, 0, read);
        }
    }
}
