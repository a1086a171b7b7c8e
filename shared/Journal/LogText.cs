using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>Turns log entries into lines. A line is <c>[SUBSYSTEM] verb object</c>.</summary>
public static class LogText
{
    internal const string Cut = "...";

    /// <summary>
    /// Writes one line without its end. <paramref name="machine"/> holds, from <paramref name="machineOffset"/>, a length (0, 4 or 6) and then
    /// an address or a MAC.
    /// </summary>
    public static void Write(
        ByteWriter writer, Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int number, int milliseconds, byte[] text, int textOffset, int textLength)
    {
        writer.Text(NameOf(subsystem));
        switch (what)
        {
            case LogEvent.Listening:
                writer.Text("Listening on port ").Number(number);
                break;
            case LogEvent.CannotListen:
                writer.Text("Cannot listen on port ").Number(number).Text(": ").Printable(text, textOffset, textLength);
                break;
            case LogEvent.Fault:
                writer.Text("Survived a fault: ").Printable(text, textOffset, textLength);
                break;
            case LogEvent.Diagnosis:
                Line(writer, "", machine, machineOffset, null, 0, 0);
                WhyText.Write(writer.Byte(' '), (WhyCode)number, milliseconds, text, textOffset, textLength);
                break;
            case LogEvent.Reported:
                Line(writer, "", machine, machineOffset, null, 0, 0);
                writer.Text(number < 0 ? " failed at " : " reports ");
                writer.Text(number < 0 ? "" : StageNames.Of((BootStage)number)).Printable(text, textOffset, textLength);
                WhyText.WriteError(writer, number < 0 ? milliseconds : 0);
                break;
            default:
                string verb = VerbOf(what);
                if (verb == null)
                {
                    writer.Printable(text, textOffset, textLength);
                    break;
                }

                Line(writer, verb, machine, machineOffset, text, textOffset, textLength);
                WriteNumbers(writer, what, number, milliseconds);
                break;
        }
    }

    /// <summary>
    /// How many of <paramref name="length"/> bytes make a part of at most <paramref name="most"/> that ends with a whole word. Where there is no space in its last
    /// half, such as in a URL, it is cut where it must.
    /// </summary>
    public static int PartLength(byte[] text, int offset, int length, int most)
    {
        if (length <= most)
        {
            return length;
        }

        int end = most;
        while (end > most / 2 && text[offset + end] != ' ')
        {
            end--;
        }

        return end > most / 2 ? end : most;
    }

    /// <summary>The same for a text whose rest is left out: with room for <see cref="MarkCut"/>.</summary>
    internal static int CutLength(byte[] text, int offset, int length, int most)
    {
        return length <= most ? length : PartLength(text, offset, length, most - Cut.Length) + Cut.Length;
    }

    /// <summary>Writes, over the last bytes before <paramref name="end"/>, that something was left out.</summary>
    internal static void MarkCut(byte[] buffer, int end)
    {
        Octets.Utf8.GetBytes(Cut, 0, Cut.Length, buffer, end - Cut.Length);
    }

    // A switch, for an array of them would be on the heap for ever.
    private static string NameOf(Subsystem subsystem)
    {
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

    /// <summary>Writes a subsystem's name without its brackets, such as <c>DHCP</c>.</summary>
    public static void WriteName(ByteWriter writer, Subsystem subsystem)
    {
        byte[] name = Octets.Of(NameOf(subsystem));
        writer.Raw(name, 1, name.Length - 3);
    }

    /// <summary>What a line says before the machine; null for one that is only its text.</summary>
    private static string VerbOf(LogEvent what)
    {
        switch (what)
        {
            case LogEvent.Offered: return "Offering to boot ";
            case LogEvent.BootServerAnswered: return "Telling ";
            case LogEvent.NotAnswered: return "Not answering ";
            case LogEvent.Malformed: return "Unusable packet from ";
            case LogEvent.TransferStarted: return "Sending to ";
            case LogEvent.TransferDone: return "Sent to ";
            case LogEvent.TransferFailed: return "Send failed to ";
            case LogEvent.FileMissing: return "No such file for ";
            case LogEvent.ScriptSent: return "Sending ipxe boot script to ";
            case LogEvent.Request: return "Answering ";
            case LogEvent.Said:
            case LogEvent.PageUsed: return "";
            case LogEvent.OtherServer: return "Another server, ";
            case LogEvent.Woken: return "Waking ";
            default: return null;
        }
    }

    private static void WriteNumbers(ByteWriter writer, LogEvent what, int number, int milliseconds)
    {
        switch (what)
        {
            case LogEvent.TransferStarted:
                Size(writer, number);
                break;
            case LogEvent.TransferDone:
                Size(writer, number);
                writer.Text(" in ").Number(milliseconds).Text(" ms");
                break;
            case LogEvent.Request:
                writer.Text(": ").Number(number);
                break;
            default:
                break;
        }
    }

    private static void Line(ByteWriter writer, string verb, byte[] machine, int machineOffset, byte[] text, int textOffset, int textLength)
    {
        writer.Text(verb);
        if (machine[machineOffset] == 6)
        {
            writer.Mac(machine, machineOffset + 1, ':');
        }
        else if (machine[machineOffset] == 4)
        {
            writer.Address(machine, machineOffset + 1);
        }

        if (textLength > 0)
        {
            writer.Text(": ").Printable(text, textOffset, textLength);
        }
    }

    private static void Size(ByteWriter writer, int bytes)
    {
        if (bytes >= 0)
        {
            writer.Text(", ").Number(bytes).Text(" bytes");
        }
    }
}
