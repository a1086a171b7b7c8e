using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// The answer of a boot API (Pixiecore's README.api.md), made into a profile as it comes: <c>kernel</c>, <c>initrd</c>, <c>cmdline</c> (a
/// text, or an object as servers before 2017 send it), <c>message</c>, or an <c>ipxe-script</c>, which beats all. What else is in it is
/// passed over. URLs become absolute: relative ones start at the API's host, and <c>file://</c> ones at the mirror, which stands for the
/// disk of Pixiecore's machine.
/// </summary>
public sealed class BootApiAnswer : JsonScanner
{
    /// <summary>Octets of a URL, a command line or a line of a script: a value has to fit one array of a profile.</summary>
    public const int MostText = SettingsLimits.Url;

    private const int FirstSize = 128;

    private const string NoObject = "is not an object";

    private const byte Nothing = 0;
    private const byte Kernel = 1;
    private const byte Initrd = 2;
    private const byte CommandLine = 3;
    private const byte Message = 4;
    private const byte Script = 5;

    private readonly BootApiText _texts;
    private readonly ByteWriter _text = new ByteWriter(FirstSize, MostText);
    private readonly ByteWriter _line = new ByteWriter(FirstSize, MostText);
    private byte _field;
    private bool _collects;
    private bool _isUrl;
    private BootApiScript _script;

    /// <summary>
    /// For the answer of the API at <paramref name="api"/> (an absolute URL); <paramref name="mirror"/> is the mirror's URL, which ends
    /// with a slash, or null. The profile gets the name of the one that asks.
    /// </summary>
    public BootApiAnswer(Profile asking, byte[] api, byte[] mirror)
    {
        byte[] name = asking.Name;
        Profile = new Profile(name, 0, name.Length);
        _texts = new BootApiText(api, mirror);
    }

    /// <summary>
    /// What is to be booted, once <see cref="Finish"/> said so. Of kind <see cref="ProfileKind.Ignore"/> when it is not the API's machine.
    /// </summary>
    public Profile Profile { get; }

    /// <summary>
    /// All has come. False: it cannot be used, see <see cref="JsonScanner.Fault"/>. Nothing at all, and an answer without a kernel, mean
    /// that the machine is not to boot.
    /// </summary>
    public bool Finish()
    {
        if (!Ends())
        {
            return false;
        }

        if (_script != null)
        {
            Fault = _script.Finish();
            Profile.Kind = ProfileKind.Inline;
        }
        else
        {
            Profile.Kind = Profile.Find(SettingsKey.ProfileKernel, 0) >= 0 ? ProfileKind.Linux : ProfileKind.Ignore;
            if (_line.Length > 0)
            {
                Profile.NamesInitrds = InitrdNames.Are(_line.Buffer, 0, _line.Length);
                Profile.Add(SettingsKey.ProfileCommandLine, 0, _line.Buffer, _line.Length);
            }
        }

        return Fault == null;
    }

    /// <inheritdoc/>
    protected override void Named()
    {
        if (Depth == 1)
        {
            _field = Is("kernel") ? Kernel : Is("initrd") ? Initrd : Is("cmdline") ? CommandLine : Is("message") ? Message
                : Is("ipxe-script") ? Script : Nothing;
        }
        else if (_field == CommandLine && Depth == 2)
        {
            if (_line.Length > 0)
            {
                _line.Byte(' ');
            }

            if (Name.Length == 0)
            {
                Refuse(FieldName + " has a name that is empty or longer than " + LongestWord.ToString() + " bytes");
            }

            BootApiText.Append(_line, Name);
        }
    }

    /// <inheritdoc/>
    protected override void Opened(bool array)
    {
        _isUrl = false;
        bool good = Depth == 1 ? !array
            : Depth == 2 ? _field == Nothing || (array ? _field == Initrd : _field == CommandLine)
            : _field == Nothing || (Depth == 3 && _field == CommandLine && !array);
        if (!good)
        {
            Refuse(Depth == 1 ? NoObject : null);
        }
    }

    /// <inheritdoc/>
    protected override void Closed()
    {
        if (Depth == 1)
        {
            _field = Nothing;
        }
        else if (_field == CommandLine && Depth == 2 && !_isUrl)
        {
            // An object in place of a value, and no URL in it.
            Refuse(null);
        }
    }

