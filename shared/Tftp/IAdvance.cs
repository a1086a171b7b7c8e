namespace Netboot.Tftp;

/// <summary>
/// Who says whether a first block may go in advance to an address that never answered: it was paid for by what its machine sent by DHCP.
/// See TftpServer.Budget.cs.
/// </summary>
public interface IAdvance
{
    /// <summary>Takes one block of those that are paid for; false when there is none.</summary>
    bool TakeBlock();
}
