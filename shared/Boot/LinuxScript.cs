using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// The script that starts a kernel, in Pixiecore's shape. Each file is its own place to come back to, so that nothing is fetched twice
/// because another file failed. The kernel is fetched and then chosen in two steps, as a script: one that came and is not a kernel is not
/// fetched nine times more.
/// </summary>
internal static class LinuxScript
{
    // What an initrd is called that the command line has no name for, with a digit after it; beside names of the owner's it is none that a
    // person would give.
    private const string Initrd = "initrd";
    private const string FurtherInitrd = "nb-initrd";

    /// <summary>Writes it from the first line that is the profile's own.</summary>
    internal static void Write(PartWriter writer, ScriptFacts facts)
    {
        Profile profile = facts.Profile;
        writer.Text("\nset nb-from kernel ||\n:kernel\n" + ScriptParts.Clean + ScriptText.SetUrl);
        ScriptText.WriteUrl(writer, facts, profile.Find(SettingsKey.ProfileKernel, 0));
        writer.Text(" ||\nset nb-kernel ${nb-url} ||\nimgfetch --name kernel ${nb-url} || goto failed\nkernel kernel");
        int line = profile.Find(SettingsKey.ProfileCommandLine, 0);
        int named = profile.NamesInitrds
            ? InitrdNames.Count(profile.Bytes(line), Profile.Offset(line), profile.Length(line), Archives(profile)) : 0;
        if (named == 0)
        {
            WriteInitrdNames(writer, profile, 0);
        }

        if (line >= 0)
        {
            WriteCommandLine(writer.Byte(' '), facts, line, named);
        }

        if (named > 0)
        {
            // After its own: a kernel that takes them one by one takes them in this order.
            WriteInitrdNames(writer, profile, named);
        }

        writer.Text(" || goto ended\n" + ScriptParts.Report + "kernel" + ScriptParts.Free);
        WriteInitrds(writer, facts, line, named);
        writer.Text(
            "set nb-from start ||\n:start\n" + ScriptText.SetUrl + "${nb-kernel} ||\n" + ScriptParts.Report + "start" + ScriptParts.Free
            + "boot kernel || goto ended\ngoto leave\n");
        ScriptParts.WriteEnd(writer, facts.Authority, ScriptText.MirrorAdvice, profile.HasLongUrls);
    }

    // How many of the initrds are archives, which have no name of their own.
    private static int Archives(Profile profile)
    {
        if (!profile.HasFileNames)
        {
            return profile.Initrds;
        }

        int count = 0;
        for (int place = profile.Find(SettingsKey.ProfileInitrd, 0); place >= 0; place = profile.Next(place))
        {
            count += IsArchive(profile, place) ? 1 : 0;
        }

        return count;
    }

    private static bool IsArchive(Profile profile, int place) =>
        InitrdValue.UrlLength(profile.Bytes(place), Profile.Offset(place), profile.Length(place)) == profile.Length(place);

    // Words of the command line, for the archives after the first ones, which have their names there.
    private static void WriteInitrdNames(PartWriter writer, Profile profile, int named)
    {
        int count = profile.Initrds;
        bool files = profile.HasFileNames;
        int archive = 0;
        for (int number = 0; number < count; number++)
        {
            if ((!files || IsArchive(profile, profile.Find(SettingsKey.ProfileInitrd, number))) && archive++ >= named)
            {
                writer.Text(named == 0 ? " initrd=" + Initrd : " initrd=" + FurtherInitrd).Byte('0' + number);
            }
        }
    }

    // A file with a name of its own gets it twice: as the file in the root that older and newer builds make of it, and as the image's name,
    // by which wimboot finds it on UEFI.
    private static void WriteInitrds(PartWriter writer, ScriptFacts facts, int line, int named)
    {
        const string Named = " ||\ninitrd --name ";
        Profile profile = facts.Profile;
        bool files = profile.HasFileNames;
        int count = profile.Initrds;
        int archive = 0;
        int place = -1;
        for (int number = 0; number < count; number++)
        {
            place = number == 0 ? profile.Find(SettingsKey.ProfileInitrd, 0) : profile.Next(place);
            int digit = '0' + number;
            writer.Text("set nb-from initrd").Byte(digit).Text(" ||\n:initrd").Byte(digit).Text("\n" + ScriptText.SetUrl);
            int length = profile.Length(place);
            int url = files ? InitrdValue.UrlLength(profile.Bytes(place), Profile.Offset(place), length) : length;
            ScriptText.WriteUrl(writer, facts, place, url);
            if (url < length)
            {
                WriteFileName(writer.Text(Named), profile, place, url);
                continue;
            }

            if (archive < named)
            {
                InitrdNames.WriteName(profile.Bytes(line), Profile.Offset(line), profile.Length(line), archive, writer.Text(Named));
            }
            else
            {
                writer.Text(named == 0 ? Named + Initrd : Named + FurtherInitrd).Byte(digit);
            }

            archive++;
            writer.Text(" ${nb-url} || goto failed\n");
        }
    }

    private static void WriteFileName(PartWriter writer, Profile profile, int place, int url)
    {
        byte[] bytes = profile.Bytes(place);
        int name = Profile.Offset(place) + url + 1;
        int length = profile.Length(place) - url - 1;
        writer.Raw(bytes, name, length).Text(" ${nb-url} ").Raw(bytes, name, length).Text(" || goto failed\n");
    }

    private static void WriteCommandLine(PartWriter writer, ScriptFacts facts, int line, int named)
    {
        Profile profile = facts.Profile;
        byte[] text = profile.Bytes(line);
        int offset = Profile.Offset(line);
        int length = profile.Length(line);
        if (profile.NamesInitrds)
        {
            InitrdNames.WriteCommandLine(text, offset, length, named, facts, writer);
        }
        else
        {
            ScriptText.Write(writer, facts, text, offset, length, false);
        }
    }
}
