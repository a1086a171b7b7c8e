using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary><c>GET /api/profiles</c>: a piece for each, and last the one that is built in when nothing else is the default.</summary>
internal sealed class ProfilesJson : HttpPieces
{
    // Bytes of one: a name of 24 and its numbers.
    private const int LargestProfile = 256;

    private readonly DeviceSettings _settings;
    private readonly JsonWriter _json = new JsonWriter();

    // How many machines have each profile, and how many have it for their next boot only.
    private readonly byte[] _having;
    private readonly byte[] _once;

    internal ProfilesJson(DeviceSettings settings)
    {
        _settings = settings;
        MachineTable machines = settings.Machines;
        _having = new byte[MachineTable.None + 1];
        _once = new byte[MachineTable.None + 1];
        int count = machines.Count;
        for (int i = 0; i < count; i++)
        {
            _having[machines.Profile(i)]++;
            _once[machines.Once(i)]++;
        }
    }

    /// <inheritdoc/>
    public override int Largest => LargestProfile;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        JsonWriter json = _json.In(writer);
        int count = _settings.Profiles.Length;
        if (index == 0)
        {
            json.Begin('[');
        }

        if (index < count)
        {
            Profile profile = _settings.Profiles[index];
            WriteProfile(json, profile, _having[index], _once[index], index == _settings.DefaultProfile);
            if (_settings.HasMenus)
            {
                json.Name("menu").Value(MenuItem.IsInMenus(_settings, profile));
            }

            json.End('}');
            return true;
        }

        if (index == count)
        {
            if (_settings.DefaultProfile == MachineTable.None)
            {
                WriteProfile(json, _settings.BuiltIn, 0, 0, true).Name("builtIn").Value(true).End('}');
            }

            json.End(']');
            return true;
        }

        return false;
    }

    // Names are checked by the settings: nothing in them needs an escape.
    private static JsonWriter WriteProfile(JsonWriter json, Profile profile, int having, int once, bool isDefault)
    {
        profile.WriteName(json.Begin('{').Name("name").BeginText());
        SettingsTable.WriteWord(SettingsKey.ProfileKind, (int)profile.Kind, json.EndText().Name("kind").BeginText());
        json.EndText().Name("machines").Value(having).Name("once").Value(once);
        return json.Name("default").Value(isDefault);
    }
}
