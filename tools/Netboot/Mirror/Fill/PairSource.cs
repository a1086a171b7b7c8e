using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror.Fill;

/// <summary>A kernel and its initrds, or a program such as Memtest86+, as files of this machine.</summary>
internal sealed class PairSource : IFillSource
{
    private const string Kernel = "vmlinuz";
    private const string Initrd = "initrd";

    /// <summary>An archive in an initrd begins at a multiple of this (Linux, driver-api/early-userspace/buffer-format.rst).</summary>
    private const int Alignment = 4;

    private readonly FoundFile _kernel;
    private readonly FoundFile[] _initrds;
    private readonly string? _commandLine;

    /// <summary>Looks at the files. Throws <see cref="FillException"/> when one is not what it is taken for.</summary>
    public PairSource(string kernel, IReadOnlyList<string> initrds, string? commandLine)
    {
        _commandLine = commandLine;
        _kernel = Look(kernel);
        if (_kernel.Header.Kind is not (FileKind.Linux or FileKind.Memtest or FileKind.EfiProgram))
        {
            throw new FillException($"{kernel} is not a kernel or a UEFI program{(_kernel.Header.Kind == FileKind.Archive
                ? ": it is packed, or an initrd" : "")}.");
        }

        if (_kernel.Header.Kind != FileKind.Linux && (initrds.Count > 0 || commandLine != null))
        {
            throw new FillException($"{kernel} is not Linux: it takes no --initrd and no --command-line.");
        }

        _initrds = [.. initrds.Select(Look)];
        if (Array.Find(_initrds, file => file.Header.Kind != FileKind.Archive) is { } other)
        {
            throw new FillException($"{other.RealPath} is not an initrd: it does not begin as a cpio archive does, or as a packed one.");
        }

        DefaultName = _kernel.Header.Kind == FileKind.Linux
            ? "linux" + (_kernel.Header.Version is { } version ? "-" + version : "") : Path.GetFileNameWithoutExtension(kernel);
    }

    public string DefaultName { get; }

    public async Task PutAsync(string folder, WorkFolder work, FillOutput output, CancellationToken cancellation)
    {
        bool linux = _kernel.Header.Kind == FileKind.Linux;
        // By these names they are a pair, whatever they were called; of another program the name may say what it is.
        await FileCopy.CopyAsync(_kernel, Path.Combine(folder, linux ? Kernel : _kernel.Path), output, cancellation);
        if (_initrds.Length > 0)
        {
            await GlueAsync(Path.Combine(folder, Initrd), output, cancellation);
        }

        if (_commandLine != null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, CommandLineFile.Name), _commandLine + "\n", cancellation);
        }
    }

    // Linux takes archives one behind the other for one initrd, packed or not.
    private async Task GlueAsync(string path, FillOutput output, CancellationToken cancellation)
    {
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        foreach (FoundFile initrd in _initrds)
        {
            Action<int> heard = output.Begin("copying", initrd.Path, initrd.Length);
            to.Position += (Alignment - (to.Position % Alignment)) % Alignment;
            await using FilePart from = FilePart.Open(initrd.RealPath, 0, initrd.Length);
            await FileCopy.MoveAsync(from, to, heard, null, cancellation);
        }

        if (_initrds.Length > 1)
        {
            output.Note($"The {_initrds.Length} initrds are one file now, in the order in which they were named.");
        }
    }

    private static FoundFile Look(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new FoundFile(Path.GetFileName(path), Path.GetFullPath(path), stream.Length, FileHeader.Read(stream));
    }
}
