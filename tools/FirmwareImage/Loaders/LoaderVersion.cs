using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>Which version a loader is: what it says itself, or else the version of the Debian package that it belongs to.</summary>
public static partial class LoaderVersion
{
    /// <summary>A compressed loader (undionly.kpxe) that belongs to no package.</summary>
    public const string Unknown = "unknown";

    /// <summary>A query of the package database that takes longer is stuck.</summary>
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(20);

    /// <summary>The version of the loader in a file.</summary>
    public static string Of(string path, byte[] content) => InContent(content) ?? OfPackage(path) ?? Unknown;

    /// <summary>
    /// The version inside the loader, or null. iPXE keeps it as a text of its own behind its short name, "iPXE"; only compressed
    /// builds hide it.
    /// </summary>
    public static string? InContent(byte[] content)
    {
        Match match = Version().Match(Encoding.Latin1.GetString(content));
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string? OfPackage(string path)
    {
        const string query = "/usr/bin/dpkg-query";
        if (!File.Exists(query))
        {
            return null;
        }

        // "ipxe: /usr/lib/ipxe/undionly.kpxe"
        string? owner = Run(query, "--search", Path.GetFullPath(path));
        return owner == null ? null : Run(query, "--show", "--showformat=${Version}", owner[..owner.IndexOf(':')]);
    }

    /// <summary>A program's output, or null if it fails (no package owns the file).</summary>
    private static string? Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new Win32Exception($"{program} does not start");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd().Trim();
        if (!process.WaitForExit(QueryLimit))
        {
            process.Kill();
            throw new IOException($"{program} {string.Join(' ', arguments)} does not end");
        }

        return process.ExitCode == 0 && output.Length > 0 ? output : null;
    }

    [GeneratedRegex(@"\0iPXE\0{1,32}(\d+\.\d+[\w.+~:-]{0,60}(?: \([\w+]{1,20}\))?)\0", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
