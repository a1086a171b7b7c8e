using System;
using Netboot.Http;

namespace Netboot.Tests.Boot;

/// <summary>
/// A fetch that throws, whatever https:// URL is asked for, where it must not: at <c>new</c>, <c>open</c>, <c>read</c> or <c>close</c>.
/// </summary>
internal sealed class ThrowingHttps(string where) : IHttps
{
    public Fetch New() => where == "new" ? throw new InvalidOperationException(where) : new ThrowingFetch(where);
}

internal sealed class ThrowingFetch(string where) : Fetch
{
    /// <summary>Bytes of its file.</summary>
    public const int Size = 5000;

    public override bool Open(string url)
    {
        Throw("open");
        Describe(200, Size, false, false);
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count, int milliseconds)
    {
        Throw("read");
        buffer[offset] = (byte)'x';
        return 1;
    }

    public override void Close() => Throw("close");

    private void Throw(string place)
    {
        if (where == place)
        {
            throw new InvalidOperationException(where);
        }
    }
}
