namespace Netboot.Tftp;

/// <summary>What the TFTP server takes at most, and how long it waits, in milliseconds. Each number has its reason beside it.</summary>
public static class TftpLimits
{
    /// <summary>
    /// Transfers at once. Each holds some 200 bytes and, when it streams, the mirror's window; the rest wait in their own retry.
    /// </summary>
    public const int MaxTransfers = 8;

    /// <summary>Transfers at once of one address: a machine needs one, a restarted one leaves one behind.</summary>
    public const int MaxTransfersPerAddress = 4;

    /// <summary>
    /// A request just like the one that began a transfer is a duplicate when it comes this soon, and the machine asking again when later.
    /// </summary>
    public const int DuplicateTime = 1000;

    /// <summary>
    /// A request that is repeated gets its answer again when the last one left this long ago: iPXE, the quickest, repeats itself after 250
    /// ms at first. What comes sooner is a duplicate or a flood, and is not multiplied.
    /// </summary>
    public const int RepeatTime = 200;

    /// <summary>
    /// A transfer whose client has been silent for this long does not keep the loop awake: a wake-up costs 10 ms at most.
    /// </summary>
    public const int AwakeTime = 1000;

    /// <summary>
    /// Time between two looks at all transfers. A look at eight costs as much as two blocks; the waits are 100 ms and more.
    /// </summary>
    public const int LookInterval = 5;

    /// <summary>
    /// Time until the next look when there was no memory to read with: others give some back, and the attempt itself costs time.
    /// </summary>
    public const int MemoryPause = 100;

    /// <summary>
    /// What is kept of the last transfers goes after this: late duplicates of their clients' packets have come by then.
    /// </summary>
    public const int KeepEnded = 15000;

    /// <summary>
    /// A transfer that was never acknowledged gives way this long after its answer: its address may be made up. Firmware on a LAN
    /// acknowledges within a few milliseconds; eight places and this time are more than 200 requests a second.
    /// </summary>
    public const int PatienceUnheard = 30;

    /// <summary>A transfer whose file is not there yet gives way after this: firmware asks again after 4 s.</summary>
    public const int PatienceOpening = 2000;

    /// <summary>A running transfer gives way after this much silence of its client: edk2 repeats itself every 4 s.</summary>
    public const int PatienceSilent = 5000;

    /// <summary>A transfer that waits for the mirror gives way after this; clients keep silent meanwhile.</summary>
    public const int PatienceWaiting = 15000;

    /// <summary>Time in which a client's pace is measured.</summary>
    public const int PaceTime = 3000;

    /// <summary>
    /// Who takes less in a millisecond, 2,000 bytes in a second, is too slow to keep a place that somebody waits for. Blocks of 512 bytes
    /// in lock-step do more over a network that takes a quarter of a second there and back.
    /// </summary>
    public const int LeastPace = 2;

    /// <summary>First wait for an acknowledgement, when the client negotiated none (RFC 2349).</summary>
    public const int FirstInterval = 1000;

    /// <summary>Longest wait: the doubling stops here.</summary>
    public const int LongestInterval = TftpPackets.LongestTimeout * 1000;

    /// <summary>
    /// Times that blocks are sent again without any answer: 1 + 2 + 4 + 8 + 8 + 8 s, longer than edk2 (4 s, 6 times) tries.
    /// </summary>
    public const int Retries = 5;

    /// <summary>
    /// Times that an OACK is sent again. The request may carry somebody else's address, so what it sets off is small: an OACK is hardly
    /// longer than its request.
    /// </summary>
    public const int RetriesBeforeFirstAck = 2;

    /// <summary>
    /// Wait after an ACK that repeats an older one, before the window is sent again. Sending at once would let one duplicated ACK double
    /// every window from then on (sorcerer's apprentice, RFC 1123 4.2.3.1; edk2 answers every block it did not expect with an ACK). When
    /// the blocks did arrive, their ACK comes within this time and nothing is sent twice.
    /// </summary>
    public const int SettleTime = 100;

    /// <summary>
    /// Times that a window is sent again after duplicate ACKs, before only the timeout counts: a client that repeats itself for ever is not
    /// helped by more.
    /// </summary>
    public const int MostSettles = 5;

    /// <summary>Longest wait for the mirror to deliver: by then every client has given up.</summary>
    public const int LongestSourceWait = 60000;
}
