using System.Text;
using Netboot.FirmwareImage.Loaders;
using static System.FormattableString;

namespace Netboot.FirmwareImage;

/// <summary>
/// What fills a board's deploy area, and what is left of it. Without .pe files only the loaders' size is known: the size of a .pe cannot be
/// predicted from the compiled assembly, and a guess would be taken for a promise.
/// </summary>
public sealed class SizeReport
{
    private readonly string _application;
    private readonly long _area;
    private readonly IReadOnlyList<LoaderEntry> _loaders;
    private readonly IReadOnlyList<(string Name, long Bytes)>? _assemblies;

    /// <summary>A report on one image.</summary>
    /// <param name="application">Its name, for the text.</param>
    /// <param name="area">Bytes of the board's deploy area.</param>
    /// <param name="loaders">What it holds as resources of the application.</param>
    /// <param name="assemblies">The .pe files with their size in the image, the application last; null when none were made.</param>
    public SizeReport(string application, long area, IReadOnlyList<LoaderEntry> loaders,
        IReadOnlyList<(string Name, long Bytes)>? assemblies)
    {
        _application = application;
        _area = area;
        _loaders = loaders;
        _assemblies = assemblies;
        if (Application < LoaderBytes)
        {
            throw new ImageException(
                ImageException.Image,
                Invariant($"{assemblies![^1].Name} has {Application:N0} bytes, fewer than the {LoaderBytes:N0} of the loaders that it should hold: ")
                + "the metadata processor left them out");
        }
    }

    /// <summary>Bytes of the loaders.</summary>
    public long LoaderBytes => _loaders.Sum(loader => (long)loader.Length);

    /// <summary>Bytes of everything that is known.</summary>
    public long Used => _assemblies?.Sum(assembly => assembly.Bytes) ?? LoaderBytes;

    /// <summary>Bytes that are left; negative when the image does not fit.</summary>
    public long Left => _area - Used;

    private long? Application => _assemblies?[^1].Bytes;

    private long Libraries => Used - Application!.Value;

    /// <summary>The report in one line.</summary>
    public string Line => _assemblies == null
        ? Invariant($"{_application}: loaders {LoaderBytes:N0} of the deploy area's {_area:N0} bytes; ")
            + Invariant($"the assemblies' size is not known in this build, which makes no .pe files; they have {Left:N0} bytes")
        : Invariant($"{_application}: {Used:N0} of the deploy area's {_area:N0} bytes (libraries {Libraries:N0}, ")
            + Invariant($"application {Application - LoaderBytes:N0}, loaders {LoaderBytes:N0}); {Remainder}");

    private string Remainder => Left >= 0 ? Invariant($"{Left:N0} left") : Invariant($"{-Left:N0} too many");

    /// <summary>The report in full, for a file beside the image.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            void Row(string name, long bytes, string remark = "") =>
                text.Append(Invariant($"{name,-48} {bytes,13:N0}  {remark}").TrimEnd()).Append('\n');
            Row("Deploy area", _area, "bytes");
            if (_assemblies == null)
            {
                text.Append(Invariant($"{"Assemblies",-48} {"not known",13}  this build makes no .pe files\n"));
            }
            else
            {
                Row(Invariant($"Libraries ({_assemblies.Count - 1})"), Libraries);
                foreach ((string name, long bytes) in _assemblies.SkipLast(1))
                {
                    Row("  " + name, bytes);
                }

                Row("Application without its loaders", Application!.Value - LoaderBytes);
            }

            Row(Invariant($"Loaders ({_loaders.Count})"), LoaderBytes);
            foreach (LoaderEntry loader in _loaders)
            {
                Row("  " + loader.Name, loader.Length, $"{loader.Version}, SHA-256 {loader.Hash}");
            }

            Row(_assemblies == null ? "Left for the assemblies" : Left >= 0 ? "Left" : "Too many", Math.Abs(Left));
            return text.ToString();
        }
    }
}
