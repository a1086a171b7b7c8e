namespace Netboot.Terminal;

/// <summary>Takes log lines: the board's USB port.</summary>
public interface ILogSink
{
    /// <summary>Prints one line, which comes without its end.</summary>
    void Print(string line);
}
