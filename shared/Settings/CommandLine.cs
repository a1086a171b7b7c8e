using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The part of an iPXE command that a person wrote: a kernel's command line or a message. iPXE splits commands at blanks, ends them at the
/// words <c>|| &amp;&amp; ;</c> and at a word that starts with <c>#</c>, and puts settings in for <c>${name}</c>. Pixiecore's
/// <c>{{ URL "path" }}</c> and <c>{{ ID "path" }}</c> are the URL of a file on the mirror.
/// </summary>
public static class CommandLine
{
    /// <summary>The place of a word that iPXE would take for its own, or -1. <paramref name="wordLength"/> gets its length.</summary>
    public static int FindForbidden(byte[] text, int offset, int length, out int wordLength)
    {
        int end = offset + length;
        int start = offset;
        while (start < end)
        {
            int next = start;
            while (next < end && text[next] != (byte)' ')
            {
                next++;
            }

            wordLength = next - start;
            if (wordLength > 0 && IsForbidden(text, start, wordLength))
            {
                return start;
            }

            start = next + 1;
        }

        wordLength = 0;
        return -1;
    }

    /// <summary>The place of a <c>${</c> that no <c>}</c> ends, or -1.</summary>
    public static int FindOpenSetting(byte[] text, int offset, int length)
    {
        int end = offset + length;
        for (int i = offset; i + 1 < end; i++)
        {
            if (text[i] == (byte)'$' && text[i + 1] == (byte)'{' && Octets.IndexOf(text, i, end - i, (byte)'}') < 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// The next template from <paramref name="position"/> on: gives its place, or -1 when there is none. <paramref name="next"/> is where
    /// the text goes on after it, and the path lies between <paramref name="path"/> and <paramref name="pathEnd"/>; a path of -1 means that
    /// it is no valid template.
    /// </summary>
    public static int FindTemplate(byte[] text, int position, int end, out int next, out int path, out int pathEnd)
    {
        next = end;
        path = -1;
        pathEnd = -1;
        while (position + 1 < end && (text[position] != (byte)'{' || text[position + 1] != (byte)'{'))
        {
            position++;
        }

        if (position + 1 >= end)
        {
            return -1;
        }

        int word = SkipBlanks(text, position + 2, end);
        int wordEnd = word;
        while (wordEnd < end && text[wordEnd] != (byte)' ' && text[wordEnd] != (byte)'"')
        {
            wordEnd++;
        }

        int quote = SkipBlanks(text, wordEnd, end);
        if (quote >= end || text[quote] != (byte)'"'
            || !(Octets.Is(text, word, wordEnd - word, "URL") || Octets.Is(text, word, wordEnd - word, "ID")))
        {
            return position;
        }

        int close = Octets.IndexOf(text, quote + 1, end - quote - 1, (byte)'"');
        int brace = close < 0 ? end : SkipBlanks(text, close + 1, end);
        if (brace + 1 < end && text[brace] == (byte)'}' && text[brace + 1] == (byte)'}')
        {
            path = quote + 1;
            pathEnd = close;
            next = brace + 2;
        }

        return position;
    }

    private static bool IsForbidden(byte[] text, int offset, int length)
    {
        byte first = text[offset];
        if (first == (byte)'#' || (length == 1 && first == (byte)';'))
        {
            return true;
        }

        return length == 2 && text[offset + 1] == first && (first == (byte)'|' || first == (byte)'&');
    }

    private static int SkipBlanks(byte[] text, int position, int end)
    {
        while (position < end && text[position] == (byte)' ')
        {
            position++;
        }

        return position;
    }
}
