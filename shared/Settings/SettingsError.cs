using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Why settings were refused: where, and what is allowed there. One object can be used again and again.</summary>
public sealed class SettingsError
{
    // More of a bad value than this helps nobody and fills the log.
    private const int QuotedLength = 40;

    /// <summary>The line, from 1; 0 when there is no text (a single key was set, or storage failed).</summary>
    public int Line { get; set; }

    /// <summary>The byte in the line, from 1; 0 when the whole line is meant.</summary>
    public int Column { get; set; }

    /// <summary>The section with its title, as in its brackets, or null.</summary>
    public string Section { get; set; }

    /// <summary>The key, or null.</summary>
    public string Key { get; set; }

    /// <summary>What is wrong and what is allowed; null when nothing is wrong.</summary>
    public string Message { get; private set; }

    /// <summary>Another error of the same change, or null.</summary>
    public SettingsError More { get; private set; }

    /// <summary>Forgets an earlier error.</summary>
    public void Clear()
    {
        More = null;
        Line = 0;
        Column = 0;
        Section = null;
        Key = null;
        Message = null;
    }

    /// <summary>Takes over what another says.</summary>
    public void Take(SettingsError other)
    {
        Line = other.Line;
        Column = other.Column;
        Section = other.Section;
        Key = other.Key;
        Message = other.Message;
        More = other.More;
    }

    /// <summary>Notes what another says besides what is noted.</summary>
    internal void Add(SettingsError other)
    {
        if (Message == null)
        {
            Take(other);
            return;
        }

        SettingsError last = this;
        while (last.More != null)
        {
            last = last.More;
        }

        last.More = new SettingsError();
        last.More.Take(other);
    }

    /// <summary>Notes what is wrong at the place that was set before. Gives false, for the caller to hand on.</summary>
    public bool Fail(string message)
    {
        Message = message;
        return false;
    }

    /// <summary>The same of a piece of the refused text, which comes first in quotes: see <see cref="Quote"/>.</summary>
    internal bool Fail(byte[] text, int offset, int length, string message) => Fail(Quote(text, offset, length) + message);

    /// <summary>The same of a <paramref name="number"/> that is more than <paramref name="most"/>.</summary>
    internal bool Fail(string before, int number, string after, int most) =>
        Fail(before + number.ToString() + after + most.ToString());

    /// <summary>The whole of it, such as <c>line 12, [boot] default: …</c>.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? "" : "line " + Line.ToString();
        if (Column != 0)
        {
            place += ", column " + Column.ToString();
        }

        if (Section != null)
        {
            place += (place == "" ? "[" : ", [") + Section + "]";
        }

        if (Key != null)
        {
            place += (Section == null && place != "" ? ", " : " ") + Key;
        }

        return place == "" ? Message : place + ": " + Message;
    }

    /// <summary>A piece of the refused text in quotes, printable and not too long.</summary>
    public static string Quote(byte[] text, int offset, int length)
    {
        var writer = new ByteWriter(QuotedLength + 8, QuotedLength + 8);
        writer.Byte('\'').Printable(text, offset, length < QuotedLength ? length : QuotedLength);
        if (length > QuotedLength)
        {
            writer.Text("...");
        }

        return writer.Byte('\'').ToString();
    }
}
