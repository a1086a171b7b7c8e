using System;
using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>
/// What the run made, in order, each with how it is undone. Undoing goes in reverse, undoes each entry once, however often and from
/// whichever thread it is called, and goes on after one that fails: failures are reported, never lost.
/// </summary>
internal sealed class Ledger
{
    private readonly object _lock = new();
    private readonly Stack<Entry> _entries = new();
    private readonly List<string> _failures = [];
    private bool _closed;

    /// <summary>Makes something and records it. Nothing more can be made once the final undo has begun.</summary>
    public T Make<T>(string what, Func<T> make, Action<T> undo)
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new OperationCanceledException($"The run is being cleaned up; {what} is not made.");
            }

            var made = make();
            _entries.Push(new Entry(what, () => undo(made)));
            return made;
        }
    }

    /// <summary>How many entries there are now; later ones can be undone on their own with <see cref="UndoTo"/>.</summary>
    public int Mark()
    {
        lock (_lock)
        {
            return _entries.Count;
        }
    }

    public void UndoTo(int mark)
    {
        lock (_lock)
        {
            while (_entries.Count > mark)
            {
                var entry = _entries.Pop();
                try
                {
                    entry.Undo();
                }
                catch (Exception e)
                {
                    // The rest still has to be undone; the caller reports the failures at the end.
                    _failures.Add($"{entry.What}: {e.Message}");
                }
            }
        }
    }

    /// <summary>The end of the run: undoes everything; returns what could not be undone.</summary>
    public IReadOnlyList<string> Close()
    {
        lock (_lock)
        {
            _closed = true;
            UndoTo(0);
            return [.. _failures];
        }
    }

    private readonly record struct Entry(string What, Action Undo);
}
