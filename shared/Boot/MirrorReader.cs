namespace Netboot.Boot;

/// <summary>A file of the mirror as one machine reads it: waits for a free stream, then reads from it.</summary>
internal sealed class MirrorReader : LoaderReader
{
    private readonly Mirror _mirror;
    private readonly string _url;
    private MirrorStream _stream;
    private bool _closed;

    public MirrorReader(Mirror mirror, string url)
    {
        _mirror = mirror;
        _url = url;
    }

    /// <inheritdoc/>
    public override int Length
    {
        get { return Ready() ? _stream.Length : NotYet; }
    }

    /// <inheritdoc/>
    public override string Failure
    {
        get { return _stream == null ? null : _stream.Failure; }
    }

    /// <inheritdoc/>
    public override bool Missing
    {
        get { return _stream != null && _stream.Missing; }
    }

    /// <inheritdoc/>
    public override bool Seekable
    {
        get { return false; }
    }

    /// <inheritdoc/>
    public override int Keeps
    {
        get { return _stream == null ? int.MaxValue : _stream.Keeps; }
    }

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        return Ready() ? _stream.Read(position, buffer, offset, count) : NotYet;
    }

    /// <inheritdoc/>
    public override void Release(int position)
    {
        if (_stream != null)
        {
            _stream.Release(position);
        }
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _mirror.Return(this, _stream);

            // Let go of: it soon reads for somebody else.
            _stream = null;
        }
    }

    private bool Ready()
    {
        if (_stream == null && !_closed)
        {
            _stream = _mirror.Take(this, _url);
        }

        return _stream != null;
    }
}
