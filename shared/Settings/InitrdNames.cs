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
    /// Writes a checked command line with the URLs put in for its templates, and without names of initrds that the profile does not have.
    /// </summary>
    internal static void WriteCommandLine(byte[] text, int offset, int length, int files, byte[] mirror, PartWriter writer)
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

            CommandLine.Expand(text, position, word - position, mirror, writer);
            bool named = FirstOfName(text, word, wordEnd) < wordEnd;
            if (named && count < files)
            {
                writer.Raw(text, word, wordEnd - word);
                count++;
            }

            position = wordEnd;
        }

        CommandLine.Expand(text, position, end - position, mirror, writer);
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
