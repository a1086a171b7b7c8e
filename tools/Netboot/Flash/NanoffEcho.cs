namespace Netboot.Tool.Flash;

/// <summary>
/// Shows nanoff's lines as they come, without what is misleading: progress bars that were meant for one line, and, when it only writes the
/// network, the claim that nothing was done, followed by a list of all its options (it prints that before it begins).
/// </summary>
internal sealed class NanoffEcho(StepKind kind, Action<string> show)
{
    private const string FalseClaim = "No operation was performed";
    private const string Progress = "Writing at 0x";

    private static readonly string[] ConnectionWords = ["Debug engine created", "Device ", "Error ", "Updating "];

    private bool _inClaim;

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        if (kind == StepKind.Network && line.Contains(FalseClaim, StringComparison.Ordinal))
        {
            _inClaim = true;
        }

        if (_inClaim && ConnectionWords.Any(word => line.StartsWith(word, StringComparison.Ordinal)))
        {
            _inClaim = false;
        }

        if (!_inClaim && !line.StartsWith(Progress, StringComparison.Ordinal))
        {
            show(line);
        }
    }
}
