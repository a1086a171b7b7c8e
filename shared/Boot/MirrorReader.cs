using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>A file of the mirror as one machine reads it: waits for a free stream, then reads from it.</summary>
internal sealed class MirrorReader : LoaderReader
{
    private const string TooSlow = "read too slowly while others were waiting";

    private readonly Mirror _mirror;
    private MirrorStream _stream;
    private int _turn;
    private bool _offered;
    private bool _closed;
    private bool _lost;

    public MirrorReader(Mirror mirror, string url)
    {
        _mirror = mirror;
        Url = url;
    }

    /// <summary>What it reads.</summary>
    public string Url { get; }

    /// <inheritdoc/>
    public override int Length => Ready() ? Checked(_stream.Length(_turn)) : Without;

    /// <inheritdoc/>
    public override string Failure => _lost ? TooSlow : _stream == null ? null : _stream.Fill.Failure;

    /// <inheritdoc/>
    public override bool Missing => _stream != null && _stream.Fill.Missing;

    /// <inheritdoc/>
    public override bool Seekable => false;

    /// <inheritdoc/>
    public override int Keeps => _stream == null ? int.MaxValue : _stream.Ring.Capacity;

    // What there is to say without a stream.
    private int Without => _lost ? Failed : NotYet;

    /// <summary>Reads from <paramref name="stream"/> from now on; gives true.</summary>
    internal bool Use(MirrorStream stream)
    {
        _stream = stream;
        _turn = stream.Turn;
        if (_offered)
        {
            stream.Offer(_turn);
        }

        return true;
    }

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count) =>
        Ready() ? Checked(_stream.Read(_turn, position, buffer, offset, count)) : Without;

    /// <inheritdoc/>
    public override void Offer()
    {
        _offered = true;
        if (_stream != null)
        {
            _stream.Offer(_turn);
        }
    }

    /// <inheritdoc/>
    public override void Release(int position)
    {
        if (_stream != null && !_stream.Release(_turn, position))
        {
            Checked(MirrorStream.Lost);
        }

        _offered = false;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _closed = true;
        _mirror.Leave(this);
        if (_stream != null)
        {
            // Let go of: it soon reads for somebody else.
            _mirror.Return(_stream, _turn);
            _stream = null;
        }
    }

    // Another reads the stream now. A machine that had not answered yet has lost nothing: if it does, it gets the next that is free, from
    // the start.
    private int Checked(int outcome)
    {
        if (outcome != MirrorStream.Lost)
        {
            return outcome;
        }

        _stream = null;
        _lost = !_offered;
        return Without;
    }

    private bool Ready() => _stream != null || (!_closed && !_lost && _mirror.Take(this));
}
