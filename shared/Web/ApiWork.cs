using Netboot.Api;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
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

        Profile answer = _call.Answer;
        byte[] authority = _device.Authority;
        if (answer == null || authority == null)
        {
            Tell(WhyCode.ApiFault, _call.Status == 0 ? 0 : 1);
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
            Tell(WhyCode.NotInApi, _call.Status);
            if (_address != null)
            {
                _device.BootApi.Refuse(_mac, now);
            }
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

        Tell(WhyCode.ApiFault, 0);
        return true;
    }

    private void Tell(WhyCode why, int argument)
    {
        if (_address != null)
        {
            byte[] url = _profile.Value(SettingsKey.ProfileApi, 0);
            _device.Journal.ApiSaid(_mac, why, argument, Octets.Of(HttpTarget.AuthorityOf(Octets.Text(url, 0, url.Length))));
        }
    }
}
