using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Answers machines: the generated script, <c>autoexec.ipxe</c>, loaders for UEFI HTTP boot, and their reports. All of it is open to every machine on the
/// network, as DHCP and TFTP are: a machine that boots cannot log in.
/// </summary>
internal sealed class BootHandler
{
    /// <summary>Longest parameter of a script's URL that is looked at; a UUID has 36 characters.</summary>
    private const int LongestParameter = 48;

    private readonly NetbootDevice _device;
    private readonly BootChoice _choice = new BootChoice();
    private readonly ByteWriter _parameter = new ByteWriter(new byte[LongestParameter]);
    private readonly byte[] _mac = new byte[MacText.Size];
    private readonly byte[] _uuid = new byte[UuidText.Size];

    private BootHandler(NetbootDevice device)
    {
        _device = device;
    }

    /// <summary>Answers a GET or HEAD; false when it asks for nothing of a machine's.</summary>
    internal static bool Handle(NetbootDevice device, HttpRequest request, HttpResponse response)
    {
        // What a script needs lives as long as it is made: half a percent of the heap otherwise.
        if (request.PathIs(Octets.Of("/boot.ipxe")))
        {
            new BootHandler(device).Script(request, response);
            return true;
        }

        if (request.PathIs(Octets.Of("/report")))
        {
            new BootHandler(device).Report(request, response);
            return true;
        }

        return File(device, request, response);
    }

    private void Script(HttpRequest request, HttpResponse response)
    {
        byte[] authority = _device.Authority;
        if (authority == null)
        {
            response.Text(503, "The device has no address at the moment.");
            return;
        }

        bool hasMac = false;
        if (Parameter(request, Octets.Of("mac")))
        {
            hasMac = MacText.Parse(_parameter.Buffer, 0, _parameter.Length, _mac, 0);
            if (!hasMac)
            {
                response.Text(400, "mac: six bytes in hexadecimal are expected, such as 52-54-00-12-34-56.");
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
        response.Body(new ScriptReader(rules.Settings, _choice, authority, hasMac ? _mac : null, 0), true);
        if (request.Method == HttpMethod.Get)
        {
            byte[] profile = _choice.Profile.Name;
            int address = Octets.ReadInt32(request.RemoteAddress, 0);
            _device.Log.Add(
                Subsystem.Http, LogEvent.ScriptSent, hasMac ? _mac : null, 0, MacText.Size, address, (int)_choice.Profile.Kind, profile, 0, profile.Length);
            if (_choice.Rule == BootRule.Once)
            {
                _device.OnceUsed(rules.Settings, _choice.Machine);
            }
        }
    }

    // What a machine's script or system tells of its boot. It changes the journal and nothing else, and anybody on the network may say it: see Web/README.md.
    private void Report(HttpRequest request, HttpResponse response)
    {
        if (!Parameter(request, Octets.Of("mac")) || !MacText.Parse(_parameter.Buffer, 0, _parameter.Length, _mac, 0))
        {
            response.Text(400, "mac: six bytes in hexadecimal are expected, such as 52-54-00-12-34-56.");
            return;
        }

        string name = Parameter(request, Octets.Of("stage")) ? _parameter.ToString() : "";
        int stage = StageNames.Parse(name);
        if (stage < (int)BootStage.Script && name != "failed")
        {
            response.Text(400, "stage: script, kernel, initrd, start, up or failed is expected.");
            return;
        }

        int error = Parameter(request, Octets.Of("error")) ? Octets.ParseHex(_parameter.Buffer, 0, _parameter.Length) : 0;
        byte[] part = name == "failed" && Parameter(request, Octets.Of("at")) ? Octets.Of(_parameter.ToString()) : new byte[0];
        _device.Log.Add(Subsystem.Http, LogEvent.Reported, _mac, 0, MacText.Size, stage, error, part, 0, part.Length);
        response.Text(200, "ok");
    }

    private Platform PlatformOf(HttpRequest request)
    {
        // Both parameters in one buffer: what iPXE calls a machine takes two words.
        int architecture = Parameter(request, Octets.Of("arch")) ? _parameter.Length : 0;
        int all = request.Query(Octets.Of("platform"), _parameter) ? _parameter.Length : architecture;
        return IpxePlatform.Parse(_parameter.Buffer, 0, architecture, architecture, all - architecture);
    }

    private bool Parameter(HttpRequest request, byte[] name)
    {
        _parameter.Clear();
        return request.Query(name, _parameter);
    }

    private static bool File(NetbootDevice device, HttpRequest request, HttpResponse response)
    {
        LoaderReader reader = device.Files.Open(request.Buffer, request.PathOffset, request.PathLength);
        if (reader == null)
        {
            return false;
        }

        response.ContentType = request.PathLength > 5 && EndsWithEfi(request) ? HttpContentTypes.Efi : HttpContentTypes.Binary;
        response.Body(reader, reader.Seekable);
        return true;
    }

    private static bool EndsWithEfi(HttpRequest request)
    {
        return Octets.IsIgnoreCase(request.Buffer, request.PathOffset + request.PathLength - 4, 4, Octets.Of(".efi"));
    }
}
