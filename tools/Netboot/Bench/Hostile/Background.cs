using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// What strangers do in the meantime, on threads of their own. It ends with the block that it is in, and then throws what went wrong there.
/// </summary>
internal sealed class Background : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly List<Thread> _threads = [];
    private ExceptionDispatchInfo? _fault;

    private Background(CancellationToken cancellation) => _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    /// <summary>Does something this many times a second: each time at its moment of the clock, however long the time before took.</summary>
    public static Background Steady(double perSecond, CancellationToken cancellation, Action<int> send) => Start(cancellation, over =>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            Pacer.WaitUntil(start + (long)(i / perSecond * Stopwatch.Frequency));
            send(i);
        }
    });

    /// <summary>Runs each on a thread; they check for themselves whether it is over.</summary>
    public static Background Start(CancellationToken cancellation, params Action<CancellationToken>[] actions)
    {
        var background = new Background(cancellation);
        foreach (var action in actions)
        {
            var thread = new Thread(() => background.Guard(action));
            background._threads.Add(thread);
            thread.Start();
        }

        return background;
    }

    public void Dispose()
    {
        _over.Cancel();
        _threads.ForEach(thread => thread.Join());
        _over.Dispose();
        _fault?.Throw();
    }

    private void Guard(Action<CancellationToken> action)
    {
        try
        {
            action(_over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // It is over.
        }
        catch (Exception e)
        {
            _fault ??= ExceptionDispatchInfo.Capture(e);
        }
    }
}
