using static System.FormattableString;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>Which loaders go into the image: the ones that were asked for, in that order, as long as there is room.</summary>
public sealed class LoaderChoice
{
    private readonly List<Loader> _taken = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _leftOut = [];

    /// <summary>The loaders that go in, most important first.</summary>
    public IReadOnlyList<Loader> Taken => _taken;

    /// <summary>The names that the folder has no file for.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>A sentence for each loader that exists but does not fit.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Takes loaders from a folder.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="names">What machines ask for, most important first.</param>
    /// <param name="room">Bytes of flash that they may fill.</param>
    public static LoaderChoice From(string folder, IReadOnlyList<string> names, long room)
    {
        var choice = new LoaderChoice();
        IReadOnlyList<(string Name, string Path)> files = LoaderFolder.Files(folder);
        foreach (string name in names.Distinct())
        {
            string? path = files.FirstOrDefault(f => f.Name == name).Path;
            if (path == null)
            {
                choice._missing.Add(name);
                continue;
            }

            byte[] content = File.ReadAllBytes(path);
            if (content.Length > room)
            {
                choice._leftOut.Add(
                    Invariant($"{name} is left out: its {content.Length:N0} bytes do not fit in the {Math.Max(room, 0):N0} that are left for loaders"));
                continue;
            }

            room -= content.Length;
            choice._taken.Add(new Loader(name, content, LoaderVersion.Of(path, content)));
        }

        return choice;
    }
}
