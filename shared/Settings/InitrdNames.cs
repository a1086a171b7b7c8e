using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// <c>initrd=NAME</c> in a command line, as most published ones have it. On UEFI, iPXE of 2019 shows a kernel its images as files, and the
/// kernel opens each that its command line names and starts no further when one is missing. So the profile's files get these names, in
/// their order.
/// </summary>
internal static class InitrdNames
{
    private const string Initrd = "initrd=";

    /// <summary>Whether a command line names initrds, or says <c>initrd=</c> in vain.</summary>
    internal static bool Are(byte[] text, int offset, int length) => NextInitrd(text, offset, offset, offset + length, out int _) >= 0;

    /// <summary>Whether any of these names has a brace in it.</summary>
    internal static bool HaveBraces(byte[] text, int offset, int length)
    {
        int end = offset + length;
        int wordEnd;
        for (int word = NextInitrd(text, offset, offset, end, out wordEnd); word >= 0;
            word = NextInitrd(text, offset, wordEnd, end, out wordEnd))
        {
            if (Octets.IndexOf(text, word, wordEnd - word, (byte)'{') >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of these names is a file's; both without slashes before them.</summary>
    internal static bool Has(byte[] text, int offset, int length, byte[] name, int nameOffset, int nameLength)
    {
        while (nameLength > 0 && name[nameOffset] == (byte)'/')
        {
            nameOffset++;
            nameLength--;
        }

        int start = FindInitrd(text, offset, length, 0, out int end);
        for (int i = 1; start >= 0; i++)
        {
            if (end - start == nameLength && Octets.Equal(text, start, name, nameOffset, nameLength))
            {
                return true;
            }

            start = FindInitrd(text, offset, length, i, out end);
        }

        return false;
    }

    /// <summary>How many of a profile's <paramref name="files"/> the command line has names for: its first ones.</summary>
    internal static int Count(byte[] text, int offset, int length, int files)
    {
        int count = 0;
        while (count < files && FindInitrd(text, offset, length, count, out int _) >= 0)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Writes the name of file <paramref name="index"/> as a kernel asks for it: without slashes before it, and with back-slashes for those
    /// inside (Linux, drivers/firmware/efi/libstub/file.c).
    /// </summary>
    internal static void WriteName(byte[] text, int offset, int length, int index, PartWriter writer)
    {
        int start = FindInitrd(text, offset, length, index, out int end);
        while (start < end)
        {
            writer.Byte(text[start] == (byte)'/' ? '\\' : text[start]);
            start++;
        }
    }

    /// <summary>
    /// Writes a checked command line with its templates filled in, and without names of initrds that the profile does not have.
    /// </summary>
    internal static void WriteCommandLine(byte[] text, int offset, int length, int files, ScriptFacts facts, PartWriter writer)
    {
        int end = offset + length;
        int position = offset;
        int count = 0;
        while (position < end)
        {
            int word = NextInitrd(text, offset, position, end, out int wordEnd);
            if (word < 0)
            {
                break;
            }

            Templates.Write(text, position, word - position, false, facts, writer);
            bool named = FirstOfName(text, word, wordEnd) < wordEnd;
            if (named && count < files)
            {
                writer.Raw(text, word, wordEnd - word);
                count++;
            }

            position = wordEnd;
        }

        Templates.Write(text, position, end - position, false, facts, writer);
    }

    // Where the name begins of the file with this index, or -1.
    private static int FindInitrd(byte[] text, int offset, int length, int index, out int end)
    {
        int position = offset;
        while (true)
        {
            int word = NextInitrd(text, offset, position, offset + length, out end);
            if (word < 0)
            {
                return -1;
            }

            int name = FirstOfName(text, word, end);
            if (name < end)
            {
                if (index == 0)
                {
                    return name;
                }

                index--;
            }

            position = end;
        }
    }

    // Behind the slashes that a kernel passes over.
    private static int FirstOfName(byte[] text, int word, int end)
    {
        int name = word + Initrd.Length;
        while (name < end && (text[name] == (byte)'/' || text[name] == (byte)'\\'))
        {
            name++;
        }

        return name;
    }

    // The next word from a position on that begins so, or -1. One with a template in it is no name of a file.
    private static int NextInitrd(byte[] text, int offset, int position, int end, out int wordEnd)
    {
        int last = end - Initrd.Length;
        for (wordEnd = end; position <= last; position++)
        {
            if (text[position] == (byte)'i' && (position == offset || text[position - 1] == (byte)' ')
                && Octets.StartsWith(text, position, Initrd.Length, Initrd))
            {
                int blank = Octets.IndexOf(text, position, end - position, (byte)' ');
                wordEnd = blank < 0 ? end : blank;
                int brace = Octets.IndexOf(text, position, wordEnd - position, (byte)'{');
                if (brace < 0 || brace + 1 >= wordEnd || text[brace + 1] != (byte)'{')
                {
                    return position;
                }
            }
        }

        return -1;
    }
}
