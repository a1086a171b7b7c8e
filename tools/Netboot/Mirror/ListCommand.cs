using System.CommandLine;
using Netboot.Tool.Mirror.Survey;
using Spectre.Console;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror list DIR</c>: what a folder has to boot from, and what it has that is not offered.</summary>
internal static class ListCommand
{
    private const int ExitNothing = 1;

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = MirrorCommand.Folder("The folder to look through.");
        Option<DirectoryInfo[]> allow = MirrorCommand.Allow();
        var json = new Option<bool>("--json")
        {
            Description = $"As JSON. Written to {GeneratedFiles.List} in the folder, any web server can tell it.",
        };
        var command = new Command("list", "Print what machines can boot from a folder, and what they cannot and why.") { folder, allow, json };
        command.SetAction(result =>
        {
            MirrorOptions options = MirrorCommand.Options(result.GetRequiredValue(folder), result.GetValue(allow));
            bool asJson = result.GetValue(json);
            Action<string> notice = asJson ? Console.Error.WriteLine : Console.WriteLine;
            var links = new Links(options.Folder, options.Allowed, notice);
            FolderSurvey survey = FolderSurvey.Of(links, new IsoImages());
            if (asJson)
            {
                Console.Write(SurveyText.Json(survey));
            }
            else
            {
                Print(links, survey);
            }

            return survey.Entries.Count > 0 ? 0 : ExitNothing;
        });
        return command;
    }

    private static void Print(Links links, FolderSurvey survey)
    {
        string folder = links.Folder;
        if (survey.Entries.Count == 0)
        {
            Console.WriteLine($"Nothing to boot found in {folder}: it takes a kernel with its initrd, a script for iPXE, or a UEFI program.");
        }
        else
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("entry", "kernel", "initrds", "machines", "size");
            foreach (BootEntry entry in survey.Entries)
            {
                table.AddRow(((string[])
                [
                    entry.Title, entry.Kernel, string.Join("\n", entry.Initrds.Select(initrd => initrd.Path)), entry.Machines,
                    SurveyText.Size(entry.Bytes),
                ]).Select(Markup.Escape).ToArray());
            }

            AnsiConsole.Write(table);
        }

        foreach (NotOffered file in survey.NotOffered)
        {
            Console.WriteLine($"Not offered: {file.Path}: {file.Reason}.");
        }

        if (!survey.All)
        {
            Console.WriteLine($"The folder has more than {FolderFiles.MostFiles} files; the rest was not looked at.");
        }

        string script = Path.Combine(folder, FolderSurvey.Script);
        if (new GeneratedFiles(links, new IsoImages()).HasScript)
        {
            Console.WriteLine(links.Follow(script) is { } real && File.Exists(real)
                ? $"Machines get the folder's own {FolderSurvey.Script}, not a menu of this."
                : $"The folder's {FolderSurvey.Script} is not served, and no menu of this in its place.");
        }
    }
}
