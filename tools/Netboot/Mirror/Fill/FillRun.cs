using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// Puts something bootable into a mirror's folder: all of it, or nothing. It is made in a work folder, looked through as the mirror would,
/// and only then renamed into place.
/// </summary>
internal static class FillRun
{
    /// <summary>
    /// Adds what a source has. Throws <see cref="FillException"/>; then, and when it is stopped, the folder is as it was.
    /// </summary>
    /// <param name="name">The folder's name in the mirror.</param>
    /// <param name="replace">Whether it may take the place of one that is there.</param>
    public static async Task AddAsync(
        string mirror, IFillSource source, string name, bool replace, FillOutput output, CancellationToken cancellation)
    {
        Check(mirror, name, replace);
        using WorkFolder work = WorkFolder.Open(mirror);
        string made = Directory.CreateDirectory(Path.Combine(work.New, name)).FullName;
        await output.DuringAsync(() => source.PutAsync(made, work, output, cancellation));
        FolderSurvey survey = FolderSurvey.Of(new Links(work.New, []), new IsoImages());
        if (survey.Entries.Count == 0)
        {
            throw new FillException("Nothing in it can be booted:"
                + string.Concat(survey.NotOffered.Select(file => $"\n  {file.Path}: {file.Reason}.")));
        }

        FolderSums sums = FolderSums.Read(mirror);
        sums.Forget(name);
        string[] files = [.. Directory.EnumerateFiles(made, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            sums.Set(Path.GetRelativePath(work.New, file).Replace('\\', '/'), await FolderSums.HashAsync(file, cancellation));
        }

        sums.Write(Path.Combine(work.New, FolderSums.FileName));
        cancellation.ThrowIfCancellationRequested();
        work.PutFolder(name);
        work.PutFile(FolderSums.FileName);
        foreach (BootEntry entry in survey.Entries)
        {
            output.Line($"Added: {entry.Title}, {SurveyText.Size(entry.Bytes)}, for {entry.Machines}.");
        }

        output.Line($"{FolderSums.FileName} has its {files.Length} files.");
    }

    /// <summary>Why a text cannot be the name of a folder in the mirror; null when it can.</summary>
    public static string? FaultOf(string name) =>
        name.Length == 0 || name.StartsWith('.') || name.AsSpan().ContainsAny("/\\:*?\"<>|") || name.Any(char.IsControl)
            ? $"'{name}' cannot be the name of a folder in the mirror: write --name with letters, digits, '-', '.', '_' or '+', "
                + "and no dot in front."
        : name is MirrorServer.LoadersFolder ? $"'{name}' is the folder of the loaders: choose another --name." : null;

    private static void Check(string mirror, string name, bool replace)
    {
        if (!Directory.Exists(mirror))
        {
            throw new FillException($"There is no folder {mirror}. 'netboot mirror init {mirror}' makes it.");
        }

        if (FaultOf(name) is { } fault)
        {
            throw new FillException(fault);
        }

        string target = Path.Combine(mirror, name);
        if (Path.Exists(target) && !(replace && Directory.Exists(target) && new DirectoryInfo(target).LinkTarget == null))
        {
            throw new FillException(replace ? $"{target} is a file or a link, and is not replaced."
                : $"{target} is there already. Choose another --name, or replace it with --replace.");
        }
    }
}
