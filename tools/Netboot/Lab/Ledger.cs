using System;
using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>
/// What the run made, in order, each with how it is undone. Undoing goes in reverse, does each entry once however often and from
/// whichever thread it is asked, and goes on after one that fails: what fails is reported, never lost.
/// </summary>
internal sealed class Ledger
{
    private readonly object _lock = new();
    private readonly Stack<Entry> _entries = new();
    private readonly List<string> _failures = [];
    private bool _closed;

    /// <summary>Makes something and enters it. Nothing can be made any more once the final undo has begun.</summary>
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

    /// <summary>How much there is now; what is entered later can be undone alone with <see cref="UndoTo"/>.</summary>
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
                    // The rest has to be undone all the same; the caller reports the failures at the end.
                    _failures.Add($"{entry.What}: {e.Message}");
                }
            }
        }
    }

    /// <summary>The end of the run: undoes everything; answers with what could not be undone.</summary>
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
