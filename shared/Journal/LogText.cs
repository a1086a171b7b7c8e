using Netboot.Bytes;

namespace Netboot.Journal;

/// <summary>Turns log entries into lines. A line is <c>[SUBSYSTEM] verb object</c>.</summary>
public static class LogText
{
    private static readonly string[] Subsystems = { "[Init] ", "[DHCP] ", "[PXE] ", "[TFTP] ", "[HTTP] ", "[Mirror] " };

    /// <summary>
    /// Writes one line without its end. <paramref name="machine"/> holds, from <paramref name="machineOffset"/>, a length (0, 4 or 6) and then
    /// an address or a MAC.
    /// </summary>
    public static void Write(
        ByteWriter writer, Subsystem subsystem, LogEvent what, byte[] machine, int machineOffset, int number, int milliseconds, byte[] text, int textOffset, int textLength)
    {
        writer.Text(Subsystems[(int)subsystem]);
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
            case LogEvent.Offered:
                Line(writer, "Offering to boot ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.BootServerAnswered:
                Line(writer, "Telling ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.NotAnswered:
                Line(writer, "Not answering ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.Malformed:
                Line(writer, "Unusable packet from ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.TransferStarted:
                Line(writer, "Sending to ", machine, machineOffset, text, textOffset, textLength);
                Size(writer, number);
                break;
            case LogEvent.TransferDone:
                Line(writer, "Sent to ", machine, machineOffset, text, textOffset, textLength);
                Size(writer, number);
                writer.Text(" in ").Number(milliseconds).Text(" ms");
                break;
            case LogEvent.TransferFailed:
                Line(writer, "Send failed to ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.FileMissing:
                Line(writer, "No such file for ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.ScriptSent:
                Line(writer, "Sending ipxe boot script to ", machine, machineOffset, text, textOffset, textLength);
                break;
            case LogEvent.Request:
                Line(writer, "Answering ", machine, machineOffset, text, textOffset, textLength);
                writer.Text(": ").Number(number);
                break;
            default:
                writer.Printable(text, textOffset, textLength);
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
