using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>The settings as text, without secrets: all of them, those of one kind, or one section; part by part.</summary>
internal sealed class SettingsView : HttpPieces
{
    // [ and ] and the line end.
    private const int Brackets = 3;

    private readonly SettingsWriter _parts;
    private readonly string _wanted;
    private bool _take;
    private bool _any;
    private bool _ended;

    private SettingsView(DeviceSettings settings, string wanted)
    {
        _parts = new SettingsWriter(settings);
        _wanted = wanted;
    }

    /// <summary>
    /// Shows a section as it is written in brackets, such as "profile menu"; "profile" is all profiles, null is everything.
    /// </summary>
    internal static void Show(ConsoleSession session, string section) =>
        session.Show(new SettingsView(session.Device.Rules.Settings, section == null ? null : section.ToLower()));

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_ended)
        {
            return false;
        }

        int start = writer.Length;
        if (!_parts.WritePart(writer))
        {
            _ended = true;
            if (!_any)
            {
                writer.Text(_wanted == null ? "Nothing is set: the defaults apply.\n" : "Nothing is set there.\n");
            }

            return true;
        }

        // A section begins with its head, after an empty line if it is not the first.
        int head = writer.Length > start && writer.Buffer[start] == (byte)'\n' ? start + 1 : start;
        if (writer.Length > head && writer.Buffer[head] == (byte)'[')
        {
            int end = Octets.IndexOf(writer.Buffer, head, writer.Length - head, (byte)'\n') + 1;
            _take = _wanted == null || IsWanted(writer.Buffer, head + 1, end - head - Brackets);
            _any |= _take;
        }

        if (!_take)
        {
            writer.Truncate(start);
        }

        return true;
    }

    private bool IsWanted(byte[] text, int offset, int length)
    {
        int wanted = _wanted.Length;
        return length >= wanted && Octets.IsIgnoreCase(text, offset, wanted, _wanted)
            && (length == wanted || text[offset + wanted] == (byte)' ');
    }
}
