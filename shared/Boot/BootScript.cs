using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Writes the iPXE script for one machine: at most <see cref="SettingsLimits.Script"/> bytes, whatever the settings. It retries, says on the machine's
/// screen what failed, and never leaves an unattended machine standing: after the last attempt the machine restarts.
/// </summary>
internal static class BootScript
{
    // matchbox's query, for which mirrors have rules already. Inside iPXE the card that was opened last, which is the one it booted from, is netX.
    private const string Identity =
        "uuid=${uuid}&mac=${netX/mac:hexhyp}&domain=${domain}&hostname=${hostname:uristring}&serial=${serial:uristring}&arch=${buildarch:uristring}&asset=${asset:uristring}";

    private const string MirrorAdvice = "is that server on, does this network reach it, does it have the file?";

    private const string FirstLine = "#!ipxe\n";

    // A BIOS's own boot order need not have the disk, so iPXE starts it itself.
    private const string LocalDisk =
        "\necho Netboot: starting from this machine's own disk\n"
        + "iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||\n";

    private const string SetUrl = "set nb-url ";

    /// <summary>
    /// Writes the script of a profile. <paramref name="authority"/> is the device's own address as URLs have it, <paramref name="who"/> the machine's name
    /// and address as far as they are known: it may be empty. A script is written several times over, so what never changes is one literal each.
    /// </summary>
    internal static void Write(ScriptWriter writer, DeviceSettings settings, Profile profile, byte[] authority, byte[] who, int whoLength)
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
                writer.Text(FirstLine + "echo Netboot: profile ");
                WriteTitle(writer, profile, who, whoLength);
                writer.Text(LocalDisk + ScriptParts.Leave);
                break;
            case ProfileKind.Deny:
                WriteDeny(writer, profile, authority, who, whoLength);
                break;
            default:
                // No offer leads here; a machine that asks all the same goes on to what comes next in its boot order.
                writer.Text(FirstLine + ScriptParts.Leave);
                break;
        }
    }

    private static void WriteTitle(ScriptWriter writer, Profile profile, byte[] who, int whoLength)
    {
        writer.Raw(profile.Name);
        if (whoLength > 0)
        {
            writer.Text(" for ").Raw(who, 0, whoLength);
        }
    }

    // Pixiecore's shape. Each file is its own place to come back to, so that nothing is fetched twice because another file failed.
    private static void WriteLinux(ScriptWriter writer, DeviceSettings settings, Profile profile)
    {
        writer.Text("\nset nb-from kernel\n:kernel\n" + SetUrl);
        WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileKernel, 0));
        writer.Text("\nkernel --name kernel ${nb-url}");
        int initrds = 0;
        while (initrds < SettingsLimits.Initrds && profile.Find(SettingsKey.ProfileInitrd, initrds) >= 0)
        {
            writer.Text(" initrd=initrd").Byte('0' + initrds);
            initrds++;
        }

        int line = profile.Find(SettingsKey.ProfileCommandLine, 0);
        if (line >= 0 && !profile.HasTemplates)
        {
            writer.Byte(' ').Raw(profile.Bytes(line), Profile.Offset(line), profile.Length(line));
        }
        else if (line >= 0)
        {
            CommandLine.Expand(profile.Bytes(line), Profile.Offset(line), profile.Length(line), settings.MirrorUrl, writer.Byte(' '));
        }

        writer.Text(" || goto failed\n" + ScriptParts.Report + "kernel" + ScriptParts.Free);
        for (int i = 0; i < initrds; i++)
        {
            int digit = '0' + i;
            writer.Text("set nb-from initrd").Byte(digit).Text("\n:initrd").Byte(digit).Text("\n" + SetUrl);
            WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileInitrd, i));
            writer.Text("\ninitrd --name initrd").Byte(digit).Text(" ${nb-url} || goto failed\n");
        }

        writer.Text(
            ScriptParts.Report + "start" + ScriptParts.Free + SetUrl + "kernel\nboot kernel\ngoto ended\n" + ScriptParts.Retry + MirrorAdvice);
    }

    // Fetched and started in two steps: a script that was fetched and then ended with an error is not fetched again.
    private static void WriteScript(ScriptWriter writer, DeviceSettings settings, Profile profile)
    {
        int place = profile.Find(SettingsKey.ProfileScript, 0);
        byte[] url = profile.Bytes(place);
        int offset = Profile.Offset(place);
        int length = profile.Length(place);
        writer.Text("\nset nb-from script\n:script\n" + SetUrl);
        WriteUrl(writer, settings, profile, place);
        writer.Text("\nimgfetch --name script ${nb-url}");
        if (profile.SaysWho(MirrorUrl.IsOnMirror(url, offset, length, settings.MirrorUrl)))
        {
            writer.Byte(Octets.IndexOf(url, offset, length, (byte)'?') < 0 ? '?' : '&').Text(Identity);
        }

        writer.Text(" || goto failed\nimgexec --autofree script || goto ended\ngoto leave\n" + ScriptParts.Retry + MirrorAdvice);
    }

    private static void WriteUrl(ScriptWriter writer, DeviceSettings settings, Profile profile, int place)
    {
        MirrorUrl.Write(writer, profile.Bytes(place), Profile.Offset(place), profile.Length(place), settings.MirrorUrl);
    }

    private static void WriteDeny(ScriptWriter writer, Profile profile, byte[] authority, byte[] who, int whoLength)
    {
        writer.Text(FirstLine + "echo\necho Netboot: this machine is not booted from the network");
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

        writer.Text("echo Profile ").Raw(profile.Name).Text(" says so. The device's own page: http://").Raw(authority);
        writer.Text("/\nsleep 10 ||\n" + ScriptParts.Leave);
    }
}
