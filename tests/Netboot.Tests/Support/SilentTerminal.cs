using Netboot.Board;

namespace Netboot.Tests.Support;

/// <summary>A console that nobody types on.</summary>
internal sealed class SilentTerminal : ITerminal
{
    public bool HasInput => false;

    public int Read(byte[] buffer, int offset, int count) => 0;

    public void Write(byte[] buffer, int offset, int count)
    {
    }
}
