namespace Netboot.Board;

/// <summary>
/// One service of the device. It owns its sockets and is driven by a loop that several services share: <see cref="Step"/> never blocks.
/// </summary>
public interface IService
{
    /// <summary>The name in log lines and counters, for instance <c>TFTP</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Opens what is not open yet, takes what has arrived, sends what is due. <paramref name="now"/> is the device's clock in milliseconds.
    /// Gives true when it moved something or has work under way, so that the loop stays awake. What it throws ends this step only:
    /// the loop logs it and calls <see cref="Reset"/>.
    /// </summary>
    bool Step(long now);

    /// <summary>
    /// Closes every socket and forgets what was under way; the next step starts afresh. Called after a fault and when the link or the
    /// address changed.
    /// </summary>
    void Reset();
}
