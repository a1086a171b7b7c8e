using System.IO;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>A file of the board's own storage.</summary>
internal sealed class StoredReader : LoaderReader
{
    private readonly Stream _stream;
    private readonly int _length;
    private int _position;
    private bool _closed;

    public StoredReader(Stream stream, int length)
    {
        _stream = stream;
        _length = length;
    }

    /// <inheritdoc/>
    public override int Length => _length;

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        if (position != _position)
        {
            _stream.Seek(position, SeekOrigin.Begin);
            _position = position;
        }

        int done = 0;
        while (done < count)
        {
            int part = _stream.Read(buffer, offset + done, count - done);
            if (part <= 0)
            {
                break;
            }

            done += part;
        }

        _position += done;
        return done;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _stream.Close();
        }
    }
}

/// <summary>A loader that is part of the firmware image, read straight from flash.</summary>
internal sealed class FirmwareReader : LoaderReader
{
    private readonly IFirmwareLoaders _loaders;
    private readonly int _index;

    public FirmwareReader(IFirmwareLoaders loaders, int index)
    {
        _loaders = loaders;
        _index = index;
    }

    /// <inheritdoc/>
    public override int Length => _loaders.Length(_index);

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count) => _loaders.Read(_index, position, buffer, offset, count);
}
