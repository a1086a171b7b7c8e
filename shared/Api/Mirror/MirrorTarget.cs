using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>Which file of the mirror is looked at.</summary>
public static class MirrorTarget
{
    /// <summary>Bytes of a URL in a diagnosis: it shares a piece of an answer with what else is known of the machine.</summary>
    private const int LongestShown = 200;

    private const string Initrd = "initrd";

    /// <summary>
    /// Finds the absolute URL that stands for <paramref name="url"/>: itself, relative to the mirror, or, for null and empty, what a
    /// machine without a rule would fetch. Gives null, or in plain words why the board cannot fetch it.
    /// </summary>
    public static string Find(string url, DeviceSettings settings, out string absolute)
    {
        byte[] given = url == null || url == "" ? Default(settings) : Octets.Of(url);
        absolute = url;
        if (given == null)
        {
            return "the default profile names no file of the mirror: say which address to check";
        }

        if (given.Length > SettingsLimits.CheckedUrl)
        {
            absolute = null;
            return "the address is longer than " + SettingsLimits.CheckedUrl.ToString() + " characters";
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
            return "this address needs a mirror, and no mirror is set";
        }

        if (!MirrorUrl.CanBeFetched(whole, 0, whole.Length))
        {
            return "the board can fetch only http; iPXE on the machines may support https";
        }

        return Octets.IndexOf(whole, 0, whole.Length, (byte)'{') >= 0
            ? "the address has a { } in it that is filled in for each machine" : null;
    }

    /// <summary>
    /// The absolute URL of the file that a machine takes long over, null when its profile has none: the kernel, or the first initrd.
    /// </summary>
    public static string Of(Profile profile, BootStage stage, DeviceSettings settings)
    {
        SettingsKey key = stage == BootStage.Kernel || profile.Find(SettingsKey.ProfileInitrd, 0) < 0
            ? SettingsKey.ProfileKernel : SettingsKey.ProfileInitrd;
        int place = profile.Kind == ProfileKind.Linux ? profile.Find(key, 0) : -1;
        return place < 0 || UrlLength(profile, place) > SettingsLimits.CheckedUrl ? null : Absolute(UrlAt(profile, place), settings);
    }

    /// <summary>
    /// After a diagnosis that is about a file: which URL it has by the settings as they are now. What the machine was told may be another
    /// one, by a next-boot-only profile or by settings that were changed since; then it may be none.
    /// </summary>
    public static void WriteUrl(ByteWriter writer, MachineRecord record, BootRules rules)
    {
        if (record.Why != WhyCode.NameUnknown && (record.Why < WhyCode.MirrorUnreachable || record.Why > WhyCode.MirrorSlow))
        {
            return;
        }

        BootChoice choice = rules.Choose(record.Mac, 0, record.HasUuid ? record.Uuid : null, 0, record.Platform, new BootChoice());
        int place = FileOf(choice.Profile, record, out int word, out int length);
        if (place < 0)
        {
            return;
        }

        byte[] mirror = rules.Settings.MirrorUrl;
        byte[] url = choice.Profile.Bytes(place);
        int size = UrlLength(choice.Profile, place);
        int before = MirrorUrl.BaseLength(url, Profile.Offset(place), size, mirror);
        writer.Text("; in the settings its ").Raw(record.Text, word, length).Text(" is ");
        int room = WriteCut(writer, mirror, 0, before, LongestShown);
        WriteCut(writer, url, Profile.Offset(place), size, room);
        if (mirror == null && choice.Rule == BootRule.BuiltIn)
        {
            writer.Text(", the public menu on the internet, as no mirror is set");
        }
    }

    // The file that the diagnosis's text begins with, "no" before it passed over: its place in the profile, or -1.
    private static int FileOf(Profile profile, MachineRecord record, out int word, out int length)
    {
        byte[] text = record.Text;
        word = Octets.StartsWith(text, 0, record.TextLength, "no ") ? 3 : 0;
        int space = Octets.IndexOf(text, word, record.TextLength - word, (byte)' ');
        length = (space < 0 ? record.TextLength : space) - word;
        if (profile.Kind == ProfileKind.Script)
        {
            return Octets.Is(text, word, length, "script") ? profile.Find(SettingsKey.ProfileScript, 0) : -1;
        }

        if (profile.Kind != ProfileKind.Linux)
        {
            return -1;
        }

        if (Octets.Is(text, word, length, "kernel"))
        {
            return profile.Find(SettingsKey.ProfileKernel, 0);
        }

        int number = length == Initrd.Length + 1 ? text[word + Initrd.Length] - '0' : 0;
        return Octets.StartsWith(text, word, length, Initrd) && length <= Initrd.Length + 1 && number >= 0
            && number < SettingsLimits.Initrds
            ? profile.Find(SettingsKey.ProfileInitrd, number) : -1;
    }

    // Gives the room that is left.
    private static int WriteCut(ByteWriter writer, byte[] url, int offset, int length, int room)
    {
        if (length == 0 || room == 0)
        {
            return room;
        }

        writer.Raw(url, offset, length < room ? length : room);
        if (length > room)
        {
            writer.Text("...");
        }

        return length < room ? room - length : 0;
    }

    private static byte[] Default(DeviceSettings settings)
    {
        int number = settings.DefaultProfile;
        Profile profile = number == MachineTable.None ? settings.BuiltIn : settings.Profiles[number];
        return profile.Value(profile.Kind == ProfileKind.Linux ? SettingsKey.ProfileKernel : SettingsKey.ProfileScript, 0);
    }

    // An initrd's value has a name behind its URL.
    private static int UrlLength(Profile profile, int place) =>
        InitrdValue.UrlLength(profile.Bytes(place), Profile.Offset(place), profile.Length(place));

    private static byte[] UrlAt(Profile profile, int place)
    {
        var url = new byte[UrlLength(profile, place)];
        System.Array.Copy(profile.Bytes(place), Profile.Offset(place), url, 0, url.Length);
        return url;
    }

    private static string Absolute(byte[] url, DeviceSettings settings)
    {
        var writer = new ByteWriter(64, SettingsLimits.CheckedUrl + SettingsLimits.FolderUrl);
        MirrorUrl.Write(writer, url, 0, url.Length, settings.MirrorUrl);
        return writer.ToString();
    }
}
