using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>Which file of the mirror is looked at.</summary>
public static class MirrorTarget
{
    /// <summary>
    /// Finds the absolute URL that stands for <paramref name="url"/>: itself, relative to the mirror, or, for null and empty, what a machine without a rule would
    /// fetch. Gives null, or in plain words why the board cannot fetch it.
    /// </summary>
    public static string Find(string url, DeviceSettings settings, out string absolute)
    {
        byte[] given = url == null || url == "" ? Default(settings) : Octets.Of(url);
        absolute = url;
        if (given == null)
        {
            return "a machine without a rule fetches nothing from the mirror: its profile says so";
        }

        if (given.Length > SettingsLimits.ResolvedUrl)
        {
            absolute = null;
            return "that address is too long";
        }

        var error = new SettingsError();
        if (!UrlText.Check(given, 0, given.Length, false, false, error))
        {
            return error.Message;
        }

        absolute = Absolute(given, settings);
        byte[] whole = Octets.Of(absolute);
        if (!MirrorUrl.IsAbsolute(whole, 0, whole.Length))
        {
            return "no mirror is set that this address could be on";
        }

        if (!MirrorUrl.CanBeFetched(whole, 0, whole.Length))
        {
            return "the board fetches over http only; machines' iPXE may do https";
        }

        return Octets.IndexOf(whole, 0, whole.Length, (byte)'$') >= 0 ? "the address has a ${ } in it that only iPXE on a machine knows" : null;
    }

    /// <summary>The absolute URL of the file that a machine takes long over, null when its profile has none: the kernel, or the first initrd.</summary>
    public static string Of(Profile profile, BootStage stage, DeviceSettings settings)
    {
        SettingsKey key = stage == BootStage.Kernel || profile.Find(SettingsKey.ProfileInitrd, 0) < 0 ? SettingsKey.ProfileKernel : SettingsKey.ProfileInitrd;
        byte[] url = profile.Kind == ProfileKind.Linux ? profile.Value(key, 0) : null;
        return url == null ? null : Absolute(url, settings);
    }

    private static byte[] Default(DeviceSettings settings)
    {
        int number = settings.DefaultProfile;
        Profile profile = number == MachineTable.None ? settings.BuiltIn : settings.Profiles[number];
        return profile.Value(profile.Kind == ProfileKind.Linux ? SettingsKey.ProfileKernel : SettingsKey.ProfileScript, 0);
    }

    private static string Absolute(byte[] url, DeviceSettings settings)
    {
        var writer = new ByteWriter(64, SettingsLimits.Url * 3);
        MirrorUrl.Write(writer, url, 0, url.Length, settings.MirrorUrl);
        return writer.ToString();
    }
}
