using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Takes the form of "set a key" as it comes and keeps its three fields decoded: four initrds with every slash escaped are longer than a connection's buffer.
/// The rules are those of <see cref="PercentText.Find"/>.
/// </summary>
internal sealed class FormIntake : HttpIntake
{
    /// <summary>Bytes of a field: the longest value is four initrds with their line ends.</summary>
    internal const int LongestField = SettingsLimits.Initrds * (SettingsLimits.Url + 1);

    private const int LongestName = 32;

    private readonly ByteWriter _section = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _key = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _value = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _name = new ByteWriter(new byte[LongestName]);
    private bool _hasSection;
    private bool _hasKey;
    private bool _hasValue;
    private bool _isBad;

    // Where the bytes go: null while the field's name is read, _name when nobody wants them.
    private ByteWriter _target;

    // Digits of an escape that are still due, and its value so far.
    private int _due;
    private int _escaped;

    /// <summary>The section, or null when it is missing, badly encoded or too long.</summary>
    internal string Section
    {
        get { return Text(_section, _hasSection); }
    }

    /// <summary>The key, or null.</summary>
    internal string Key
    {
        get { return Text(_key, _hasKey); }
    }

    /// <summary>The value, or null.</summary>
    internal string Value
    {
        get { return Text(_value, _hasValue); }
    }

    /// <inheritdoc/>
    public override void Take(byte[] bytes, int offset, int count)
    {
        int end = offset + count;
        for (int i = offset; i < end; i++)
        {
            byte value = bytes[i];
            if (value == (byte)'&')
            {
                EndField();
            }
            else if (_target != null)
            {
                Decode(value);
            }
            else if (value == (byte)'=')
            {
                StartValue();
            }
            else
            {
                _name.Byte(value);
            }
        }
    }

    /// <summary>All of it has come.</summary>
    internal void Finish()
    {
        EndField();
    }

    private void StartValue()
    {
        if (!_hasSection && IsNamed("section"))
        {
            _hasSection = true;
            _target = _section;
        }
        else if (!_hasKey && IsNamed("key"))
        {
            _hasKey = true;
            _target = _key;
        }
        else if (!_hasValue && IsNamed("value"))
        {
            _hasValue = true;
            _target = _value;
        }
        else
        {
            _target = _name;
        }
    }

    private void EndField()
    {
        if (_target == null && _name.Length > 0)
        {
            // A name without a value.
            StartValue();
        }

        _isBad |= _due > 0 && _target != _name;
        _due = 0;
        _target = null;
        _name.Clear();
    }

    private void Decode(byte value)
    {
        if (_target == _name)
        {
            return;
        }

        if (_due > 0)
        {
            int digit = Octets.HexDigit(value);
            _escaped = (_escaped << 4) | (digit & 15);
            _isBad |= digit < 0;
            _due--;
            if (_due == 0)
            {
                Add(_escaped);
            }
        }
        else if (value == (byte)'%')
        {
            _due = 2;
            _escaped = 0;
        }
        else
        {
            _isBad |= value <= (byte)' ' || value >= 0x7F;
            _target.Byte(value == (byte)'+' ? (byte)' ' : value);
        }
    }

    // No setting takes anything but ASCII: what is none becomes a character that is refused for it.
    private void Add(int value)
    {
        _isBad |= value == 0 || value == 0x7F;
        _target.Byte(value < 0x7F ? value : 1);
    }

    private bool IsNamed(string name)
    {
        return !_name.Overflowed && Octets.IsIgnoreCase(_name.Buffer, 0, _name.Length, name);
    }

    private string Text(ByteWriter field, bool isThere)
    {
        return isThere && !_isBad && !field.Overflowed ? field.ToString() : null;
    }
}
