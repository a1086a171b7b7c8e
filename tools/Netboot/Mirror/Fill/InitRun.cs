using Netboot.FirmwareImage.Loaders;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// Makes a folder a mirror: loaders, their checksums, and a text for whoever finds it. What is there already stays as it is, and is told.
/// </summary>
internal static class InitRun
{
    public const string Readme = "README.txt";

    private const string ReadmeText =
        """
        This folder is a mirror for machines that boot from the network: a Netboot device sends them here
        for their loaders, kernels and initrds. Any plain HTTP server can serve it.

        loaders/      iPXE's loaders, which machines fetch first
        SHA256SUMS    checksums of the files that the netboot command put here: sha256sum -c SHA256SUMS
        boot.ipxe     if it is there, what machines get in the place of the menu of what lies here

        Everything else is something to boot, each in a folder of its own.

        netboot mirror DIR --listen ADDRESS:80    serves it, with a menu of what can be booted
        netboot mirror add DIR debian             adds a distribution; add --list prints which there are
        netboot mirror list DIR                   prints what can be booted, and what cannot and why
        netboot mirror check http://ADDRESS/      fetches what a machine would

        """;

    /// <summary>
    /// Makes what is missing. Throws <see cref="FillException"/> when there are no loaders to be had; then nothing was made.
    /// </summary>
    /// <param name="sources">Folders with loaders; the first that has a name wins.</param>
    public static async Task RunAsync(string mirror, IReadOnlyList<string> sources, FillOutput output, CancellationToken cancellation)
    {
        (string Name, string Path)[] loaders =
            [.. sources.Where(Directory.Exists).SelectMany(LoaderFolder.Files).DistinctBy(loader => loader.Name)];
        if (loaders.Length == 0)
        {
            throw new FillException($"There are no loaders in {string.Join(", ", sources)}. "
                + "Install Debian's package ipxe (apt install ipxe), or name a folder that has some with --loaders.");
        }

        bool isNew = !Directory.Exists(mirror);
        Directory.CreateDirectory(mirror);
        output.Line($"{mirror}: {(isNew ? "made" : "is there")}.");
        using WorkFolder work = WorkFolder.Open(mirror);
        FolderSums sums = FolderSums.Read(mirror);
        int same = 0;
        foreach ((string name, string path) in loaders)
        {
            same += await PutLoaderAsync($"{MirrorServer.LoadersFolder}/{name}", path, work, sums, output, cancellation) ? 1 : 0;
        }

        if (same > 0)
        {
            output.Line($"{MirrorServer.LoadersFolder}/: left {same} as they were.");
        }

        await PutReadmeAsync(work, output, cancellation);
        await PutSumsAsync(work, sums, output, cancellation);
    }

    // True when it is there already, byte by byte the same.
    private static async Task<bool> PutLoaderAsync(
        string path, string from, WorkFolder work, FolderSums sums, FillOutput output, CancellationToken cancellation)
    {
        string target = Path.Combine(work.Mirror, path);
        string hash = await FolderSums.HashAsync(from, cancellation);
        if (!Path.Exists(target))
        {
            await using (FileStream stream = File.OpenRead(from))
            {
                await FileCopy.WriteAsync(stream, Path.Combine(work.New, path), stream.Length, _ => { }, null, cancellation);
            }

            work.PutFile(path);
            sums.Set(path, hash);
            output.Line($"{path}: made, {SurveyText.Size(new FileInfo(target).Length)}.");
            return false;
        }

        string there = await FolderSums.HashAsync(target, cancellation);
        if (there != hash)
        {
            output.Line($"{path}: left as it is. It differs from {from}; delete it and run this again to have that one.");
        }

        if (sums.Of(path) is { } listed && listed != there)
        {
            output.Line($"{path}: is not what {FolderSums.FileName} says. If you changed it, delete its line there and run this again.");
        }
        else
        {
            sums.Set(path, there);
        }

        return there == hash;
    }

    private static async Task PutReadmeAsync(WorkFolder work, FillOutput output, CancellationToken cancellation)
    {
        string target = Path.Combine(work.Mirror, Readme);
        if (Path.Exists(target))
        {
            bool same = await File.ReadAllTextAsync(target, cancellation) == ReadmeText;
            output.Line($"{Readme}: left as it {(same ? "was" : "is; its text is not this command's")}.");
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(work.New, Readme), ReadmeText, cancellation);
        work.PutFile(Readme);
        output.Line($"{Readme}: made.");
    }

    private static async Task PutSumsAsync(WorkFolder work, FolderSums sums, FillOutput output, CancellationToken cancellation)
    {
        string target = Path.Combine(work.Mirror, FolderSums.FileName);
        string made = Path.Combine(work.New, FolderSums.FileName);
        sums.Write(made);
        bool there = File.Exists(target);
        if (there && await FolderSums.HashAsync(target, cancellation) == await FolderSums.HashAsync(made, cancellation))
        {
            output.Line($"{FolderSums.FileName}: left as it was.");
            return;
        }

        work.PutFile(FolderSums.FileName);
        output.Line(FolderSums.FileName + (there ? ": has the loaders too now; its other lines are as they were." : ": made."));
    }
}
