using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// The script of a boot API as it comes, put into a profile. Several lines are one value of it: one for each line would copy all that came
/// before it again and again.
/// </summary>
public sealed class BootApiScript
{
    /// <summary>
    /// Octets of a script, as many as of one in the settings: four connections may wait for one each, and all of it is on the heap.
    /// </summary>
    public const int Most = SettingsLimits.Inline;

    private const int FirstSize = 128;

    private readonly Profile _profile;
    private readonly ByteWriter _line = new ByteWriter(FirstSize, BootApiAnswer.MostText);
    private readonly ByteWriter _lines = new ByteWriter(FirstSize, BootApiAnswer.MostText);
    private int _size;
    private int _values;

    internal BootApiScript(Profile profile)
    {
        _profile = profile;
    }

    /// <summary>Takes an octet; gives what is wrong, or null.</summary>
    internal string Take(byte value)
    {
        _size++;
        if (_size > Most)
        {
            return "'ipxe-script' is longer than " + Most.ToString() + " bytes";
        }

        if (value == (byte)'\n')
        {
            return EndLine();
        }

        if (value != (byte)'\r')
        {
            _line.Byte(value < 0x20 ? ' ' : value);
        }

        return null;
    }

    /// <summary>All has come; gives what is wrong, or null.</summary>
    internal string Finish()
    {
        string fault = EndLine();
        Flush();
        return fault;
    }

    // Ours begins with #!ipxe already; an empty line says nothing.
    private string EndLine()
    {
        if (_line.Overflowed)
        {
            return "a line of 'ipxe-script' is longer than " + BootApiAnswer.MostText.ToString() + " bytes";
        }

        BootApiText.Trim(_line);
        if (_line.Length > 0 && _line.Buffer[0] != (byte)'#')
        {
            if (_lines.Length + 1 + _line.Length > BootApiAnswer.MostText)
            {
                Flush();
            }

            if (_lines.Length > 0)
            {
                _lines.Byte('\n');
            }

            BootApiText.Append(_lines, _line);
        }

        _line.Clear();
        return null;
    }

    private void Flush()
    {
        if (_lines.Length > 0)
        {
            _profile.Add(SettingsKey.ProfileLine, _values, _lines.Buffer, _lines.Length);
            _values++;
            _lines.Clear();
        }
    }
}
