using Netboot.Bytes;

namespace Netboot.Logging;

/// <summary>Texts that are too long for their place: cut between two words, with a sign that something is missing.</summary>
public static class TextCut
{
    /// <summary>The sign.</summary>
    public const string Mark = "...";

    /// <summary>
    /// How many of <paramref name="length"/> bytes make a part of at most <paramref name="most"/> that ends with a whole word. Where there
    /// is no space in its last half, such as in a URL, it is cut where it must.
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

    /// <summary>The same for a text whose rest is left out: with room for <see cref="WriteMark"/>.</summary>
    public static int CutLength(byte[] text, int offset, int length, int most) =>
        length <= most ? length : PartLength(text, offset, length, most - Mark.Length) + Mark.Length;

    /// <summary>Writes the sign over the last bytes before <paramref name="end"/>.</summary>
    public static void WriteMark(byte[] buffer, int end) => Octets.Utf8.GetBytes(Mark, 0, Mark.Length, buffer, end - Mark.Length);
}
