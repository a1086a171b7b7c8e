namespace Netboot.Tftp;

/// <summary>Where a transfer stands. From <see cref="Done"/> on it is over.</summary>
public enum TftpState : byte
{
    /// <summary>Not in use.</summary>
    Free = 0,

    /// <summary>The file is being opened: the mirror has not said yet whether it is there and how long it is.</summary>
    Opening = 1,

    /// <summary>The first answer (OACK, or DATA 1) is out and nothing has come back.</summary>
    Answering = 2,

    /// <summary>The client acknowledges: its address is real.</summary>
    Sending = 3,

    /// <summary>Every block is acknowledged.</summary>
    Done = 4,

    /// <summary>It ended early; <see cref="TftpTransfer.Reason"/> says why.</summary>
    Failed = 5,

    /// <summary>
    /// The client ended it before the first acknowledgement: it wanted the size only (edk2, ERROR 8) or thought better of it.
    /// </summary>
    Declined = 6,
}
