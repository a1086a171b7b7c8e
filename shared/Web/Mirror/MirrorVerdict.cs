using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;

namespace Netboot.Web;

/// <summary>What a check of the mirror found, in plain words.</summary>
internal static class MirrorVerdict
{
    /// <summary>A rate is told of bodies that took as long: shorter ones say nothing.</summary>
    private const int ShortestReading = 500;

    /// <summary>From so long on it is told that the mirror took long to answer.</summary>
    private const int LongAnswer = 2000;

    /// <summary>An initrd as people have them, to say what a rate means.</summary>
    private const int UsualInitrd = 60 * 1024 * 1024;

    // "Nobody listens there", as WinSock and the board number it, and Linux.
    private const int Refused = 10061;
    private const int RefusedOnLinux = 111;

    /// <summary>
    /// Writes the text; gives whether the file can be had. <paramref name="fault"/> is what ended the fetch, or null; <paramref name="reading"/> how long the body took
    /// in milliseconds; <paramref name="script"/> whether the file's name is a script's.
    /// </summary>
    internal static bool Write(ByteWriter writer, MirrorCheck check, Exception fault, int reading, bool script)
    {
        if (check.Status == 0)
        {
            WriteNoAnswer(writer, check, fault);
            return false;
        }

        if (check.Status != 200)
        {
            WriteStatus(writer, check.Status);
            return false;
        }

        if (check.Page)
        {
            writer.Text("that is not a script but a web page: the address leads to a page of the web server, not to the file");
            return false;
        }

        bool whole = check.Length < 0 ? fault == null : check.Bytes >= check.Length;
        if (!whole && (fault != null || reading < MirrorCheck.ReadMilliseconds) && check.Bytes < MirrorCheck.MostBytes)
        {
            writer.Text("the mirror stopped in the middle: ").Number(check.Bytes);
            if (check.Length >= 0)
            {
                writer.Text(" of ").Number((int)check.Length);
            }

            Duration(writer.Text(" bytes in "), reading);
            return false;
        }

        if (check.Bytes == 0)
        {
            writer.Text("the file is empty");
            return false;
        }

        if (script && !check.Script)
        {
            writer.Text("that is no script: it must begin with #!ipxe");
            return false;
        }

        WriteRate(writer, check, reading);
        return true;
    }

    private static void WriteNoAnswer(ByteWriter writer, MirrorCheck check, Exception fault)
    {
        if (fault == null || check.Milliseconds >= MirrorCheck.AnswerSeconds * 1000)
        {
            Duration(writer.Text("the mirror does not answer within "), check.Milliseconds);
            writer.Text(": is it on, and its web server running?");
            return;
        }

        int code = FetchFault.CodeOf(fault);
        writer.Text("the mirror cannot be reached: ").Text(FetchFault.Describe(fault));
        writer.Text(code == Refused || code == RefusedOnLinux ? " (nothing listens at that address and port: is its web server running?)" : "");
    }

    private static void WriteStatus(ByteWriter writer, int status)
    {
        writer.Text("the mirror answers ").Number(status).Text(": ");
        switch (status)
        {
            case 404:
                writer.Text("it does not have this file; check the path here and on the mirror");
                break;
            case 401:
            case 403:
                writer.Text("it does not give this file away; machines cannot log in, so let everybody read it");
                break;
            default:
                writer.Text(
                    status >= 500 ? "its web server has a fault of its own; see its log"
                    : status >= 300 && status < 400 ? "it sends to another address; set that one"
                    : "it does not send the file");
                break;
        }
    }

    private static void WriteRate(ByteWriter writer, MirrorCheck check, int reading)
    {
        if (check.Script)
        {
            writer.Text("a script, ");
        }

        Duration(SizeText.Write(writer, check.Bytes).Text(" in "), reading);
        if (reading < ShortestReading && check.Bytes < WhyText.FastMirror)
        {
            writer.Text(": good");
        }
        else
        {
            SizeText.Write(writer.Text(", "), check.BytesPerSecond).Text("/s: ");
            WriteSpeed(writer, check.BytesPerSecond);
        }

        if (check.AnswerMilliseconds >= LongAnswer)
        {
            Duration(writer.Text(", but it answered only after "), check.AnswerMilliseconds);
            writer.Text(": was its disk asleep?");
        }
    }

    private static void WriteSpeed(ByteWriter writer, int rate)
    {
        if (rate >= WhyText.FastMirror)
        {
            writer.Text("good");
            return;
        }

        int seconds = UsualInitrd / (rate < 1 ? 1 : rate);
        writer.Text("slow; a 60 MB initrd takes ");
        if (seconds < 120)
        {
            writer.Number(seconds).Text(" seconds");
        }
        else if (seconds < 7200)
        {
            writer.Number(seconds / 60).Text(" minutes");
        }
        else
        {
            writer.Number(seconds / 3600).Text(" hours");
        }
    }

    private static void Duration(ByteWriter writer, int milliseconds)
    {
        if (milliseconds < 1000)
        {
            writer.Number(milliseconds).Text(" ms");
        }
        else
        {
            writer.Number(milliseconds / 1000).Byte('.').Number(milliseconds % 1000 / 100).Text(" s");
        }
    }
}
