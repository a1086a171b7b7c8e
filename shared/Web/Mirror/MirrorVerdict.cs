using Netboot.Bytes;
using Netboot.Http;
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
    internal static bool Write(ByteWriter writer, MirrorCheck check, Fetch fetch, string url, int reading)
    {
        if (check.Status == 0)
        {
            WriteNoAnswer(writer, check, fetch, url);
            return false;
        }

        if (check.Status != 200)
        {
            WriteStatus(writer, check.Status);
            return false;
        }

        if (fetch.IsEncoded)
        {
            writer.Text("the mirror sends it compressed (Content-Encoding): no firmware reads that; switch it off for this file");
            return false;
        }

        if (check.Page)
        {
            writer.Text("that is not a script but a web page: the address leads to a page of the web server, not to the file");
            return false;
        }

        bool whole = check.Length < 0 ? fetch.Fault == FetchFault.None : check.Bytes >= check.Length;
        if (!whole && (fetch.Fault != FetchFault.None || reading < MirrorCheck.ReadMilliseconds) && check.Bytes < MirrorCheck.MostBytes)
        {
            writer.Text("the mirror stopped in the middle: ").Number(check.Bytes);
            if (check.Length >= 0)
            {
                writer.Text(" of ").Text(check.Length.ToString());
            }

            Duration(writer.Text(" bytes in "), reading);
            return false;
        }

        if (check.Bytes == 0)
        {
            writer.Text("the file is empty");
            return false;
        }

        if (!check.Script && url.EndsWith(".ipxe"))
        {
            writer.Text("that is no script: it must begin with #!ipxe");
            return false;
        }

        WriteRate(writer, check, reading);
        if (check.Length < 0)
        {
            writer.Text("; it comes without a length, so machines' iPXE can have it, but no loader can be streamed like that");
        }
        else if (check.Length > int.MaxValue)
        {
            writer.Text("; it is larger than 2 GB, which is too large for a loader");
        }

        if (fetch.RedirectedTo != null)
        {
            writer.Text("; the mirror sends on to ").Text(fetch.RedirectedTo);
        }

        return true;
    }

    private static void WriteNoAnswer(ByteWriter writer, MirrorCheck check, Fetch fetch, string url)
    {
        switch (fetch.Fault)
        {
            case FetchFault.NoAnswer:
                Duration(writer.Text("the mirror does not answer within "), check.Milliseconds);
                writer.Text(": is it on, and its web server running?");
                break;
            case FetchFault.Unreachable:
                writer.Text("the mirror cannot be reached: socket error ").Number(fetch.ErrorCode);
                writer.Text(
                    fetch.ErrorCode == Refused || fetch.ErrorCode == RefusedOnLinux
                        ? " (nothing listens at that address and port: is its web server running?)" : "");
                break;
            default:
                fetch.WriteFault(writer, url);
                break;
        }
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
