namespace Netboot.Tftp;

/// <summary>Why a transfer ended early.</summary>
public enum TftpFailure
{
    /// <summary>The machine asked for a file again from the same port: no failure of anything.</summary>
    Restarted = 0,

    /// <summary>The machine sent an ERROR; the reason is its text.</summary>
    ByMachine = 1,

    /// <summary>The server could not go on; the machine was told so.</summary>
    ByServer = 2,

    /// <summary>The machine stopped acknowledging, or was so slow that it gave way to another.</summary>
    Silent = 3,
}

/// <summary>
/// Hears what becomes of files that machines ask for. Addresses are IPv4, 4 bytes; addresses, names and texts are only lent, for the time
/// of the call.
/// </summary>
public interface ITftpEvents
{
    /// <summary>A machine acknowledged the first answer: its address is its own. <paramref name="size"/> is the file's, in bytes.</summary>
    void Started(byte[] address, byte[] name, int size);

    /// <summary>The last block was acknowledged, <paramref name="milliseconds"/> after the request.</summary>
    void Sent(byte[] address, byte[] name, int size, int milliseconds);

    /// <summary>It ended early, for this reason in plain words.</summary>
    void BrokenOff(byte[] address, byte[] name, TftpFailure failure, string reason);

    /// <summary>A file that does not exist was asked for.</summary>
    void Missing(byte[] address, byte[] name, int offset, int length);
}
