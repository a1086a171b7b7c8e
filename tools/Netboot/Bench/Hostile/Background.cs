using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>
/// What strangers do meanwhile, on threads of their own; it ends with the block that it is in, and what went wrong there is thrown then.
/// </summary>
internal sealed class Background : IDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly List<Thread> _threads = [];
    private ExceptionDispatchInfo? _fault;

    private Background(CancellationToken cancellation) => _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    /// <summary>Does something so many times a second: each at its moment of the clock, however long the one before took.</summary>
    public static Background Steady(double perSecond, CancellationToken cancellation, Action<int> send) => Start(cancellation, over =>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            Pacer.WaitUntil(start + (long)(i / perSecond * Stopwatch.Frequency));
            send(i);
        }
    });

    /// <summary>Runs each on a thread; they look themselves whether it is over.</summary>
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
