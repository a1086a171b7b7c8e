using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>What a file's bytes add up to, in hexadecimal.</summary>
internal sealed record Checksum(HashAlgorithmName Algorithm, string Hex)
{
    /// <summary>The algorithm's name for people.</summary>
    public string Title => Algorithm == HashAlgorithmName.SHA512 ? "SHA-512" : "SHA-256";
}

/// <summary>
/// A publisher's list of checksums: coreutils' lines (SHA256SUMS, Flatcar's DIGESTS), BSD's, Fedora's <c>.treeinfo</c> and Alpine's
/// <c>latest-releases.yaml</c>. MD5 and SHA-1 prove nothing, so their lines are passed over.
/// </summary>
internal sealed partial class ChecksumList
{
    private readonly List<(string Name, Checksum Sum)> _files = [];

    /// <summary>Reads a list. Lines that are none of these kinds are passed over.</summary>
    public static ChecksumList Parse(string text)
    {
        var list = new ChecksumList();
        string? named = null;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            if (Lines().Match(line) is { Success: true } file)
            {
                list.Add(file.Groups["name"].Value, file.Groups["hex"].Value);
            }
            else if (YamlFile().Match(line) is { Success: true } begun)
            {
                named = begun.Groups["name"].Value;
            }
            else if (named != null && YamlSum().Match(line) is { Success: true } sum)
            {
                list.Add(named, sum.Groups["hex"].Value);
            }
            else if (line.StartsWith('-'))
            {
                // The next entry of a list in YAML.
                named = null;
            }
        }

        return list;
    }

    /// <summary>
    /// The file of a name, in which <c>*</c> stands for anything but a slash; of several the one with the highest numbers. Null when there
    /// is none.
    /// </summary>
    public (string Name, Checksum Sum)? Find(string pattern)
    {
        var names = new Regex($"^{Regex.Escape(pattern).Replace("\\*", "[^/]*")}$");
        return _files.Where(file => names.IsMatch(file.Name))
            .OrderBy(file => file.Name, StringComparer.Create(
                System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering))
            .Cast<(string, Checksum)?>().LastOrDefault();
    }

    private void Add(string name, string hex)
    {
        string clean = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        HashAlgorithmName algorithm = hex.Length == 128 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        _files.Add((clean, new Checksum(algorithm, hex.ToLowerInvariant())));
    }

    // "HEX  name" and "HEX *name"; "SHA256 (name) = HEX"; "name = sha256:HEX".
    [GeneratedRegex("^(?<hex>[0-9A-Fa-f]{128}|[0-9A-Fa-f]{64}) [ *](?<name>.+)$"
        + @"|^SHA(256|512) \((?<name>.+)\) = (?<hex>[0-9A-Fa-f]{128}|[0-9A-Fa-f]{64})$"
        + @"|^(?<name>\S+) *= *sha(256|512):(?<hex>[0-9A-Fa-f]{128}|[0-9A-Fa-f]{64})$")]
    private static partial Regex Lines();

    [GeneratedRegex(@"^\s+file: *(?<name>\S+)$")]
    private static partial Regex YamlFile();

    [GeneratedRegex("^\\s+sha(256|512): *\"?(?<hex>[0-9A-Fa-f]{128}|[0-9A-Fa-f]{64})\"?$")]
    private static partial Regex YamlSum();
}
