using System;
using System.Threading;
using System.Threading.Tasks;

namespace Netboot.Tool.Lab;

/// <summary>
/// A mirror of one machine's own, on a port of its own. Its process is killed while the machine fetches the long file, and started again
/// after a while.
/// </summary>
internal sealed class MirrorOutage
{
    /// <summary>Less than the device's script waits before it gives up, more than its first pauses.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);

    private readonly IsolatedRun _run;
    private readonly LabNetwork _network;
    private readonly string _folder;
    private readonly int _port;
    private readonly TaskCompletionSource _kernelSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellation;
    private readonly Task _outage;
    private LiveProcess _mirror;
    private volatile bool _sentBefore;
    private volatile bool _sentAfter;

    /// <summary>Starts the mirror. What happens then is up to the machine.</summary>
    public MirrorOutage(IsolatedRun run, LabNetwork network, string folder, int port, CancellationToken cancellation)
    {
        _run = run;
        _network = network;
        _folder = folder;
        _port = port;
        _cancellation = cancellation;
        _mirror = Start();
        _outage = KillAndRestart();
    }

    /// <summary>Whether the mirror was killed.</summary>
    public bool Killed { get; private set; }

    /// <summary>Null if it was killed in the middle of the long file and sent that file once it was back; else what is wrong.</summary>
    public string? Fault =>
        _outage.IsFaulted ? _outage.Exception.GetBaseException().Message
        : !Killed ? "its own mirror was not killed: no kernel was fetched from it"
        : _sentBefore ? "its own mirror was killed too late: the long file was through"
        : _sentAfter ? null
        : "the long file was not fetched from its own mirror when that was back";

    public static string Url(int port) => $"http://{LabNetwork.MirrorAddress}:{port}/";

    private LiveProcess Start()
    {
        var mirror = _run.Serve(
            $"mirror of port {_port}", _network.Mirror,
            SelfCommand.With("mirror", _folder, "--listen", $"{LabNetwork.MirrorAddress}:{_port}"), TakeLine);
        BoundPorts.WaitForTcp(mirror, _cancellation, _port);
        return mirror;
    }

    private async Task KillAndRestart()
    {
        await _kernelSent.Task.WaitAsync(_cancellation).ConfigureAwait(false);
        _mirror.End();
        Killed = true;
        await Task.Delay(Away, _cancellation).ConfigureAwait(false);
        _mirror = Start();
    }

    // The mirror writes its line when an answer has left. After the kernel the machine asks for the long file.
    private void TakeLine(string line)
    {
        if (Milestones.OfMirror(line) == Stage.Kernel)
        {
            _kernelSent.TrySetResult();
        }
        else if (line.Contains($" GET /{ScriptFiles.LongFile} 200 ", StringComparison.Ordinal)
            && !line.Contains("went away", StringComparison.Ordinal))
        {
            _sentBefore |= !Killed;
            _sentAfter |= Killed;
        }
    }
}
