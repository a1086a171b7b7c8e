namespace Netboot.Tool.Mirror.Survey;

/// <summary>
/// The file beside a kernel that has its command line. The owner's <c>cmdline</c> comes before what the kernel's tree would want; a NixOS
/// system's tree and nixos-generators' kexec format have such files too.
/// </summary>
internal static class CommandLineFile
{
    public const string Name = "cmdline";

    private const string NixName = "kernel-params";

    /// <summary>Linux takes 2048 characters on PCs and on 64-bit ARM; a longer file is something else.</summary>
    private const int Largest = 4096;

    /// <summary>The file of a kernel, null when it has none.</summary>
    public static FoundFile? Beside(FoundFile kernel, FolderIndex files) =>
        (files.At(kernel.Folder + Name) ?? files.At(kernel.Folder + NixName)) is { Length: < Largest } file ? file : null;

    /// <summary>The command line that stands in a kernel's file, null when it has none.</summary>
    public static string? Read(FoundFile kernel, FolderIndex files)
    {
        if (Beside(kernel, files) is not { } file)
        {
            return null;
        }

        string line = file.ReadText().Trim().ReplaceLineEndings(" ");
        return file.Name == NixName && files.At(kernel.Folder + "init") is { } init ? $"init={init.RealPath} {line}" : line;
    }
}
