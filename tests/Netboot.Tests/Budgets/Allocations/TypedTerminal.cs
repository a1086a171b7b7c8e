using System;
using System.Text;
using System.Threading;
using Netboot.Board;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>A console on which a person types.</summary>
internal sealed class TypedTerminal : ITerminal
{
    private readonly object _lock = new();
    private string _typed = "";
    private int _written;

    public bool HasInput => _typed.Length > 0;

    public int Read(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            int part = Math.Min(count, _typed.Length);
            Encoding.ASCII.GetBytes(_typed, 0, part, buffer, offset);
            _typed = _typed[part..];
            return part;
        }
    }

    public void Write(byte[] buffer, int offset, int count) => Interlocked.Add(ref _written, count);

    /// <summary>Types a line, and waits until nothing has been written for a while.</summary>
    public void Type(string line, int quietMilliseconds)
    {
        lock (_lock)
        {
            _typed += line + "\r";
        }

        int before;
        do
        {
            before = Volatile.Read(ref _written);
            Thread.Sleep(quietMilliseconds);
        }
        while (HasInput || Volatile.Read(ref _written) != before);
    }
}
