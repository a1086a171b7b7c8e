using Netboot.Api;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Answers machines: the generated script, <c>autoexec.ipxe</c>, loaders for UEFI HTTP boot, and their reports. All of it is open to every
/// machine on the network, as DHCP and TFTP are: a machine that boots cannot log in.
/// </summary>
internal sealed class BootHandler
{
    /// <summary>Longest parameter of a script's URL that is looked at; a UUID has 36 characters.</summary>
    private const int LongestParameter = 48;

    /// <summary>Why there is no script.</summary>
    internal const string NoAddress = "The device has no address right now.";

    private const string BadMac = "mac: expected six hexadecimal bytes, such as 52-54-00-12-34-56.";

    private readonly DeviceApi _device;
    private readonly bool _ownHost;
    private readonly BootChoice _choice = new BootChoice();
    private readonly ByteWriter _parameter = new ByteWriter(new byte[LongestParameter]);
    private readonly byte[] _mac = new byte[MacText.Size];
    private readonly byte[] _uuid = new byte[UuidText.Size];

    private BootHandler(DeviceApi device, bool ownHost)
    {
        _device = device;
        _ownHost = ownHost;
    }

    /// <summary>
    /// Answers a GET or HEAD; false when it asks for nothing of a machine's. <paramref name="gate"/> tells a foreign site's page from a
    /// machine.
    /// </summary>
    internal static bool Handle(DeviceApi device, Gate gate, HttpRequest request, HttpResponse response)
    {
        bool script = request.PathIs(Octets.Of("/boot.ipxe"));
        bool api = !script && request.PathIs(Octets.Of("/api.ipxe"));
        if (!script && !api && !request.PathIs(Octets.Of("/report")))
        {
            return File(device, request, response);
        }

        if (!gate.AdmitsOrigin(request, response))
        {
            return true;
        }

        // What a script needs lives as long as it is made: half a percent of the heap otherwise.
        var handler = new BootHandler(device, gate.IsOwnHost(request));
        if (script)
        {
            handler.Script(request, response);
        }
        else if (api)
        {
            handler.AskApi(request, response);
        }
        else
        {
            handler.Report(request, response);
        }

        return true;
    }

    // Anybody on the network can ask in a machine's name, and so can any site that a browser on it shows. So a request changes something
    // only when that machine was heard by DHCP or TFTP lately and it comes from its address, as far as that is known; and not under a name
    // that is not ours: that is how a foreign site looks from a browser (DNS rebinding). A machine that its owner sends here by another
    // name still gets its script.
    private bool Counts(HttpRequest request, byte[] uuid) => _ownHost && _device.Journal.Expects(_mac, request.RemoteAddress, uuid);

    private void Script(HttpRequest request, HttpResponse response)
    {
        byte[] authority = _device.Authority;
        if (authority == null)
        {
            response.Text(503, NoAddress);
            return;
        }

        bool hasMac = false;
        if (Parameter(request, Octets.Of("mac")))
        {
            hasMac = MacText.Parse(_parameter.Buffer, 0, _parameter.Length, _mac, 0);
            if (!hasMac)
            {
                response.Text(400, BadMac);
                return;
            }
        }

        bool hasUuid = Parameter(request, Octets.Of("uuid")) && UuidText.Parse(_parameter.Buffer, 0, _parameter.Length, _uuid, 0);
        if (!hasMac && !hasUuid)
        {
            // Somebody's own "chain http://netboot/boot.ipxe": the answer makes the machine say who it is.
            response.Body(new ScriptReader(authority), true);
            return;
        }

        BootRules rules = _device.Rules;
        rules.Choose(hasMac ? _mac : null, 0, hasUuid ? _uuid : null, 0, PlatformOf(request), _choice);
        Profile chosen = ChosenFrom(request, rules.Settings);
        response.Body(new ScriptReader(rules.Settings, _choice, chosen, authority, hasMac ? _mac : null), true);

        // Who says only its UUID is known by its address.
        bool known = hasMac || _device.Journal.MacOf(request.RemoteAddress, 0, _mac);
        if (request.Method == HttpMethod.Get && known && Counts(request, _choice.ByUuid ? _uuid : null))
        {
            Profile profile = chosen ?? _choice.Profile;
            _device.Journal.ScriptSent(_mac, request.RemoteAddress, profile.Name, profile.Kind, profile.Initrds > 0);

            // That is its line in the log; a second one would only say the path.
            response.Quiet = true;
            if (_choice.Rule == BootRule.Once && chosen == null)
            {
                _device.OnceUsed(rules.Settings, _choice.Machine);
            }
        }
    }

    // What was chosen from a menu: only what some menu offers, and nothing for a machine that is refused. Which menu the machine has by the
    // rules is not asked: one for its next boot only is used up by then. Null: nothing was, or the settings have changed meanwhile; then it
    // gets what the rules say.
    private Profile ChosenFrom(HttpRequest request, DeviceSettings settings)
    {
        ProfileKind kind = _choice.Profile.Kind;
        if (!settings.HasMenus || kind == ProfileKind.Deny || kind == ProfileKind.Ignore || !Parameter(request, Octets.Of("profile")))
        {
            return null;
        }

        int number = settings.FindProfile(_parameter.Buffer, 0, _parameter.Length);
        return number >= 0 && MenuItem.IsInMenus(settings, settings.Profiles[number]) ? settings.Profiles[number] : null;
    }

