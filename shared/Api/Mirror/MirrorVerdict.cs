using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>What a check of the mirror found, in plain words.</summary>
public static class MirrorVerdict
{
    /// <summary>A rate is told of bodies that took as long: shorter ones say nothing.</summary>
    private const int ShortestReading = 500;

    /// <summary>From so long on it is told that the mirror took long to answer.</summary>
    private const int LongAnswer = 2000;

    /// <summary>An initrd as people have them, to say what a rate means.</summary>
    private const int UsualInitrd = 60 * 1024 * 1024;

    /// <summary>What else there is to say of a file that cannot be had; often nothing.</summary>
    public static string Advice(string url, DeviceSettings settings)
    {
        return settings.MirrorUrl == null && url == DeviceSettings.PublicScript
            ? "; no mirror is set, so machines get this public menu: is there an internet connection?" : "";
    }

    /// <summary>
    /// Writes the text; gives whether the file can be had. <paramref name="reading"/> is how long the body took in milliseconds.
    /// </summary>
    public static bool Write(ByteWriter writer, MirrorCheck check, Fetch fetch, string url, int reading)
    {
        // Without a file it is the fetch itself that knows why, in the words in which it is told to a machine.
        bool none = check.Status == 0 || fetch.Fault == FetchFault.Status || fetch.Fault == FetchFault.Encoded
            || fetch.Fault == FetchFault.Page
            || fetch.Fault == FetchFault.Empty || fetch.Fault == FetchFault.NoLength || fetch.Fault == FetchFault.TooLarge;
        if (none)
        {
            fetch.WriteFault(writer, url);
            return false;
        }

        bool whole = check.Length < 0 ? fetch.Fault == FetchFault.None : check.Bytes >= check.Length;
        if (!whole && (fetch.Fault != FetchFault.None || reading < MirrorCheck.ReadMilliseconds) && check.Bytes < MirrorCheck.MostBytes)
        {
            string host = fetch.WriteRedirection(writer, url);
            writer.Text(host).Text(" stopped partway: ").Number(check.Bytes);
            if (check.Length >= 0)
            {
                writer.Text(" of ").Text(check.Length.ToString());
            }

            Duration(writer.Text(" bytes in "), reading);
            return false;
        }

        if (check.Bytes == 0)
        {
            // One without a length that ended at once.
            writer.Text("the file is empty");
            return false;
        }

        if (!check.Script && url.EndsWith(".ipxe"))
        {
            writer.Text("the file is not an iPXE script: it must begin with #!ipxe");
            return false;
        }

        WriteRate(writer, check, reading);
        if (check.Length < 0)
        {
            writer.Text("; it has no Content-Length: fine for iPXE, but not for a loader");
        }
        else if (check.Length > int.MaxValue)
        {
            writer.Text("; it is larger than 2 GB, which is too large for a loader");
        }

        if (fetch.RedirectedTo != null)
        {
            // That this image can fetch it does not help a machine whose iPXE cannot.
            writer.Text("; it comes from ").Text(fetch.RedirectedTo).Text(", which that address redirects to");
            writer.Text(fetch.RedirectedTo.StartsWith("https://") ? ", so a machine's loader has to fetch https too" : "");
        }

        return true;
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
            Duration(writer.Text(", but the answer took "), check.AnswerMilliseconds);
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
