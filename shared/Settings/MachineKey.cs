using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// Whom a section [machine …] is for, as its title says: the machine of an Ethernet address, or all whose addresses begin with some octets.
/// </summary>
internal sealed class MachineKey
{
    /// <summary>The octets, of which the first <see cref="Length"/> count.</summary>
    internal readonly byte[] Mac = new byte[MacText.Size];

    /// <summary>How many octets there are: all six of an address, or fewer that addresses begin with.</summary>
    internal int Length { get; private set; }

    /// <summary>Whether it is for all machines whose addresses begin so.</summary>
    internal bool IsPrefix => Length < MacText.Size;

    /// <summary>Reads a title. False: it is none, and the error says why.</summary>
    internal bool Read(byte[] text, int offset, int length, SettingsError error)
    {
        bool whole = MacText.Parse(text, offset, length, Mac, 0);
        Length = whole ? MacText.Size : MacText.ParsePrefix(text, offset, length, Mac);
        if (Length == 0)
        {
            return error.Fail(text, offset, length, Octets.IndexOf(text, offset, length, (byte)'*') < 0
                ? " is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators, "
                    + "or like 52:54:00:* for all that begin so"
                : " is not the beginning of Ethernet addresses; write one to five whole octets and then a *, such as 52:54:00:*");
        }

        return (Mac[0] & 1) == 0 || error.Fail(whole
            ? "this is a group address (its first byte is odd); use the machine's own"
            : "group addresses begin so (the first byte is odd), and no machine has one");
    }
}
