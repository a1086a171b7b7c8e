namespace Netboot.Boot;

/// <summary>
/// How the reader of a stream uses it: for somebody who waits, whether it keeps the stream without need. A mirror that is late is not the
/// reader's fault. Times are milliseconds of the device's clock.
/// </summary>
internal sealed class MirrorPace
{
    /// <summary>
    /// Who was told that the file is there and does not answer for so long, gives way to who waits: his address may be made up. Firmware on
    /// a LAN answers within some milliseconds, and is served again when it answers later.
    /// </summary>
    private const int UnheardMilliseconds = 30;

    /// <summary>Time in which a reader's pace is measured.</summary>
    private const int PaceMilliseconds = 3000;

    /// <summary>
    /// Who takes fewer bytes in a millisecond, though they are there, gives way to who waits: 4,000 in a second. Firmware takes 300,000
    /// from a board that streams.
    /// </summary>
    private const int LeastPace = 4;

    // When the reader was asked to take the file (0: it answered), since when its pace is looked at and from which byte on, since when it
    // waits for the mirror.
    private long _offered;
    private long _looked;
    private int _lookedAt;
    private long _starved;
    private bool _slow;

    /// <summary>A reader begins.</summary>
    internal void Begin(long now)
    {
        _offered = 0;
        _looked = now;
        _lookedAt = 0;
        _starved = 0;
        _slow = false;
    }

    /// <summary>The machine was told that the file is there; 0: it answered.</summary>
    internal void Offer(long now) => _offered = now;

    /// <summary>The mirror has not delivered that far.</summary>
    internal void Starve(long now) => _starved = _starved == 0 ? now : _starved;

    /// <summary>It has now: the time waited was the mirror's, not the reader's.</summary>
    internal void Feed(long now)
    {
        if (_starved != 0)
        {
            _looked += now - _starved;
            _starved = 0;
        }
    }

    /// <summary>Whether a reader that let go of <paramref name="released"/> bytes keeps the stream without using it.</summary>
    internal bool IsHeldUp(int released, long now)
    {
        if (_offered != 0)
        {
            return now - _offered >= UnheardMilliseconds;
        }

        if (_starved != 0)
        {
            return false;
        }

        int elapsed = (int)(now - _looked);
        if (elapsed >= PaceMilliseconds)
        {
            _slow = (released - _lookedAt) / LeastPace < elapsed;
            _looked = now;
            _lookedAt = released;
        }

        return _slow;
    }
}
