using Netboot.Api;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>A machine waits for what the API of its profile says. What it is given, and what went wrong, the journal hears.</summary>
internal sealed class ApiWork : HttpWork
{
    private const int BadGateway = 502;

    private readonly DeviceApi _device;
    private readonly DeviceSettings _settings;
    private readonly Profile _profile;
    private readonly int _machine;
    private readonly byte[] _mac;
    private readonly byte[] _address;
    private BootApiCall _call;

    /// <summary>
    /// For machine <paramref name="machine"/> of the settings (-1: it is not listed) and that Ethernet address, by a profile of kind api.
    /// <paramref name="address"/> is the machine's IPv4 address; null: somebody asks in its name, and the journal is told nothing.
    /// </summary>
    internal ApiWork(DeviceApi device, DeviceSettings settings, Profile profile, int machine, byte[] mac, byte[] address)
    {
        _device = device;
        _settings = settings;
        _profile = profile;
        _machine = machine;
        _mac = mac;
        _address = address == null ? null : new[] { address[0], address[1], address[2], address[3] };
    }

    /// <inheritdoc/>
    public override bool Step(HttpResponse response, long now)
    {
        if (_call == null)
        {
            _call = _device.BootApi.Ask(_profile, _mac, _settings.MirrorUrl);
        }

        if (_call == null)
        {
            return false;
        }

        _call.Watch(now);
        if (!_call.Done)
        {
            return false;
        }

        byte[] authority = _device.Authority;
        if (authority == null)
        {
            response.Text(503, BootHandler.NoAddress);
            return true;
        }

        Profile answer = _call.Answer;
        if (answer == null)
        {
            Tell(WhyCode.ApiFault, _call.Status == 0 ? 0 : 1, _call.Fault);
            response.Text(BadGateway, "The API of this profile gave no answer that can be used. See the device's page.");
            return true;
        }

        response.Body(new ScriptReader(_settings, _machine, answer, authority, _mac), true);
        if (_address != null)
        {
            _device.Journal.ScriptSent(_mac, _address, _profile.Name, answer.Kind, answer.Initrds > 0);
        }

        if (answer.Kind == ProfileKind.Ignore)
        {
            Tell(WhyCode.NotInApi, _call.Status, null);
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool GiveUp()
    {
        if (_call != null)
        {
            _call.Close();
        }

        Tell(WhyCode.ApiFault, 0, _call == null ? "is busy with other machines" : "does not answer");
        return true;
    }

    private void Tell(WhyCode why, int argument, string fault)
    {
        if (_address == null)
        {
            return;
        }

        byte[] url = _profile.Value(SettingsKey.ProfileApi, 0);
        string api = Octets.Text(url, 0, url.Length);
        _device.Journal.ApiSaid(_mac, why, argument, Octets.Of(HttpTarget.AuthorityOf(api)));
        if (fault == null)
        {
            _device.BootApi.Refuse(_mac, DeviceClock.Now);
            return;
        }

        byte[] line = Octets.Of(api + ": " + fault);
        _device.Log.Add(Subsystem.Mirror, LogEvent.Note, _mac, 0, MacText.Size, 0, 0, line, 0, line.Length);
    }
}
