using System;

namespace Netboot.Bytes;

/// <summary>A file that is made up on the spot and fits in memory, such as <c>autoexec.ipxe</c>.</summary>
public sealed class BytesReader : LoaderReader
{
    private readonly byte[] _content;
    private readonly int _length;

    /// <summary>The first <paramref name="length"/> bytes of <paramref name="content"/>.</summary>
    public BytesReader(byte[] content, int length)
    {
        _content = content;
        _length = length;
    }

    /// <inheritdoc/>
    public override int Length => _length;

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        int left = _length - position;
        if (count > left)
        {
            count = left < 0 ? 0 : left;
        }

        Array.Copy(_content, position, buffer, offset, count);
        return count;
    }
}
