using System.Collections.Concurrent;

namespace Netboot.Tool.Mirror;

/// <summary>
/// Where a path really leads, and whether the mirror goes there: inside its own folder, into Nix's store, where a <c>result</c> leads, or
/// into a folder that the owner named. A link to anywhere else would hand out what the owner never meant to serve.
/// </summary>
internal sealed class Links
{
    /// <summary>Everything in it is public to every user of its machine already.</summary>
    public const string NixStore = "/nix/store";

    /// <summary>As many as Linux follows (path_resolution(7)).</summary>
    private const int MostLinks = 40;

    private readonly string[] _roots;
    private readonly Action<string>? _onRefused;
    private readonly ConcurrentDictionary<string, bool> _told = new();

    /// <param name="folder">The folder that is served; it may itself be a link.</param>
    /// <param name="allowed">More folders that links may lead into.</param>
    /// <param name="onRefused">Gets one line for each link that is not followed, once.</param>
    public Links(string folder, IEnumerable<string> allowed, Action<string>? onRefused = null)
    {
        Folder = Path.GetFullPath(folder);
        _roots = [.. allowed.Prepend(folder).Append(NixStore).Select(root => Resolve(Path.GetFullPath(root)) ?? Path.GetFullPath(root))];
        _onRefused = onRefused;
    }

    /// <summary>The folder that is served, as it was named.</summary>
    public string Folder { get; }

    /// <summary>Where a path leads once every link in it is followed; null when that is nowhere, or nowhere that is served.</summary>
    public string? Follow(string path)
    {
        string? real = Resolve(path);
        if (real == null || Array.Exists(_roots, root => IsIn(real, root)))
        {
            return real;
        }

        string name = Path.GetRelativePath(Folder, path);
        if (_onRefused != null && _told.TryAdd(name, true))
        {
            _onRefused($"{name} leads to {real}, outside the served folder: not served. To serve it, add --allow {Path.GetDirectoryName(real)}");
        }

        return null;
    }

    private static bool IsIn(string path, string root) =>
        path == root || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);

    /// <summary>Follows every link of a full path; null when they go round in circles. .NET follows only a path's last part.</summary>
    private static string? Resolve(string path)
    {
        string current = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Parts(path[current.Length..]));
        for (int links = 0; rest.TryPop(out string? part);)
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            string next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            string root = Path.GetPathRoot(target)!;
            current = root.Length > 0 ? root : current;
            foreach (string step in Parts(target[root.Length..]))
            {
                rest.Push(step);
            }
        }

        return current;
    }

    // Last part first, for the stack.
    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Where(part => part is not ("" or ".")).Reverse();
}
