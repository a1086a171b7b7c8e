using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Netboot.Tool.Flash;

/// <summary>
/// A private temporary folder for files that hold secrets. It is removed when disposed; if its process is killed outright, the next run
/// removes it.
/// </summary>
internal sealed class SecretFolder : IDisposable
{
    /// <summary>Begins the folder's name; the process's id and a random part follow.</summary>
    public const string Prefix = "netboot-flash-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly object _lock = new();
    private bool _gone;

    /// <summary>Makes the folder, readable only by its owner (on Windows: below the user's own temporary folder).</summary>
    public SecretFolder()
    {
        Path = Directory.CreateTempSubdirectory(FormattableString.Invariant($"{Prefix}{Environment.ProcessId}-")).FullName;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Removes the folders of runs that no longer exist. Returns what could not be removed, with the reason.</summary>
    public static IReadOnlyList<string> RemoveLeftovers()
    {
        List<string> failures = [];
        foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            string id = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int process) || IsRunning(process))
            {
                continue;
            }

            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failures.Add($"{folder} from an earlier run may hold secrets and cannot be removed: {e.Message}");
            }
        }

        return failures;
    }

    /// <summary>Writes a file that only its owner can read, and returns its path.</summary>
    public string Write(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }

    /// <summary>Removes the folder; may be called more than once, and from a signal handler.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_gone)
            {
                return;
            }

            Directory.Delete(Path, recursive: true);
            _gone = true;
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            // There is no such process: that is the answer.
            return false;
        }
    }
}
