using System.Security.Cryptography;
using System.Text;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// The folder's <c>SHA256SUMS</c>, as <c>sha256sum -c</c> takes it. Lines of files that somebody else put there stay as they are.
/// </summary>
internal sealed class FolderSums
{
    public const string FileName = "SHA256SUMS";

    /// <summary>coreutils' mark of a file that is read as bytes; without it some systems would take it for text.</summary>
    private const string Separator = " *";

    private const int HashLength = 64;

    private readonly List<string> _lines;

    private FolderSums(List<string> lines) => _lines = lines;

    /// <summary>Reads a folder's list; an empty one where there is none.</summary>
    public static FolderSums Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return new FolderSums(File.Exists(path) ? [.. File.ReadAllLines(path)] : []);
    }

    /// <summary>The SHA-256 of a file, as the list has it.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }

    /// <summary>What the list says of a file, by its path below the folder with slashes; null when it says nothing.</summary>
    public string? Of(string path) => _lines.Find(line => PathIn(line) == path) is { } line ? HashIn(line) : null;

    /// <summary>Lists a file, in the place of what was said of it before.</summary>
    public void Set(string path, string hash)
    {
        string line = Line(path, hash);
        int at = _lines.FindIndex(old => PathIn(old) == path);
        if (at < 0)
        {
            _lines.Add(line);
        }
        else
        {
            _lines[at] = line;
        }
    }

    /// <summary>Forgets all files of a folder.</summary>
    public void Forget(string folder) =>
        _lines.RemoveAll(line => PathIn(line)?.StartsWith(folder + "/", StringComparison.Ordinal) == true);

    /// <summary>Writes the list to a file; who calls renames it into place.</summary>
    public void Write(string path) => File.WriteAllText(path, string.Concat(_lines.Select(line => line + "\n")));

    // A line of a name with a backslash or a line break in it begins with a backslash, and has both escaped (coreutils).
    private static string Line(string path, string hash)
    {
        string escaped = path.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");
        return (escaped == path ? "" : "\\") + hash + Separator + escaped;
    }

    private static string? PathIn(string line)
    {
        bool escaped = line.StartsWith('\\');
        string text = escaped ? line[1..] : line;
        if (text.Length <= HashLength + Separator.Length || text[HashLength] != ' ' || text[HashLength + 1] is not (' ' or '*'))
        {
            return null;
        }

        string path = text[(HashLength + Separator.Length)..];
        path = escaped ? Unescape(path) : path;
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static string HashIn(string line) => line.TrimStart('\\')[..HashLength].ToLowerInvariant();

    private static string Unescape(string path)
    {
        var text = new StringBuilder();
        for (int i = 0; i < path.Length; i++)
        {
            text.Append(path[i] != '\\' || i + 1 == path.Length ? path[i]
                : path[++i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }

        return text.ToString();
    }
}
