using System.Text;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>
/// The script that a folder without one gets: a menu of what was found in it. It uses what every iPXE since 2019 can do. A file that does
/// not come leads back to the menu, whose countdown starts again: a machine without a person in front of it tries until it boots.
/// </summary>
internal static class BootMenu
{
    /// <summary>Time to stop a machine that has only one thing to boot.</summary>
    private const int SecondsForOne = 3;
    private const int Seconds = 10;

    /// <summary>Shown before the menu comes back.</summary>
    private const int SecondsAfterFailure = 10;

    /// <summary>A screen has 80 columns, and the menu a frame.</summary>
    private const int LongestTitle = 72;

    /// <summary>Writes the script; <paramref name="url"/> is the mirror's, with the slash at its end.</summary>
    public static string Write(IReadOnlyList<BootEntry> entries, string url)
    {
        var script = new StringBuilder();
        script.Append("#!ipxe\n# Made by 'netboot mirror' from the files of this folder. A boot.ipxe in the folder takes its place.\n");
        script.Append("imgfree ||\n:start\nclear nb-default ||\n");
        script.Append($"menu Netboot: {Title(url)} || goto none\n");
        for (int i = 0; i < entries.Count; i++)
        {
            WriteItem(script, entries[i], i + 1);
        }

        if (!entries.Any(entry => entry.IsScript))
        {
            script.Append("isset ${nb-default} || item --gap Nothing in this folder boots this machine (${platform} ${buildarch}) ||\n");
        }

        script.Append("isset ${nb-default} || set nb-default disk ||\n");
        script.Append("item --gap ||\nitem --key d disk This machine's own disk (d) ||\nitem --key s shell iPXE shell (s) ||\n");
        int seconds = entries is [{ IsScript: false }] ? SecondsForOne : Seconds;
        script.Append($"choose --default ${{nb-default}} --timeout {seconds}000 nb-chosen || goto disk\n");
        script.Append("goto ${nb-chosen}\n");
        for (int i = 0; i < entries.Count; i++)
        {
            WriteEntry(script, entries[i], i + 1, url);
        }

        script.Append(":shell\nshell ||\ngoto start\n");
        // EDK2 goes on in its boot order only after an error.
        script.Append(":disk\niseq ${platform} efi && exit 1 ||\nsanboot --no-describe --drive 0x80 ||\nexit\n");
        script.Append(":none\necho This iPXE has no menus. Write a boot.ipxe for it. ||\nexit\n");
        script.Append(":failed\nset nb-error ${errno:hexraw} ||\nimgfree ||\n");
        script.Append("isset ${nb-to} && imgfetch --timeout 2000 --name nb-report ");
        script.Append("${nb-to}&stage=failed&at=${nb-from}&error=${nb-error}&url=${nb-url} && imgfree nb-report ||\n");
        script.Append("echo\necho Netboot: NOT BOOTED. ${nb-url} did not come or did not start (error ${nb-error}).\n");
        script.Append($"prompt --timeout {SecondsAfterFailure}000 The menu comes back in {SecondsAfterFailure} seconds, or at a key ||\n");
        script.Append("goto start\n");
        return script.ToString();
    }

    private static void WriteItem(StringBuilder script, BootEntry entry, int number)
    {
        if (!entry.IsScript)
        {
            // A BIOS's iPXE calls itself i386 whatever the processor; UEFI starts only programs of its own kind.
            string bios = entry.Bios ? "iseq ${platform} pcbios || " : "";
            string efi = entry.Efi == null ? "" : $"iseq ${{platform}}:${{buildarch}} efi:{entry.Efi} || ";
            script.Append($"{bios}{efi}goto no{number}\n");
        }

        // A script may do anything: it is chosen by a person.
        script.Append($"item e{number} {Title(entry.Title)} ||\n");
        script.Append(entry.IsScript ? "" : $"isset ${{nb-default}} || set nb-default e{number} ||\n:no{number}\n");
    }

    private static void WriteEntry(StringBuilder script, BootEntry entry, int number, string url)
    {
        script.Append($":e{number}\nimgfree ||\n");
        if (entry.IsScript)
        {
            Place(script, "script", entry.Kernel, url);
            script.Append("chain --autofree ${nb-url} || goto failed\ngoto start\n");
            return;
        }

        Place(script, "kernel", entry.Kernel, url);
        // Each archive by a name of its own, for kernels that take them one by one. A file for the initrd's root is none of them.
        string names = string.Concat(entry.Initrds.Select((initrd, i) => initrd.Name == null ? $" initrd=initrd{i}" : ""));
        string line = Line(entry.CommandLine, url);
        script.Append($"kernel --name kernel ${{nb-url}}{names}{(line.Length > 0 ? " " + line : "")} || goto failed\n");
        Report(script, "kernel");
        for (int i = 0; i < entry.Initrds.Count; i++)
        {
            Place(script, "initrd", entry.Initrds[i].Path, url);
            string name = entry.Initrds[i].Name is { } path ? " " + path : "";
            script.Append($"initrd --name initrd{i} ${{nb-url}}{name} || goto failed\n");
        }

        Report(script, "start");
        script.Append("boot kernel || goto failed\ngoto start\n");
    }

    private static void Place(StringBuilder script, string stage, string path, string url) =>
        script.Append($"set nb-from {stage} ||\nset nb-url {url}{FolderIndex.Url(path)} ||\n");

    // Where a Netboot device's own script began the boot, it left the address of its journal.
    private static void Report(StringBuilder script, string stage) =>
        script.Append($"isset ${{nb-to}} && imgfetch --timeout 2000 --name nb-report ${{nb-to}}&stage={stage} && imgfree nb-report ||\n");

    // A command line is read by words: one that begins with # would end it, these would end the command, and a line break the script's
    // line.
    private static string Line(string line, string url) =>
        string.Join(' ', line.Replace(BootEntry.Mirror, url, StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(word => !word.StartsWith('#') && word is not ("||" or "&&" or ";"))).TrimEnd('\\');

    /// <summary>A title that iPXE shows as it is: it takes # for a comment, two hyphens for an option and a dollar sign for a setting.</summary>
    private static string Title(string title)
    {
        string clean = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimStart('#')).Where(word => word is not ("" or "||" or "&&" or ";")))
            .Replace('$', 'S').TrimStart('-', ' ');
        return (clean.Length <= LongestTitle ? clean : clean[..LongestTitle]).TrimEnd('\\');
    }
}
