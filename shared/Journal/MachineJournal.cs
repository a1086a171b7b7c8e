namespace Netboot.Journal;

/// <summary>What happened to each machine that was heard of lately: fixed size, the one that was quiet longest gives way.</summary>
public sealed class MachineJournal
{
    /// <summary>Finds the Ethernet address of the machine that was last seen under an IPv4 address; false when it is not known.</summary>
    public bool MacOf(byte[] address, int offset, byte[] mac)
    {
        return false;
    }
}
