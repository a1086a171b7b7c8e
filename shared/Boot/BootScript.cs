using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Writes the iPXE script for one machine: at most <see cref="SettingsLimits.Script"/> bytes, whatever the settings. It retries, says on
/// the machine's screen what failed, and never leaves an unattended machine standing: after the last attempt the machine restarts.
/// </summary>
internal static class BootScript
{
    // matchbox's query, for which mirrors have rules already. Inside iPXE the card that was opened last, which is the one it booted from,
    // is netX.
    private const string Identity =
        "uuid=${uuid}&mac=${netX/mac:hexhyp}&domain=${domain}&hostname=${hostname:uristring}&serial=${serial:uristring}&arch=${buildarch:uristring}&asset=${asset:uristring}";

    private const string MirrorAdvice = "is that server on, can this network reach it, does it have the file?";

    // A BIOS's own boot order need not have the disk, so iPXE starts it itself.
    private const string LocalDisk =
        "\necho Netboot: starting from this machine's own disk\n"
        + "iseq ${platform} pcbios || goto leave\n"
        + "sanboot --no-describe --drive 0x80 ||\n"
        + "echo Netboot: NOT BOOTED. Its first disk does not boot (error ${errno:hexraw}); trying the next entry in its boot order\n"
        + "sleep 10 ||\n"
        + ScriptParts.LeaveLabel;

    private const string SetUrl = "set nb-url ";

    // What an initrd is called that the command line has no name for, with a digit after it; beside names of the owner's it is none that a
    // person would give.
    private const string Initrd = "initrd";
    private const string FurtherInitrd = "nb-initrd";

    /// <summary>
    /// Writes the script of a profile. <paramref name="authority"/> is the device's own address as URLs have it, <paramref name="who"/> the
    /// machine's name and address as far as they are known: it may be empty. A script is written several times over, so what never changes
    /// is one literal each.
    /// </summary>
    internal static void Write(PartWriter writer, DeviceSettings settings, Profile profile, byte[] authority, byte[] who, int whoLength)
    {
        switch (profile.Kind)
        {
            case ProfileKind.Linux:
                ScriptParts.WriteJournal(writer, authority);
                WriteTitle(writer, profile, who, whoLength);
                WriteLinux(writer, settings, profile);
                ScriptParts.WriteEnd(writer, authority);
                break;
            case ProfileKind.Script:
                ScriptParts.WriteJournal(writer, authority);
                WriteTitle(writer, profile, who, whoLength);
                WriteScript(writer, settings, profile);
                ScriptParts.WriteEnd(writer, authority);
                break;
            case ProfileKind.Local:
                writer.Text(ScriptParts.FirstLines + "echo Netboot: profile ");
                WriteTitle(writer, profile, who, whoLength);
                writer.Text(LocalDisk + ScriptParts.Leave);
                break;
            case ProfileKind.Deny:
                WriteDeny(writer, profile, authority, who, whoLength);
                break;
            default:
                // No offer leads here; a machine that asks all the same goes on to what comes next in its boot order.
                writer.Text(ScriptParts.FirstLines + ScriptParts.Leave);
                break;
        }
    }

    private static void WriteTitle(PartWriter writer, Profile profile, byte[] who, int whoLength)
    {
        writer.Raw(profile.Name);
        if (whoLength > 0)
        {
            writer.Text(" for ").Raw(who, 0, whoLength);
        }
    }

