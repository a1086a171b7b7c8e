namespace Netboot.Tool.Flash;

/// <summary>
/// Flashing does not start, because something that was asked for is not possible. The message says what, and what to do; nothing was
/// changed.
/// </summary>
internal sealed class FlashRefusedException(string message) : Exception(message);

/// <summary>Flashing stopped halfway.</summary>
internal sealed class FlashFailedException(Problem problem) : Exception(problem.What)
{
    /// <summary>What went wrong and what to do.</summary>
    public Problem Problem { get; } = problem;
}

/// <summary>Something that went wrong, in plain words, and what to do about it.</summary>
internal sealed record Problem(string What, string Remedy);
