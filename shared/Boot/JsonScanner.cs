using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// Reads JSON (RFC 8259) as it comes, byte by byte, and keeps no more of it than a name. Whoever derives from it is told of each value, and
/// gets texts as octets of UTF-8 with their escapes resolved.
/// </summary>
public abstract class JsonScanner : JsonText
{
    /// <summary>Objects and arrays in each other: a bit for each says which it is.</summary>
    private const int MostDepth = 16;

    /// <summary>
    /// Octets of a name or a number: the longest name is that of a kernel's parameter, such as <c>systemd.unified_cgroup_hierarchy</c>.
    /// </summary>
    public const int LongestWord = 64;

    private const byte Value = 0;
    private const byte FirstValue = 1;
    private const byte FirstName = 2;
    private const byte NextName = 3;
    private const byte Colon = 4;
    private const byte AfterValue = 5;
    private const byte InText = 6;
    private const byte InWord = 7;
    private const byte End = 8;

    private readonly ByteWriter _word = new ByteWriter(new byte[LongestWord]);
    private byte _state;
    private bool _isName;
    private int _arrays;

    /// <summary>Octets read.</summary>
    public int Position { get; private set; }

    /// <summary>What is wrong, or null. Nothing is read after it.</summary>
    public string Fault { get; protected set; }

    /// <summary>How many objects and arrays the present value stands in.</summary>
    protected int Depth { get; private set; }

    /// <summary>The name of the present value; empty for one of more than <see cref="LongestWord"/>.</summary>
    protected ByteWriter Name => _word;

    /// <summary>Reads on; false: something is wrong, see <see cref="Fault"/>.</summary>
    public bool Feed(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count && Fault == null; i++)
        {
            Position++;
            Step(buffer[offset + i]);
        }

        return Fault == null;
    }

    /// <summary>All has come; false: it breaks off in the middle. Nothing at all is no fault.</summary>
    public bool Ends()
    {
        if (Fault == null && _state != End && (Position != 0 || _state != Value))
        {
            Fault = "ends in the middle, after " + Position.ToString() + " bytes";
        }

        return Fault == null;
    }

    /// <summary>A name came: <see cref="Name"/>.</summary>
    protected abstract void Named();

    /// <summary>An object or an array begins; <see cref="Depth"/> counts it already.</summary>
    protected abstract void Opened(bool array);

    /// <summary>It ends; <see cref="Depth"/> counts it no more.</summary>
    protected abstract void Closed();

    /// <summary>A text begins.</summary>
    protected abstract void TextBegins();

    /// <summary>An octet of a text.</summary>
    protected abstract void TextGoesOn(byte value);

    /// <summary>A text is complete.</summary>
    protected abstract void TextEnds();

    /// <summary>True, false, null or a number came; <paramref name="first"/> is its first letter or digit.</summary>
    protected abstract void Word(byte first);

    protected bool IsArray(int depth) => ((_arrays >> depth) & 1) != 0;

    private void Step(byte value)
    {
        switch (_state)
        {
            case InText:
                if (value == (byte)'"' && MayEnd)
                {
                    EndText();
                }
                else if (!Continue(value))
                {
                    Refuse();
                }

                break;
            case InWord:
                if (value == (byte)'.' || value == (byte)'+' || value == (byte)'-' || IsLetterOrDigit(value))
                {
                    _word.Byte(value);
                    break;
                }

                EndWord();
                if (Fault == null)
                {
                    Between(value);
                }

                break;
            default:
                Between(value);
                break;
        }
    }

    private void Between(byte value)
    {
        if (value == (byte)' ' || value == (byte)'\t' || value == (byte)'\n' || value == (byte)'\r')
        {
            return;
        }

        bool isValue = _state == Value || _state == FirstValue;
        bool isName = _state == FirstName || _state == NextName;
        if (value == (byte)'"' && (isValue || isName))
        {
            _isName = isName;
            BeginText();
            _state = InText;
            if (isName)
            {
                _word.Clear();
            }
            else
            {
                TextBegins();
            }
        }
        else if (isValue && (value == (byte)'{' || value == (byte)'['))
        {
            Open(value == (byte)'[');
        }
        else if (isValue && (value == (byte)'-' || IsLetterOrDigit(value)))
        {
            _state = InWord;
            _word.Clear();
            _word.Byte(value);
        }
        else if (_state == Colon && value == (byte)':')
        {
            _state = Value;
        }
        else if (_state == AfterValue && value == (byte)',')
        {
            _state = IsArray(Depth) ? Value : NextName;
        }
        else if ((value == (byte)']' && IsArray(Depth) && (_state == FirstValue || _state == AfterValue))
            || (value == (byte)'}' && !IsArray(Depth) && (_state == FirstName || (_state == AfterValue && Depth > 0))))
        {
            Depth--;
            AfterOne();
            Closed();
        }
        else
        {
            Refuse();
        }
    }

    private void Open(bool array)
    {
        if (Depth == MostDepth)
        {
            Fault = "has more than " + MostDepth.ToString() + " objects and lists in each other";
            return;
        }

        Depth++;
        _arrays = array ? _arrays | (1 << Depth) : _arrays & ~(1 << Depth);
        _state = array ? FirstValue : FirstName;
        Opened(array);
    }

    private void AfterOne() => _state = Depth == 0 ? End : AfterValue;

    private void EndText()
    {
        if (_isName)
        {
            _state = Colon;
            if (_word.Overflowed)
            {
                _word.Clear();
            }

            Named();
            return;
        }

        AfterOne();
        TextEnds();
    }

    private void EndWord()
    {
        byte first = _word.Buffer[0];
        bool number = first == (byte)'-' || (first >= (byte)'0' && first <= (byte)'9');
        if (number || Is("true") || Is("false") || Is("null"))
        {
            AfterOne();
            Word(first);
            return;
        }

        Refuse();
    }

    private bool Is(string word) => !_word.Overflowed && Octets.Is(_word.Buffer, 0, _word.Length, word);

    private protected override void Take(byte value)
    {
        if (_isName)
        {
            _word.Byte(value);
        }
        else
        {
            TextGoesOn(value);
        }
    }

    private void Refuse() => Fault = "is not JSON: see its byte " + Position.ToString();

    private static bool IsLetterOrDigit(byte value)
    {
        byte lower = Octets.ToLower(value);
        return (lower >= (byte)'a' && lower <= (byte)'z') || (value >= (byte)'0' && value <= (byte)'9');
    }
}
