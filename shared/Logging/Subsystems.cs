using Netboot.Bytes;

namespace Netboot.Logging;

/// <summary>The names of the device's parts, with which each line begins.</summary>
public static class Subsystems
{
    /// <summary>Writes a subsystem's name without its brackets, such as <c>DHCP</c>.</summary>
    public static void WriteName(ByteWriter writer, Subsystem subsystem)
    {
        byte[] name = Octets.Of(Head(subsystem));
        writer.Raw(name, 1, name.Length - 3);
    }

    /// <summary>What a line begins with, such as <c>[DHCP] </c>.</summary>
    internal static string Head(Subsystem subsystem)
    {
        // A switch, for an array of them would be on the heap for ever.
        switch (subsystem)
        {
            case Subsystem.Init: return "[Init] ";
            case Subsystem.Dhcp: return "[DHCP] ";
            case Subsystem.Pxe: return "[PXE] ";
            case Subsystem.Tftp: return "[TFTP] ";
            case Subsystem.Http: return "[HTTP] ";
            case Subsystem.Mirror: return "[Mirror] ";
            case Subsystem.Machine: return "[Log] ";
            default: return "[Page] ";
        }
    }
}
