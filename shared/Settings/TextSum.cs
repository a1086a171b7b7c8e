using System;
using System.IO.Hashing;

namespace Netboot.Settings;

/// <summary>The CRC-32 of bytes that come in pieces. The board's takes whole arrays only, so short pieces are put together.</summary>
public sealed class TextSum
{
    private const int Together = 60;

    private readonly Crc32 _crc = new Crc32();
    private readonly byte[] _bytes = new byte[Together];
    private int _count;

    /// <summary>Adds a range.</summary>
    public void Add(byte[] bytes, int start, int end)
    {
        if (_count == 0 && start == 0 && end == bytes.Length)
        {
            _crc.Append(bytes);
            return;
        }

        while (start < end)
        {
            int part = end - start < Together - _count ? end - start : Together - _count;
            Array.Copy(bytes, start, _bytes, _count, part);
            _count += part;
            start += part;
            if (_count == Together)
            {
                _crc.Append(_bytes);
                _count = 0;
            }
        }
    }

    /// <summary>The sum of all that was added. Nothing can be added afterwards.</summary>
    public int Finish()
    {
        if (_count > 0)
        {
            var rest = new byte[_count];
            Array.Copy(_bytes, 0, rest, 0, _count);
            _crc.Append(rest);
        }

        return (int)_crc.GetCurrentHashAsUInt32();
    }
}
