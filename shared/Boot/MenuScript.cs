using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// The script of a menu. What is chosen is fetched from the device like any script, so the page shows it, and a menu in a menu is the same
/// again. When nobody chooses, the default boots. What ended without an error, or with error 1, leaves iPXE (<see cref="ScriptParts"/>).
/// Escape in a menu that was chosen from another one leads back there (error 2). A profile that does not boot restarts the machine by
/// itself, which then gets its menu again; after any other error, such as one of an inline script, the menu comes back at once.
/// </summary>
internal static class MenuScript
{
    private const string Shell = ".shell";

    // So many items have their number as their key; then come letters, of which s is the shell's.
    private const int Digits = 9;

    private const string Start =
        "\n:menu\n" + ScriptParts.Clean + "set nb-try:int32 0 ||\nset nb-wait:int32 0 ||\nmenu Netboot: ";

    private const string IfShell = "iseq ${nb-profile} " + Shell + " && goto shell ||\n";
    private const string Chosen = "set nb-from script ||\n:script\nset nb-url http://";

    // Where it has to go afterwards, the script that was chosen says by its error; the next command that fails would replace it.
    private const string Fetch =
        "&profile=${nb-profile} || goto failed\n"
        + "imgexec --autofree boot.ipxe && goto leave ||\n"
        + "set nb-error ${errno:hexraw} ||\n"
        + "iseq ${nb-error} 00000001 && goto leave ||\n"
        + "goto menu\n";

    private const string ShellLines = ":shell\nshell ||\ngoto menu\n";

    private const string Back = "exit 2\n";

    /// <summary>
    /// Finds what the script needs of the menu, once for all the times that it is written. <paramref name="own"/> is the number of the
    /// machine's own default, or <see cref="MachineTable.None"/>; it counts if this menu has it. Then comes the menu's, then its
    /// first item.
    /// </summary>
    internal static void Prepare(ScriptFacts facts, int own)
    {
        Profile menu = facts.Profile;
        Profile[] profiles = facts.Settings.Profiles;
        facts.Items = new int[SettingsLimits.MenuItems];
        facts.ItemNames = new byte[SettingsLimits.MenuItems];
        for (int item = menu.Find(SettingsKey.ProfileItem, 0); item >= 0; item = menu.Next(item))
        {
            byte[] text = menu.Bytes(item);
            int offset = Profile.Offset(item);
            int length = MenuItem.NameLength(text, offset, menu.Length(item));
            facts.ItemNames[facts.ItemCount] = (byte)length;
            facts.Items[facts.ItemCount++] = item;
            if (own != MachineTable.None && profiles[own].IsNamed(text, offset, length))
            {
                facts.MenuDefault = profiles[own];
            }
        }

        if (facts.MenuDefault == null)
        {
            facts.MenuDefault = MenuItem.DefaultOf(facts.Settings, menu);
        }

        int timeout = menu.Find(SettingsKey.ProfileTimeout, 0);
        facts.Timeout = timeout < 0 ? SettingsLimits.UsualMenuTimeout
            : Octets.ParseNumber(menu.Bytes(timeout), Profile.Offset(timeout), menu.Length(timeout));
        int shell = menu.Find(SettingsKey.ProfileShell, 0);
        facts.HasShell = shell >= 0 && menu.Bytes(shell)[Profile.Offset(shell)] == (byte)'y';
    }

    /// <summary>Writes it from the first line that is the profile's own.</summary>
    internal static void Write(PartWriter writer, ScriptFacts facts)
    {
        Profile menu = facts.Profile;
        menu.WriteName(writer.Text(Start));
        writer.Text(" || goto leave\n");
        for (int i = 0; i < facts.ItemCount; i++)
        {
            WriteItem(writer, menu, facts.Items[i], facts.ItemNames[i], i);
        }

        if (facts.HasShell)
        {
            writer.Text("item --gap ||\nitem --key s " + Shell + " s  iPXE shell ||\n");
        }

        facts.MenuDefault.WriteName(writer.Text("choose --default "));
        WriteNumber(writer.Text(" --timeout "), facts.Timeout);
        writer.Text("000 nb-profile || ");
        writer.Text(facts.IsChosen ? "goto back\n" : "goto leave\n").Text(facts.HasShell ? IfShell + Chosen : Chosen).Raw(facts.Authority);
        writer.Text(facts.HasShell ? AutoexecScript.Ask + Fetch + ShellLines : AutoexecScript.Ask + Fetch);
        if (facts.IsChosen)
        {
            writer.Text(":back\n" + Back);
        }

        ScriptParts.WriteEnd(writer, facts.Authority, "is the netboot device on?" + ScriptParts.More, false);
    }

    private static void WriteItem(PartWriter writer, Profile menu, int place, int name, int number)
    {
        byte[] item = menu.Bytes(place);
        int offset = Profile.Offset(place);
        int length = menu.Length(place);
        int key = number < Digits ? '1' + number : 'a' + number - Digits;
        writer.Text("item --key ").Byte(key).Byte(' ');
        if (name < length)
        {
            // The blank behind the name is there already.
            name++;
            writer.Raw(item, offset, name).Byte(key).Text("  ").Raw(item, offset + name, length - name).Text(" ||\n");
        }
        else
        {
            writer.Raw(item, offset, name).Byte(' ').Byte(key).Text("  ").Raw(item, offset, name).Text(" ||\n");
        }
    }

    // iPXE takes a number with a zero before it for an octal one.
    private static void WriteNumber(PartWriter writer, int number)
    {
        for (int unit = 1000; unit > 0; unit /= 10)
        {
            if (number >= unit || unit == 1)
            {
                writer.Byte('0' + (number / unit % 10));
            }
        }
    }
}
