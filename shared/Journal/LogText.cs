using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Journal;

/// <summary>The one formatter of log lines: verb and object, after the subsystem's name.</summary>
public sealed class LogText : ILineFormat
{
    /// <inheritdoc/>
    public void Write(
        ByteWriter writer, LogEvent what, byte[] machine, int machineOffset, int number, int milliseconds, byte[] text, int textOffset,
        int textLength)
    {
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
