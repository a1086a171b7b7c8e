using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Writes the iPXE script for one machine: at most <see cref="SettingsLimits.Script"/> bytes, whatever the settings. It retries, says on the machine's
/// screen what failed, and never leaves an unattended machine standing: after the last attempt the machine restarts.
/// </summary>
public static class BootScript
{
    // matchbox's query, for which mirrors have rules already. Inside iPXE the card that was opened last, which is the one it booted from, is netX.
    private const string Identity =
        "uuid=${uuid}&mac=${netX/mac:hexhyp}&domain=${domain}&hostname=${hostname:uristring}&serial=${serial:uristring}&arch=${buildarch:uristring}&asset=${asset:uristring}";

    private const string MirrorAdvice = "is that server on, does this network reach it, does it have the file?";

    // A BIOS's own boot order need not have the disk, so iPXE starts it itself.
    private const string LocalDisk =
        "echo Netboot: starting from this machine's own disk\n"
        + "iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||\n";

    /// <summary>
    /// Writes the script for <paramref name="choice"/>. <paramref name="authority"/> is the device's own address as URLs have it, <paramref name="mac"/> the
    /// machine's Ethernet address, or null when it did not say.
    /// </summary>
    public static void Write(ByteWriter writer, DeviceSettings settings, BootChoice choice, byte[] authority, byte[] mac, int macOffset)
    {
        Profile profile = choice.Profile;
        switch (profile.Kind)
        {
            case ProfileKind.Linux:
                ScriptParts.WriteStart(writer);
                ScriptParts.WriteJournal(writer, authority);
                WriteTitle(writer, settings, choice, mac, macOffset);
                WriteLinux(writer, settings, profile);
                ScriptParts.WriteEnd(writer, MirrorAdvice, authority);
                break;
            case ProfileKind.Script:
                ScriptParts.WriteStart(writer);
                ScriptParts.WriteJournal(writer, authority);
                WriteTitle(writer, settings, choice, mac, macOffset);
                WriteScript(writer, settings, profile);
                ScriptParts.WriteEnd(writer, MirrorAdvice, authority);
                break;
            case ProfileKind.Local:
                writer.Text("#!ipxe\n");
                WriteTitle(writer, settings, choice, mac, macOffset);
                writer.Text(LocalDisk);
                ScriptParts.WriteLeave(writer);
                break;
            case ProfileKind.Deny:
                WriteDeny(writer, settings, choice, authority, mac, macOffset);
                break;
            default:
                // No offer leads here; a machine that asks all the same goes on to what comes next in its boot order.
                writer.Text("#!ipxe\n");
                ScriptParts.WriteLeave(writer);
                break;
        }
    }

    private static void WriteTitle(ByteWriter writer, DeviceSettings settings, BootChoice choice, byte[] mac, int macOffset)
    {
        choice.Profile.WriteName(writer.Text("echo Netboot: profile "));
        WriteMachine(writer, " for ", settings, choice, mac, macOffset);
        writer.Byte('\n');
    }

    private static void WriteMachine(ByteWriter writer, string before, DeviceSettings settings, BootChoice choice, byte[] mac, int macOffset)
    {
        if (choice.Machine >= 0 && settings.Machines.HasName(choice.Machine))
        {
            writer.Text(before);
            settings.Machines.WriteName(choice.Machine, writer);
            before = " ";
        }

        if (mac != null)
        {
            writer.Text(before).Mac(mac, macOffset, ':');
        }
    }

    // Pixiecore's shape. Each file is its own place to come back to, so that nothing is fetched twice because another file failed.
    private static void WriteLinux(ByteWriter writer, DeviceSettings settings, Profile profile)
    {
        writer.Text("set nb-from kernel\n:kernel\n");
        WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileKernel, 0));
        writer.Text("\nkernel --name kernel ${nb-url}");
        int initrds = 0;
        while (initrds < SettingsLimits.Initrds && profile.Find(SettingsKey.ProfileInitrd, initrds) >= 0)
        {
            writer.Text(" initrd=initrd").Number(initrds++);
        }

        int line = profile.Find(SettingsKey.ProfileCommandLine, 0);
        if (line >= 0 && !profile.HasTemplates)
        {
            profile.Write(SettingsKey.ProfileCommandLine, 0, writer.Byte(' '));
        }
        else if (line >= 0)
        {
            CommandLine.Expand(profile.Bytes(line), Profile.Offset(line), profile.Length(line), settings.MirrorUrl, writer.Byte(' '));
        }

        writer.Text(" || goto failed\n");
        ScriptParts.WriteReport(writer, "kernel");
        for (int i = 0; i < initrds; i++)
        {
            writer.Text("set nb-from initrd").Number(i).Text("\n:initrd").Number(i).Byte('\n');
            WriteUrl(writer, settings, profile, profile.Find(SettingsKey.ProfileInitrd, i));
            writer.Text("\ninitrd --name initrd").Number(i).Text(" ${nb-url} || goto failed\n");
        }

        ScriptParts.WriteReport(writer, "start");
        writer.Text("set nb-url kernel\nboot kernel\ngoto ended\n");
    }

    // Fetched and started in two steps: a script that was fetched and then ended with an error is not fetched again.
    private static void WriteScript(ByteWriter writer, DeviceSettings settings, Profile profile)
    {
        int place = profile.Find(SettingsKey.ProfileScript, 0);
        byte[] url = profile.Bytes(place);
        int offset = Profile.Offset(place);
        int length = profile.Length(place);
        writer.Text("set nb-from script\n:script\n");
        WriteUrl(writer, settings, profile, place);
        writer.Text("\nimgfetch --name script ${nb-url}");
        if (profile.SaysWho(MirrorUrl.IsOnMirror(url, offset, length, settings.MirrorUrl)))
        {
            writer.Byte(Octets.IndexOf(url, offset, length, (byte)'?') < 0 ? '?' : '&').Text(Identity);
        }

        writer.Text(" || goto failed\nimgexec --autofree script || goto ended\ngoto leave\n");
    }

    private static void WriteUrl(ByteWriter writer, DeviceSettings settings, Profile profile, int place)
    {
        MirrorUrl.Write(writer.Text("set nb-url "), profile.Bytes(place), Profile.Offset(place), profile.Length(place), settings.MirrorUrl);
    }

    private static void WriteDeny(
        ByteWriter writer, DeviceSettings settings, BootChoice choice, byte[] authority, byte[] mac, int macOffset)
    {
        writer.Text("#!ipxe\necho\necho Netboot: this machine is not booted from the network");
        WriteMachine(writer, ": ", settings, choice, mac, macOffset);
        writer.Byte('\n');
        if (choice.Profile.Find(SettingsKey.ProfileMessage, 0) >= 0)
        {
            choice.Profile.Write(SettingsKey.ProfileMessage, 0, writer.Text("echo Reason: "));
            writer.Byte('\n');
        }

        choice.Profile.WriteName(writer.Text("echo Profile "));
        writer.Text(" says so. The device's own page: http://").Raw(authority);
        writer.Text("/\nsleep 10 ||\n");
        ScriptParts.WriteLeave(writer);
    }
}
