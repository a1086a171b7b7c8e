using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Writes the iPXE script for one machine. It retries, says on the machine's screen what failed, and does not leave an unattended machine
/// standing: after the last attempt the machine restarts. Only a menu without a time and an inline script do what their owner says.
/// </summary>
internal static class BootScript
{
    // matchbox's query, for which mirrors have rules already. Inside iPXE the card that was opened last, which is the one it booted from,
    // is netX.
    private const string Identity =
        "uuid=${uuid}&mac=${netX/mac:hexhyp}&domain=${domain}&hostname=${hostname:uristring}&serial=${serial:uristring}&arch=${buildarch:uristring}&asset=${asset:uristring}";

    // A BIOS's own boot order need not have the disk, so iPXE starts it itself.
    private const string LocalDisk =
        "\necho Netboot: starting from this machine's own disk\n"
        + "iseq ${platform} pcbios || goto leave\n"
        + "sanboot --no-describe --drive 0x80 ||\n"
        + "echo Netboot: NOT BOOTED. Its first disk does not boot (error ${errno:hexraw}); trying the next entry in its boot order\n"
        + "sleep 10 ||\n"
        + ScriptParts.LeaveLabel;

    /// <summary>Writes the script of a profile. It is written several times over, so what never changes is one literal each.</summary>
    internal static void Write(PartWriter writer, ScriptFacts facts)
    {
        switch (facts.Profile.Kind)
        {
            case ProfileKind.Linux:
                WriteHead(writer, facts);
                LinuxScript.Write(writer, facts);
                break;
            case ProfileKind.Script:
                WriteHead(writer, facts);
                WriteScript(writer, facts);
                break;
            case ProfileKind.Menu:
                WriteHead(writer, facts);
                MenuScript.Write(writer, facts);
                break;
            case ProfileKind.Inline:
                WriteHead(writer, facts);
                WriteInline(writer, facts);
                break;
            case ProfileKind.Api:
                WriteHead(writer, facts);
                WriteApi(writer, facts);
                break;
            case ProfileKind.Local:
                writer.Text(ScriptParts.FirstLines + "echo Netboot: profile ");
                WriteTitle(writer, facts);
                writer.Text(LocalDisk + ScriptParts.Leave);
                break;
            case ProfileKind.Deny:
                WriteDeny(writer, facts);
                break;
            default:
                // No offer leads here, only a menu, or a machine that asks all the same: it goes on in its boot order.
                writer.Text(ScriptParts.FirstLines + ScriptParts.Leave);
                break;
        }
    }

    private static void WriteHead(PartWriter writer, ScriptFacts facts)
    {
        ScriptParts.WriteJournal(writer, facts.Authority);
        WriteTitle(writer, facts);
        if (facts.IsOfApi)
        {
            int message = facts.Profile.Find(SettingsKey.ProfileMessage, 0);
            if (message >= 0)
            {
                writer.Text("\necho ").Raw(facts.Profile.Bytes(message), Profile.Offset(message), facts.Profile.Length(message));
            }
        }
    }

    private static void WriteTitle(PartWriter writer, ScriptFacts facts)
    {
        facts.Profile.WriteName(writer);
        if (facts.WhoLength > 0)
        {
            writer.Text(" for ").Raw(facts.Who, 0, facts.WhoLength);
        }
    }

    // A script of the owner's, as it stands in the settings. What goes wrong in it is his to see to, as in any script; behind its last line
    // the machine goes on in its boot order.
    private static void WriteInline(PartWriter writer, ScriptFacts facts)
    {
        Profile profile = facts.Profile;
        writer.Byte('\n');
        for (int place = profile.Find(SettingsKey.ProfileLine, 0); place >= 0; place = profile.Next(place))
        {
            ScriptText.Write(writer, facts, profile.Bytes(place), Profile.Offset(place), profile.Length(place), false);
            writer.Byte('\n');
        }

        writer.Text(ScriptParts.Leave);
    }

    // Fetched and started in two steps: a script that was fetched and then ended with an error is not fetched again.
    private static void WriteScript(PartWriter writer, ScriptFacts facts)
    {
        Profile profile = facts.Profile;
        int place = profile.Find(SettingsKey.ProfileScript, 0);
        byte[] url = profile.Bytes(place);
        int offset = Profile.Offset(place);
        int length = profile.Length(place);
        writer.Text("\nset nb-from script ||\n:script\n" + ScriptText.SetUrl);
        ScriptText.WriteUrl(writer, facts, place);
        writer.Text(" ||\nimgfetch --name script ${nb-url}");
        if (profile.SaysWho(MirrorUrl.IsOnMirror(url, offset, length, facts.Settings.MirrorUrl)))
        {
            writer.Byte(Octets.IndexOf(url, offset, length, (byte)'?') < 0 ? '?' : '&').Text(Identity);
        }

        writer.Text(" || goto failed\nimgexec --autofree script || goto ended\ngoto leave\n");
        ScriptParts.WriteEnd(writer, facts.Authority, ScriptText.MirrorAdvice, profile.HasLongUrls);
    }

    // What the API says is fetched from the device, which asks it: so it can take its time, and be asked again. What went wrong the device
    // knows better than the machine.
    private static void WriteApi(PartWriter writer, ScriptFacts facts)
    {
        writer.Text("\nset nb-from api ||\n:api\n" + ScriptText.SetUrl + "http://").Raw(facts.Authority).Text("/api.ipxe?profile=");
        facts.Profile.WriteName(writer);
        writer.Text(" ||\nimgfetch --name script ${nb-url}&mac=${netX/mac:hexhyp} || goto failed\n"
            + "imgexec --autofree script || goto ended\ngoto leave\n");
        ScriptParts.WriteEnd(
            writer, facts.Authority, "the API of this profile gave no answer that can be used; see the device's page." + ScriptParts.More,
            false);
    }

    private static void WriteDeny(PartWriter writer, ScriptFacts facts)
    {
        Profile profile = facts.Profile;
        writer.Text(ScriptParts.FirstLines + "echo\necho Netboot: this machine will not boot from the network");
        if (facts.WhoLength > 0)
        {
            writer.Text(": ").Raw(facts.Who, 0, facts.WhoLength);
        }

        writer.Byte('\n');
        int message = profile.Find(SettingsKey.ProfileMessage, 0);
        if (message >= 0)
        {
            ScriptText.Write(
                writer.Text("echo Reason: "), facts, profile.Bytes(message), Profile.Offset(message), profile.Length(message), false);
            writer.Byte('\n');
        }

        profile.WriteName(writer.Text("echo Profile "));
        writer.Text(" forbids it. The device's page: http://").Raw(facts.Authority).Text("/\nsleep 10 ||\n" + ScriptParts.Leave);
    }
}
