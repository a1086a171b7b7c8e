using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace Netboot.Tool.Lab;

/// <summary>The files of a run: the mirror's folder (kernel, initrd, script per architecture) and the folder of the loaders.</summary>
internal sealed class BootFiles
{
    /// <summary>64 bits: no other run's command line can be mistaken for this one's.</summary>
    private const int TokenBytes = 8;

    private BootFiles(string mirror, string loaders, string plainFirmware, string token)
    {
        PlainFirmware = plainFirmware;
        Mirror = mirror;
        Loaders = loaders;
        Token = token;
    }

    /// <summary>The loaders' folder on the mirror, relative to its URL.</summary>
    public const string MirrorLoaders = "loaders/";

    public static string MirrorUrl => $"http://{LabNetwork.MirrorAddress}/";

    public string Mirror { get; }

    public string Loaders { get; }

    /// <summary>The image that stands in for the PXE ROM of a machine that does not call itself iPXE.</summary>
    public string PlainFirmware { get; }

    public string Token { get; }

    /// <summary>Folders that nobody prepared, when a client boots from one.</summary>
    public ServedFolders? Served { get; private set; }

    public static string ScriptUrl(string architecture) => $"{MirrorUrl}lab-{architecture}.ipxe";

    public static BootFiles Prepare(
        string folder, IReadOnlyList<LabClient> clients, PackageCache cache, CancellationToken cancellation)
    {
        var mirror = Directory.CreateDirectory(Path.Combine(folder, "mirror")).FullName;
        var mirrorLoaders = Directory.CreateDirectory(Path.Combine(mirror, MirrorLoaders)).FullName;
        var loaders = Directory.CreateDirectory(Path.Combine(folder, "loaders")).FullName;
        var cached = cache.Loaders(cancellation);
        foreach (var file in Directory.EnumerateFiles(cached).Where(IsLoader))
        {
            File.Copy(file, Path.Combine(loaders, Path.GetFileName(file)));
            File.Copy(file, Path.Combine(mirrorLoaders, Path.GetFileName(file)));
        }

        var plainFirmware = Path.Combine(folder, Path.GetFileName(PackageCache.PlainFirmwareFile));
        File.Copy(Path.Combine(cached, PackageCache.PlainFirmwareFile), plainFirmware);
        var files = new BootFiles(mirror, loaders, plainFirmware, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        foreach (var client in clients.DistinctBy(client => client.Architecture))
        {
            var parts = cache.Kernel(client.Architecture, cancellation);
            File.Copy(Path.Combine(parts, PackageCache.KernelFile), Path.Combine(mirror, client.KernelFile));
            Initrd.Build(
                Path.Combine(mirror, client.InitrdFile),
                Path.Combine(parts, PackageCache.BusyboxFile),
                [.. Directory.EnumerateFiles(Path.Combine(parts, PackageCache.ModulesFolder)).Order(StringComparer.Ordinal)]);
            File.WriteAllText(Path.Combine(mirror, client.ScriptFile), files.Script(client));
        }

        if (clients.FirstOrDefault(client => client.FolderOnly) is { } folderOnly)
        {
            files.Served = ServedFolders.Make(
                Path.Combine(folder, "folders"), folderOnly.CommandLine(files.Token), Path.Combine(mirror, folderOnly.KernelFile),
                Path.Combine(mirror, folderOnly.InitrdFile), clients.Any(client => client.IsoOnly));
        }

        return files;
    }

    /// <summary>What a boot server that has no scripts of its own hands out.</summary>
    private string Script(LabClient client) =>
        $"""
        #!ipxe
        kernel {MirrorUrl}{client.KernelFile} {client.CommandLine(Token)}
        initrd {MirrorUrl}{client.InitrdFile}
        boot

        """;

    private static bool IsLoader(string file) => Path.GetFileName(file) != CacheManifest.FileName;
}
