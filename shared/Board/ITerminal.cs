namespace Netboot.Board;

/// <summary>A line to a person: a UART of the board, a test. No call blocks for long.</summary>
public interface ITerminal
{
    /// <summary>Whether bytes have come that were not read. It never waits.</summary>
    bool HasInput { get; }

    /// <summary>Takes bytes that have arrived: how many, 0 when there are none.</summary>
    int Read(byte[] buffer, int offset, int count);

    /// <summary>Sends bytes. What the line cannot take within its time-out is lost.</summary>
    void Write(byte[] buffer, int offset, int count);
}
