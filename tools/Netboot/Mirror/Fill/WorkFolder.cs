namespace Netboot.Tool.Mirror.Fill;

/// <summary>
/// A folder inside the mirror's, where things are made before they are renamed into place: on the same disk, and not served, for its name
/// begins with a dot. While it is open no other command fills the same folder. What a killed command left in it is cleared by the next.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Name = ".netboot-work";
    private const string LockFile = "lock";
    private const string OldFolder = "old";
    private const string NewFolder = "new";

    private readonly string _folder;
    private readonly FileStream _lock;

    private WorkFolder(string mirror, string folder, FileStream held)
    {
        Mirror = mirror;
        _folder = folder;
        _lock = held;
    }

    /// <summary>The mirror's folder.</summary>
    public string Mirror { get; }

    /// <summary>Stands for the mirror's folder: what is to be renamed into place has the same path below it.</summary>
    public string New => Directory.CreateDirectory(Path.Combine(_folder, NewFolder)).FullName;

    /// <summary>Opens it. Throws <see cref="FillException"/> when another command has it open.</summary>
    public static WorkFolder Open(string mirror)
    {
        string folder = Directory.CreateDirectory(Path.Combine(mirror, Name)).FullName;
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new FillException($"Another 'netboot mirror' command is filling {mirror}: wait for it ({e.Message}).");
        }

        var work = new WorkFolder(mirror, folder, held);
        work.Recover();
        return work;
    }

    /// <summary>A path for something that does not end up in the mirror.</summary>
    public string Temporary(string name) => Path.Combine(_folder, name);

    /// <summary>Puts a file that was made under <see cref="New"/> into the mirror, in the place of an older one.</summary>
    public void PutFile(string path)
    {
        string target = Path.Combine(Mirror, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(New, path), target, overwrite: true);
    }

    /// <summary>
    /// Puts a folder that was made under <see cref="New"/> into the mirror. One that is there already is moved out of the way first, and
    /// back if the new one cannot take its place.
    /// </summary>
    public void PutFolder(string name)
    {
        string target = Path.Combine(Mirror, name);
        string? old = null;
        if (Directory.Exists(target))
        {
            old = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, OldFolder)).FullName, name);
            Directory.Move(target, old);
        }

        try
        {
            Directory.Move(Path.Combine(New, name), target);
        }
        catch (IOException) when (old != null)
        {
            Directory.Move(old, target);
            throw;
        }
    }

    public void Dispose()
    {
        // Removed while it is still locked: whoever comes in between is refused, and not left without its folder. Windows removes no file
        // that is open.
        if (OperatingSystem.IsWindows())
        {
            _lock.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
        _lock.Dispose();
    }

    // Killed between the two renames of PutFolder, a command left the mirror without what it had before.
    private void Recover()
    {
        string olds = Path.Combine(_folder, OldFolder);
        foreach (string old in Directory.Exists(olds) ? Directory.GetDirectories(olds) : [])
        {
            string target = Path.Combine(Mirror, Path.GetFileName(old));
            if (!Path.Exists(target))
            {
                Directory.Move(old, target);
            }
        }

        foreach (string left in Directory.GetDirectories(_folder))
        {
            Directory.Delete(left, recursive: true);
        }

        foreach (string left in Directory.GetFiles(_folder).Where(file => Path.GetFileName(file) != LockFile))
        {
            File.Delete(left);
        }
    }
}
