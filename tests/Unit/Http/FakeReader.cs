using Netboot.Bytes;

namespace Netboot.Tests.Http;

/// <summary>A file of known content, from a source that is slow or fails as the test says.</summary>
public sealed class FakeReader : LoaderReader
{
    private readonly int _length;
    private int _calls;
    private int _released;

    /// <summary>A file of <paramref name="length"/> bytes.</summary>
    public FakeReader(int length)
    {
        _length = length;
    }

    /// <summary>Every so many calls it has something; the calls between say NotYet. 1: always.</summary>
    public int Every { get; set; } = 1;

    /// <summary>From this byte on it fails; -1: never.</summary>
    public int FailsAt { get; set; } = -1;

    /// <summary>From this byte on it throws; -1: never.</summary>
    public int ThrowsAt { get; set; } = -1;

    /// <summary>The file is not there.</summary>
    public bool IsMissing { get; set; }

    /// <summary>Length fails.</summary>
    public bool HasNoLength { get; set; }

    /// <summary>It never says anything but NotYet.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How often it was closed.</summary>
    public int Closed { get; private set; }

    /// <summary>The last position that was released.</summary>
    public int Released => _released;

    /// <summary>The byte at a position.</summary>
    public static byte At(int position) => (byte)((position * 7) + (position >> 8));

    public override int Length
    {
        get
        {
            if (IsSilent || ++_calls % Every != 0)
            {
                return NotYet;
            }

            return HasNoLength ? Failed : _length;
        }
    }

    public override string Failure => HasNoLength || FailsAt >= 0 ? "The mirror said 503." : null;

    public override bool Missing => IsMissing;

    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        if (Closed > 0 || position < _released)
        {
            return Failed;
        }

        if (IsSilent || ++_calls % Every != 0)
        {
            return NotYet;
        }

        if (ThrowsAt >= 0 && position >= ThrowsAt)
        {
            throw new System.Exception("flash");
        }

        if (FailsAt >= 0 && position >= FailsAt)
        {
            return Failed;
        }

        count = count < _length - position ? count : _length - position;
        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = At(position + i);
        }

        return count;
    }

    public override void Release(int position) => _released = position;

    public override void Close() => Closed++;
}
