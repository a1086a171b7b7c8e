namespace Netboot.Tool.Mirror.Fill;

/// <summary>How a command that fills a folder ended, as its exit code and its last line.</summary>
internal static class FillOutcome
{
    private const int ExitDone = 0;
    private const int ExitFailed = 1;
    private const int ExitInterrupted = 130;

    /// <summary>Runs it, and says on the standard error why it did not end well.</summary>
    /// <param name="undone">What the folder is like then.</param>
    public static async Task<int> OfAsync(Func<Task> work, string undone)
    {
        try
        {
            await work();
            return ExitDone;
        }
        catch (Exception e) when (e is FillException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{undone}");
            return ExitFailed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. {undone}");
            return ExitInterrupted;
        }
    }
}
