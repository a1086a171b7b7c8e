using System.Collections.Generic;

namespace Netboot.Tool.Bench;

/// <summary>The last lines that a server wrote, for when it fails.</summary>
internal sealed class Tail
{
    private const int Kept = 25;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }
}
