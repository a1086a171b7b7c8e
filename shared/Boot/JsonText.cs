using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// A text of JSON (RFC 8259 7) as it comes: its escapes become octets of UTF-8. <see cref="JsonScanner"/> finds where one begins.
/// </summary>
public abstract class JsonText
{
    private const byte Plain = 0;
    private const byte Escape = 1;
    private const byte Hex = 2;

    private byte _within;
    private int _hex;
    private int _digits;
    private int _high;

    /// <summary>A text begins.</summary>
    private protected void BeginText()
    {
        _within = Plain;
        _high = 0;
    }

    /// <summary>Takes an octet of a text; false: it is none that may be there. The one that ends it does not come here.</summary>
    private protected bool Continue(byte value)
    {
        if (_within == Escape)
        {
            return Escaped(value);
        }

        if (_within == Hex)
        {
            return HexDigit(value);
        }

        if (value == (byte)'\\')
        {
            _within = Escape;
        }
        else if (value >= 0x20)
        {
            Take(value);
        }

        return value >= 0x20;
    }

    /// <summary>Whether a quotation mark would end it.</summary>
    private protected bool MayEnd => _within == Plain;

    /// <summary>Gets the text, octet by octet.</summary>
    private protected abstract void Take(byte value);

    private bool Escaped(byte value)
    {
        _within = Plain;
        switch ((char)value)
        {
            case '"':
            case '\\':
            case '/':
                Take(value);
                return true;
            case 'b':
                Take(8);
                return true;
            case 'f':
                Take(12);
                return true;
            case 'n':
                Take(10);
                return true;
            case 'r':
                Take(13);
                return true;
            case 't':
                Take(9);
                return true;
            case 'u':
                _within = Hex;
                _hex = 0;
                _digits = 0;
                return true;
            default:
                return false;
        }
    }

    private bool HexDigit(byte value)
    {
        int digit = Octets.HexDigit(value);
        _hex = (_hex << 4) | digit;
        _digits++;
        if (digit >= 0 && _digits == 4)
        {
            _within = Plain;
            Code(_hex);
        }

        return digit >= 0;
    }

    // A code of UTF-16 as UTF-8; the first half of a pair waits for the second.
    private void Code(int code)
    {
        if (code >= 0xD800 && code < 0xDC00)
        {
            _high = code;
            return;
        }

        if (code >= 0xDC00 && code < 0xE000)
        {
            code = 0x10000 + ((_high & 0x3FF) << 10) + (code & 0x3FF);
        }

        _high = 0;
        if (code < 0x80)
        {
            Take((byte)code);
            return;
        }

        if (code < 0x800)
        {
            Take((byte)(0xC0 | (code >> 6)));
        }
        else
        {
            if (code < 0x10000)
            {
                Take((byte)(0xE0 | (code >> 12)));
            }
            else
            {
                Take((byte)(0xF0 | (code >> 18)));
                Take((byte)(0x80 | ((code >> 12) & 0x3F)));
            }

            Take((byte)(0x80 | ((code >> 6) & 0x3F)));
        }

        Take((byte)(0x80 | (code & 0x3F)));
    }
}
