using System.CommandLine;
using Netboot.FirmwareImage.Loaders;
using Netboot.Tool.Mirror.Fill;

namespace Netboot.Tool.Mirror;

/// <summary><c>netboot mirror init DIR</c>: makes a folder a mirror.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder; it is made if it is not there." };
        Option<DirectoryInfo[]> loaders = MirrorCommand.Loaders(
            $"Folders with iPXE loaders; without this, Debian's {LoaderFolder.Debian}.").AcceptExistingOnly();
        var command = new Command(
            "init", "Make a folder a mirror: loaders, their checksums, and a README. What is there already is left as it is.")
        {
            folder, loaders,
        };
        command.SetAction((result, cancellation) =>
        {
            FillOutput output = FillOutput.OfConsole();
            return FillOutcome.OfAsync(() => InitRun.RunAsync(
                result.GetRequiredValue(folder).FullName, MirrorCommand.LoaderFolders(result.GetValue(loaders)), output, cancellation),
                "What is there stays; run it again once that is put right.");
        });
        return command;
    }
}
