using System.Collections;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Takes the form of "set keys" as it comes and keeps its fields decoded: an initrd's URL with every slash escaped is longer than a
/// connection's buffer. Each key is three fields, section, key and value, in any order; what comes after three is the next key. The rules
/// are those of <see cref="PercentText.Find"/>. A key that is there several times comes as often.
/// </summary>
internal sealed class FormIntake : HttpIntake
{
    /// <summary>Bytes of a field: the longest line.</summary>
    internal const int LongestField = SettingsLimits.Line;

    /// <summary>Bytes of all fields of one form: the longest inline script and the profile's other keys.</summary>
    private const int LongestForm = 3072;

    private const int LongestName = 32;

    private readonly ByteWriter _section = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _key = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _value = new ByteWriter(LongestName, LongestField);
    private readonly ByteWriter _name = new ByteWriter(new byte[LongestName]);
    private bool _hasSection;
    private bool _hasKey;
    private bool _hasValue;

    // Section, key and value of each key that is complete; and their bytes.
    private readonly ArrayList _words = new ArrayList();
    private int _length;

    // Where the bytes go: null while the field's name is read, _name when nobody wants them.
    private ByteWriter _target;

    // Digits of an escape that are still due, and its value so far.
    private int _due;
    private int _escaped;

    /// <summary>Why <see cref="Finish"/> gave nothing.</summary>
    internal string Refusal { get; private set; }

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

    /// <summary>
    /// All of it has come: section, key and value of each, one after the other; or null, and <see cref="Refusal"/> says why.
    /// </summary>
    internal string[] Finish()
    {
        EndField();
        if (_hasSection || _hasKey || _hasValue || _words.Count == 0)
        {
            Refuse(_hasSection && _hasKey ? "value: missing or longer than any setting." : ChangeCalls.MissingField);
        }

        if (Refusal != null)
        {
            return null;
        }

        var words = new string[_words.Count];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = (string)_words[i];
        }

        return words;
    }

    private void StartValue()
    {
        bool section = IsNamed("section");
        bool key = !section && IsNamed("key");
        bool value = !section && !key && IsNamed("value");
        if ((section && _hasSection) || (key && _hasKey) || (value && _hasValue))
        {
            Refuse("section, key, value: one of them comes twice before the others.");
        }

        _hasSection |= section;
        _hasKey |= key;
        _hasValue |= value;
        _target = section ? _section : key ? _key : value ? _value : _name;
    }

    // With its third field a key is complete.
    private void EndKey()
    {
        if (!_hasSection || !_hasKey || !_hasValue)
        {
            return;
        }

        if (_section.Overflowed || _key.Overflowed)
        {
            Refuse(ChangeCalls.MissingField);
        }
        else if (_value.Overflowed)
        {
            Refuse("value: missing or longer than any setting.");
        }

        _length += _section.Length + _key.Length + _value.Length;
        if (_length > LongestForm)
        {
            Refuse("This is more than one change can hold (" + LongestForm.ToString() + " bytes): change the settings as text.");
        }

        if (Refusal == null)
        {
            _words.Add(_section.ToString());
            _words.Add(_key.ToString());
            _words.Add(_value.ToString());
        }

        _hasSection = false;
        _hasKey = false;
        _hasValue = false;
        _section.Clear();
        _key.Clear();
        _value.Clear();
    }

    private void Refuse(string reason) => Refusal = Refusal ?? reason;

    private void EndField()
    {
        if (_target == null && _name.Length > 0)
        {
            // A name without a value.
            StartValue();
        }

        Check(_due == 0 || _target == _name);
        _due = 0;
        _target = null;
        _name.Clear();
        EndKey();
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
            Check(digit >= 0);
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
            Check(value > (byte)' ' && value < 0x7F);
            _target.Byte(value == (byte)'+' ? (byte)' ' : value);
        }
    }

    // No setting takes anything but ASCII: what is none becomes a character that is refused for it.
    private void Add(int value)
    {
        Check(value != 0 && value != 0x7F);
        _target.Byte(value < 0x7F ? value : 1);
    }

    private bool IsNamed(string name) => !_name.Overflowed && Octets.IsIgnoreCase(_name.Buffer, 0, _name.Length, name);

    private void Check(bool good)
    {
        if (!good)
        {
            Refuse("The form is not encoded correctly.");
        }
    }
}