    // Pixiecore's shape. Each file is its own place to come back to, so that nothing is fetched twice because another file failed. The
    // kernel is fetched and then chosen in two steps, as a script: one that came and is not a kernel is not fetched nine times more.
    private static void WriteLinux(PartWriter writer, DeviceSettings settings, Profile profile)
    {
        writer.Text("\nset nb-from kernel ||\n:kernel\n" + ScriptParts.Clean + SetUrl);
        WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileKernel, 0));
        writer.Text(" ||\nset nb-kernel ${nb-url} ||\nimgfetch --name kernel ${nb-url} || goto failed\nkernel kernel");
        int initrds = profile.Initrds;
        int line = profile.Find(SettingsKey.ProfileCommandLine, 0);
        int named = line >= 0 && profile.NamesInitrds
            ? InitrdNames.Count(profile.Bytes(line), Profile.Offset(line), profile.Length(line), initrds) : 0;
        for (int i = 0; named == 0 && i < initrds; i++)
        {
            writer.Text(" initrd=" + Initrd).Byte('0' + i);
        }

        if (line >= 0)
        {
            WriteCommandLine(writer.Byte(' '), settings, profile, line, named);
        }

        // After its own: a kernel that takes them one by one takes them in this order.
        for (int i = named; named > 0 && i < initrds; i++)
        {
            writer.Text(" initrd=" + FurtherInitrd).Byte('0' + i);
        }

        writer.Text(" || goto ended\n" + ScriptParts.Report + "kernel" + ScriptParts.Free);
        for (int i = 0; i < initrds; i++)
        {
            int digit = '0' + i;
            writer.Text("set nb-from initrd").Byte(digit).Text(" ||\n:initrd").Byte(digit).Text("\n" + SetUrl);
            WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileInitrd, i));
            if (i < named)
            {
                InitrdNames.WriteName(profile.Bytes(line), Profile.Offset(line), profile.Length(line), i,
                    writer.Text(" ||\ninitrd --name "));
            }
            else
            {
                writer.Text(named == 0 ? " ||\ninitrd --name " + Initrd : " ||\ninitrd --name " + FurtherInitrd).Byte(digit);
            }

            writer.Text(" ${nb-url} || goto failed\n");
        }

        writer.Text(
            "set nb-from start ||\n:start\n" + SetUrl + "${nb-kernel} ||\n" + ScriptParts.Report + "start" + ScriptParts.Free
            + "boot kernel || goto ended\ngoto leave\n" + ScriptParts.Retry + MirrorAdvice);
    }

    private static void WriteCommandLine(PartWriter writer, DeviceSettings settings, Profile profile, int line, int named)
    {
        byte[] text = profile.Bytes(line);
        int offset = Profile.Offset(line);
        int length = profile.Length(line);
        if (profile.NamesInitrds)
        {
            InitrdNames.WriteCommandLine(text, offset, length, named, settings.MirrorUrl, writer);
        }
        else if (profile.HasTemplates)
        {
            CommandLine.Expand(text, offset, length, settings.MirrorUrl, writer);
        }
        else
        {
            writer.Raw(text, offset, length);
        }
    }

    // Fetched and started in two steps: a script that was fetched and then ended with an error is not fetched again.
    private static void WriteScript(PartWriter writer, DeviceSettings settings, Profile profile)
    {
        int place = profile.Find(SettingsKey.ProfileScript, 0);
        byte[] url = profile.Bytes(place);
        int offset = Profile.Offset(place);
        int length = profile.Length(place);
        writer.Text("\nset nb-from script ||\n:script\n" + SetUrl);
        WriteUrl(writer, settings, profile, place);
        writer.Text(" ||\nimgfetch --name script ${nb-url}");
        if (profile.SaysWho(MirrorUrl.IsOnMirror(url, offset, length, settings.MirrorUrl)))
        {
            writer.Byte(Octets.IndexOf(url, offset, length, (byte)'?') < 0 ? '?' : '&').Text(Identity);
        }

        writer.Text(" || goto failed\nimgexec --autofree script || goto ended\ngoto leave\n" + ScriptParts.Retry + MirrorAdvice);
    }

    private static void WriteUrl(PartWriter writer, DeviceSettings settings, Profile profile, int place) =>
        MirrorUrl.Write(writer, profile.Bytes(place), Profile.Offset(place), profile.Length(place), settings.MirrorUrl);

    private static void WriteDeny(PartWriter writer, Profile profile, byte[] authority, byte[] who, int whoLength)
    {
        writer.Text(ScriptParts.FirstLines + "echo\necho Netboot: this machine will not boot from the network");
        if (whoLength > 0)
        {
            writer.Text(": ").Raw(who, 0, whoLength);
        }

        writer.Byte('\n');
        int message = profile.Find(SettingsKey.ProfileMessage, 0);
        if (message >= 0)
        {
            writer.Text("echo Reason: ").Raw(profile.Bytes(message), Profile.Offset(message), profile.Length(message)).Byte('\n');
        }

        writer.Text("echo Profile ").Raw(profile.Name).Text(" forbids it. The device's page: http://").Raw(authority);
        writer.Text("/\nsleep 10 ||\n" + ScriptParts.Leave);
    }
}
