using System.CommandLine;

namespace Netboot.Tool.Import;

/// <summary><c>netboot import [FILE]</c>: makes a profile of what a Pixiecore was told, and prints it as the settings have it.</summary>
internal static class ImportCommand
{
    private const int ExitRefused = 1;

    /// <summary>A configuration of NixOS has some kilobytes.</summary>
    private const int MostCharacters = 1 << 20;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A file with it; without one it is read from the standard input.", Arity = ArgumentArity.ZeroOrOne,
        };
        var name = new Option<string>("--name") { Description = "The profile's name.", DefaultValueFactory = _ => "imported" };
        var command = new Command(
            "import",
            "Make a profile of a 'pixiecore boot …' line, a NixOS 'services.pixiecore' block or a netboot.ipxe, "
                + "and print it as settings text.")
        {
            file, name,
        };
        command.SetAction(result =>
        {
            string text = result.GetValue(file) is { Length: > 0 } path and not "-" ? File.ReadAllText(path) : Console.In.ReadToEnd();
            return Run(text, result.GetValue(name)!, Console.Out, Console.Error);
        });
        return command;
    }

    /// <summary>The profile goes to <paramref name="output"/>; notes and what is refused go to <paramref name="errors"/>.</summary>
    internal static int Run(string text, string name, TextWriter output, TextWriter errors)
    {
        try
        {
            ImportedProfile profile = Read(text);
            output.Write(profile.Section(name));
            foreach (string note in profile.Notes)
            {
                errors.WriteLine(note);
            }

            return 0;
        }
        catch (ImportException e)
        {
            errors.WriteLine($"Not imported: {e.Message}");
            return ExitRefused;
        }
    }

    private static ImportedProfile Read(string text) =>
        text.Length > MostCharacters ? throw new ImportException("that is too long for any of these.")
        : KernelScript.Is(text) ? KernelScript.Read(text)
        : NixosBlock.Is(text) ? NixosBlock.Read(text)
        : PixiecoreCommand.Is(text) ? PixiecoreCommand.Read(text)
        : throw new ImportException(
            "it is neither a 'pixiecore' command, nor a NixOS 'services.pixiecore' block, nor a script that begins with #!ipxe.");
}
