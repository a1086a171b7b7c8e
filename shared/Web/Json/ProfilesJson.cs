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
        int count = _settings.Profiles.Length;
        if (index < count)
        {
            WriteProfile(writer.Text(index == 0 ? "[" : ","), index);
            return true;
        }

        if (index == count)
        {
            if (_settings.DefaultProfile == MachineTable.None)
            {
                WriteHead(writer.Text(count == 0 ? "[" : ","), _settings.BuiltIn);
                writer.Text(",\"machines\":0,\"once\":0,\"default\":true,\"builtIn\":true}");
            }

            writer.Byte(']');
            return true;
        }

        return false;
    }

    private static void WriteHead(ByteWriter writer, Profile profile)
    {
        // Names are checked by the settings: nothing in them needs an escape.
        profile.WriteName(writer.Text("{\"name\":\""));
        writer.Text("\",\"kind\":\"").Text(profile.KindName).Byte('"');
    }

    private void WriteProfile(ByteWriter writer, int profile)
    {
        WriteHead(writer, _settings.Profiles[profile]);
        writer.Text(",\"machines\":").Number(_having[profile]).Text(",\"once\":").Number(_once[profile]);
        writer.Text(profile == _settings.DefaultProfile ? ",\"default\":true}" : ",\"default\":false}");
    }
}
