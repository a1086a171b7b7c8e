namespace Netboot.Bytes;

/// <summary>Lets a burst through and then only so many per second: for log lines and answers that a stranger can provoke.</summary>
public sealed class TokenBucket
{
    private readonly int _burst;
    private readonly int _interval;
    private int _tokens;
    private long _since;

    /// <summary>A bucket of <paramref name="burst"/> that gets one back every <paramref name="interval"/> milliseconds.</summary>
    public TokenBucket(int burst, int interval)
    {
        _burst = burst;
        _interval = interval;
        _tokens = burst;
    }

    /// <summary>Whether one more may pass at <paramref name="now"/> (milliseconds).</summary>
    public bool Take(long now)
    {
        if (_tokens < _burst)
        {
            long earned = (now - _since) / _interval;
            if (now < _since)
            {
                // A clock of fewer bits began anew: nothing is earned for that, and the next is not a round away.
                _since = now;
            }
            else if (earned > 0)
            {
                _tokens = earned > _burst - _tokens ? _burst : _tokens + (int)earned;
                _since += earned * _interval;
            }
        }

        if (_tokens == 0)
        {
            return false;
        }

        if (_tokens == _burst)
        {
            _since = now;
        }

        _tokens--;
        return true;
    }
}
