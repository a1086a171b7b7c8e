using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace Netboot.Tool.Lab;

/// <summary>
/// The list of a cached folder's files with their hashes: it shows when a cache is incomplete or damaged and has to be rebuilt.
/// </summary>
internal static class CacheManifest
{
    public const string FileName = "manifest";

    /// <summary>Changes when what is unpacked changes, so that an older tool's cache is rebuilt.</summary>
    private const string Format = "netboot-lab cache 2";

    private const string PackageMark = "package ";

    public static void Write(string folder, IEnumerable<string> packages) =>
        File.WriteAllLines(
            Path.Combine(folder, FileName),
            [Format, .. packages.Select(package => PackageMark + package), .. Files(folder)
            .Select(name => $"{Hash(folder, name)} {name}")]);

    /// <summary>The packages of a whole cache; null if it does not exist, has another format, or a file differs.</summary>
    public static IReadOnlyList<string>? Verify(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            return null;
        }

        var lines = File.ReadAllLines(file);
        if (lines.Length < 2 || lines[0] != Format)
        {
            return null;
        }

        var packages = lines.Skip(1).TakeWhile(line => line.StartsWith(PackageMark, StringComparison.Ordinal)).ToArray();
        var listed = lines.Skip(1 + packages.Length).ToArray();
        var found = Files(folder).Select(name => $"{Hash(folder, name)} {name}");
        return found.SequenceEqual(listed, StringComparer.Ordinal) ? [.. packages.Select(line => line[PackageMark.Length..])] : null;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => name != FileName)
            .Order(StringComparer.Ordinal);

    private static string Hash(string folder, string name)
    {
        using var content = File.OpenRead(Path.Combine(folder, name));
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