    // What a script of kind api asks for, which names its profile: one that was for the next boot only is used up by now. Anybody may ask,
    // as for scripts.
    private void AskApi(HttpRequest request, HttpResponse response)
    {
        if (!Parameter(request, Octets.Of("mac")) || !MacText.Parse(_parameter.Buffer, 0, _parameter.Length, _mac, 0))
        {
            response.Text(400, BadMac);
            return;
        }

        DeviceSettings settings = _device.Rules.Settings;
        int number = Parameter(request, Octets.Of("profile")) ? settings.FindProfile(_parameter.Buffer, 0, _parameter.Length) : -1;
        if (number < 0 || settings.Profiles[number].Kind != ProfileKind.Api)
        {
            response.Text(404, "profile: expected the name of a profile of kind api.");
            return;
        }

        response.Quiet = true;
        bool counts = request.Method == HttpMethod.Get && Counts(request, null);
        response.Work = new ApiWork(
            _device, settings, settings.Profiles[number], settings.Machines.FindMac(_mac, 0), _mac, counts ? request.RemoteAddress : null);
    }

    // What a machine's script or system tells of its boot. It changes the journal and nothing else.
    private void Report(HttpRequest request, HttpResponse response)
    {
        if (!Parameter(request, Octets.Of("mac")) || !MacText.Parse(_parameter.Buffer, 0, _parameter.Length, _mac, 0))
        {
            response.Text(400, BadMac);
            return;
        }

        string name = Parameter(request, Octets.Of("stage")) ? _parameter.ToString() : "";
        int stage = StageNames.Parse(name);
        if (stage < (int)BootStage.Script && name != "failed")
        {
            response.Text(400, "stage: expected script, kernel, initrd, start, up or failed.");
            return;
        }

        if (!Counts(request, null))
        {
            response.Text(403,
                "Not counted: this device has not heard that machine recently, or knows it by another address. See Web/README.md.");
            return;
        }

        if (request.Method == HttpMethod.Get)
        {
            if (name == "failed")
            {
                Failed(request);
            }
            else
            {
                _device.Journal.Reported(_mac, (BootStage)stage);
            }

            response.Quiet = true;
        }

        response.Text(200, "ok");
    }

    private void Failed(HttpRequest request)
    {
        int error = Parameter(request, Octets.Of("error")) ? Octets.ParseHex(_parameter.Buffer, 0, _parameter.Length) : 0;
        var part = new ByteWriter(new byte[Log.TextCapacity + 1]);
        if (Parameter(request, Octets.Of("at")))
        {
            part.Raw(_parameter.Buffer, 0, _parameter.Length);
        }

        int length = part.Length;
        WriteUrl(request, part);
        _device.Journal.Failed(_mac, error, part.Buffer, length, part.Length);
    }

    // What could not be fetched: all that follows, as it is, for iPXE 1.0.0 puts no URL into another one's query with its separators
    // encoded.
    private static void WriteUrl(HttpRequest request, ByteWriter part)
    {
        const string Name = "&url=";
        int end = request.QueryOffset + request.QueryLength;
        for (int at = request.QueryOffset; at < end; at++)
        {
            if (request.Buffer[at] == (byte)'&' && Octets.StartsWith(request.Buffer, at, end - at, Name))
            {
                int url = at + Name.Length;
                int room = Log.TextCapacity - part.Length;
                part.Byte(' ').Raw(request.Buffer, url, end - url < room ? end - url : room);
                return;
            }
        }
    }

    private Platform PlatformOf(HttpRequest request)
    {
        // Both parameters in one buffer: what iPXE calls a machine takes two words.
        int architecture = Parameter(request, Octets.Of("arch")) ? _parameter.Length : 0;

        // Only iPXE's own i386 and x86_64 need the second; a look through the whole URL takes a board half a millisecond.
        bool isIpxes = architecture == "i386".Length || architecture == "x86_64".Length;
        int all = isIpxes && request.Query(Octets.Of("platform"), _parameter) ? _parameter.Length : architecture;
        return IpxePlatform.Parse(_parameter.Buffer, 0, architecture, architecture, all - architecture);
    }

    private bool Parameter(HttpRequest request, byte[] name)
    {
        _parameter.Clear();
        return request.Query(name, _parameter);
    }

    private static bool File(DeviceApi device, HttpRequest request, HttpResponse response)
    {
        LoaderReader reader = device.Files.Open(request.Buffer, request.PathOffset, request.PathLength);
        if (reader == null)
        {
            return false;
        }

        bool efi = request.PathLength > 5 && EndsWithEfi(request);
        response.ContentType = efi ? HttpContentTypes.Efi : HttpContentTypes.Binary;
        response.Body(reader, reader.Seekable);
        if (efi && request.Method == HttpMethod.Get)
        {
            device.Journal.LoaderFetched(request.RemoteAddress);
        }

        return true;
    }

    private static bool EndsWithEfi(HttpRequest request) =>
        Octets.IsIgnoreCase(request.Buffer, request.PathOffset + request.PathLength - 4, 4, Octets.Of(".efi"));
}