    /// <inheritdoc/>
    protected override void TextBegins()
    {
        if (Depth == 0)
        {
            Refuse(NoObject);
        }

        _text.Clear();
        _isUrl = _field == Kernel || _field == Initrd || (_field == CommandLine && Depth == 3 && Is("url"));
        _collects = _field != Nothing && (Depth == 1 ? _field != Initrd : Depth == 2 || _isUrl);
        if ((_field == Initrd && Depth == 1) || (_field == CommandLine && Depth == 3 && !_isUrl))
        {
            Refuse(null);
        }

        if (_field == Script && _script == null)
        {
            _script = new BootApiScript(Profile);
        }
    }

    /// <inheritdoc/>
    protected override void TextGoesOn(byte value)
    {
        if (!_collects)
        {
            return;
        }

        if (_field == Script)
        {
            Fault = _script.Take(value);
            return;
        }

        _text.Byte(value < 0x20 ? ' ' : value);
    }

    /// <inheritdoc/>
    protected override void TextEnds()
    {
        if (!_collects || _field == Script)
        {
            return;
        }

        if (_text.Overflowed && _field != Message)
        {
            Fault = FieldName + " is longer than " + MostText.ToString() + " bytes";
            return;
        }

        BootApiText.Trim(_text);
        switch (_field)
        {
            case Kernel:
                AddUrl(SettingsKey.ProfileKernel, 0, 1);
                break;
            case Initrd:
                AddUrl(SettingsKey.ProfileInitrd, Profile.Initrds, SettingsLimits.Initrds);
                break;
            case Message:
                // Best effort, as Pixiecore's specification has it: what iPXE would take for a command of its own is not shown.
                int length = _text.Length < SettingsLimits.Message ? _text.Length : SettingsLimits.Message;
                if (length > 0 && Settings.CommandLine.FindForbidden(_text.Buffer, 0, length, out int _) < 0)
                {
                    AddOnce(SettingsKey.ProfileMessage, _text, length);
                }

                break;
            default:
                EndCommandLine();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Word(byte first)
    {
        if (Depth == 0)
        {
            Refuse(NoObject);
        }

        bool isNull = first == (byte)'n';
        bool isFlag = first == (byte)'t' || first == (byte)'f';

        // A bare word of the command line, as Pixiecore has it whatever its truth.
        if (_field != Nothing && !(Depth == 1 && isNull) && !(Depth == 2 && _field == CommandLine && isFlag))
        {
            Refuse(null);
        }
    }

    private string FieldName =>
        _field == Kernel ? "'kernel'" : _field == Initrd ? "'initrd'" : _field == CommandLine ? "'cmdline'" : "'ipxe-script'";

    private bool Is(string word) => Octets.Is(Name.Buffer, 0, Name.Length, word);

    private void Refuse(string why)
    {
        Fault = why ?? FieldName + (_field == Initrd ? " is not a list of URLs"
            : _field == CommandLine ? " is neither a text nor an object of texts, true and {\"url\": …}" : " is not a text");
    }

    private void AddUrl(SettingsKey key, int index, int most)
    {
        if (_text.Length == 0)
        {
            return;
        }

        if (index == most)
        {
            Fault = FieldName + " has more than " + most.ToString() + " URLs";
            return;
        }

        var url = new ByteWriter(FirstSize, MostText);
        string fault = _texts.Resolve(_text.Buffer, 0, _text.Length, url);
        if (fault != null)
        {
            Fault = FieldName + " " + fault;
            return;
        }

        Profile.HasLongUrls |= url.Length > SettingsLimits.ReportedUrl;
        if (key == SettingsKey.ProfileInitrd)
        {
            Profile.Add(key, index, url.Buffer, url.Length);
        }
        else
        {
            AddOnce(key, url, url.Length);
        }
    }

    // A field that is there twice: the first one counts.
    private void AddOnce(SettingsKey key, ByteWriter value, int length)
    {
        if (Profile.Find(key, 0) < 0)
        {
            Profile.Add(key, 0, value.Buffer, length);
        }
    }

    // A whole command line, or a value of one that comes in parts: name=text, name=URL.
    private void EndCommandLine()
    {
        string fault = null;
        if (Depth == 1)
        {
            _line.Clear();
            fault = _texts.Expand(_text, _line);
        }
        else if (_isUrl)
        {
            fault = _texts.Resolve(_text.Buffer, 0, _text.Length, _line.Byte('='));
        }
        else
        {
            BootApiText.Quote(_line.Byte('='), _text);
        }

        if (fault == null && _line.Overflowed)
        {
            fault = "is longer than " + MostText.ToString() + " bytes";
        }
        else if (fault == null && Settings.CommandLine.FindForbidden(_line.Buffer, 0, _line.Length, out int _) >= 0)
        {
            fault = "has a word that iPXE takes for its own (|| && ; or one that begins with #)";
        }

        Fault = fault == null ? null : FieldName + " " + fault;
    }
}
