using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary>Prints what flashing would do: every command and file, with secrets masked. Nothing is written, opened or asked.</summary>
internal static class WhatIf
{
    /// <summary>Stands for the private folder, which is only made when it is needed.</summary>
    private const string Folder = "PRIVATE-FOLDER";

    /// <summary>Prints it.</summary>
    public static void Print(FlashRequest request, FlashChoices choices, FlashOutput output)
    {
        BoardKind board = choices.Board;
        output.Title("What would be done (nothing is done now)");
        output.Note($"Board:    {board.Title}, {board.Chip}, {board.FlashMegabytes} MB flash");
        output.Note($"Target:   {request.Target ?? board.Target}, firmware {request.FirmwareVersion}");
        output.Note($"Address:  {BoardKind.Hex(board.DeployAddress)}");
        output.Note($"Port:     {choices.Port}{(choices.Port == PortChoice.Unknown ? " (none or several were found; name it with --port)" : "")}");
        if (NanoffProgram.Find(request.Nanoff) == null)
        {
            output.Note("$ " + NanoffProgram.InstallCommand);
        }

        if (choices.BuildsImage)
        {
            output.Note("$ " + ImageFile.BuildCommand(choices.Psram));
        }

        FlashPlan plan = choices.Plan(request, Folder);
        foreach (FlashStep step in plan.Steps)
        {
            output.Note("$ nanoff " + string.Join(' ', step.Arguments.Select(Quoted)));
        }

        foreach (SecretFile file in plan.Files)
        {
            output.Title(Path.Combine(Folder, file.Name) + ", deleted afterwards:");
            foreach (string line in file.Masked.TrimEnd('\n').Split('\n'))
            {
                output.Quote(line);
            }
        }

        if (choices.Settings is { Generated: true })
        {
            output.Note("A new password for the page would be generated and shown once.");
        }

        if (choices.Settings != null)
        {
            output.Note("These settings would replace all settings on the board.");
        }

        output.Note(FormattableString.Invariant($"Then the board would be restarted, and its page would have {request.Timeout.TotalSeconds:0} s to answer."));
    }

    private static string Quoted(string argument) => argument.Contains(' ') ? $"\"{argument}\"" : argument;
}
