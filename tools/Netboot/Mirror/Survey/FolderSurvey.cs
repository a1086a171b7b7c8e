namespace Netboot.Tool.Mirror.Survey;

/// <summary>What a folder has to boot from, and what it has that looks so and is not offered.</summary>
/// <param name="All">False when the folder has more files than are looked at (<see cref="FolderFiles.MostFiles"/>).</param>
internal sealed record FolderSurvey(IReadOnlyList<BootEntry> Entries, IReadOnlyList<NotOffered> NotOffered, bool All)
{
    /// <summary>The mirror's own script; a folder that has one needs none made.</summary>
    public const string Script = "boot.ipxe";

    private static readonly string[] LoaderNames =
        ["ipxe", "snponly", "undionly", "grub", "shim", "boot", "mm", "fb", "systemd-boot", "bootmgr", "netboot.xyz"];

    /// <summary>Looks through a folder.</summary>
    public static FolderSurvey Of(Links links, IsoImages images)
    {
        IReadOnlyList<FoundFile> files = FolderFiles.Of(links, images, out bool all);
        return Of(new FolderIndex(files), all);
    }

    /// <summary>Judges the files of a folder, or of an ISO file; <paramref name="all"/> is false when there are more.</summary>
    public static FolderSurvey Of(FolderIndex index, bool all)
    {
        var entries = new List<BootEntry>();
        var not = new List<NotOffered>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (FoundFile script in index.Files.Where(file => file.Header.Kind == FileKind.Script && file.Path != Script))
        {
            entries.Add(ScriptOf(script, index, taken));
        }

        foreach (FoundFile kernel in index.Files.Where(file => file.Header.Kind == FileKind.Linux && !taken.Contains(file.RealPath + file.Offset)))
        {
            Linux(kernel, index, entries, not);
        }

        foreach (FoundFile file in index.Files)
        {
            Other(file, index, entries, not);
        }

        return new FolderSurvey(
            [.. entries.OrderBy(Rank).ThenBy(entry => entry.Kernel, StringComparer.Ordinal)],
            [.. not.OrderBy(file => file.Path, StringComparer.Ordinal)], all);
    }

    // Systems first, then tools, then scripts, which may be anything.
    private static int Rank(BootEntry entry) => entry.IsScript ? 2 : entry.Initrds.Count > 0 ? 0 : 1;

    private static BootEntry ScriptOf(FoundFile script, FolderIndex index, HashSet<string> taken)
    {
        if (NixScript.IsNamedSo(script) && NixScript.Read(script) is { } nix && Beside(script, nix.Kernel, index) is { } kernel
            && Beside(script, nix.Initrd, index) is { } initrd && kernel.Header.Kind == FileKind.Linux)
        {
            taken.Add(kernel.RealPath + kernel.Offset);
            return Entry($"NixOS {kernel.Header.Version} ({FolderIndex.Shown(script.Folder)})", kernel, [initrd], [], nix.CommandLine)
                with { Script = script.Path };
        }

        return new BootEntry($"Script {script.Path}", script.Path, [], "", Bios: true, null, script.Length) { IsScript = true };
    }

    // In the script's own folder, or in a sibling of it: nix-build puts each attribute into a result of its own.
    private static FoundFile? Beside(FoundFile script, string name, FolderIndex index)
    {
        string above = FolderIndex.Up(script.Folder);
        return index.At(script.Folder + name) ?? (script.Folder.Length == 0 ? null
            : index.Folders.Where(folder => folder.Length > 0 && FolderIndex.Up(folder) == above && Stem(folder) == Stem(script.Folder))
                .Select(folder => index.At(folder + name)).FirstOrDefault(file => file != null));
    }

    // result, result-2 and result-3 are of one build; another's are called otherwise.
    private static string Stem(string folder)
    {
        string name = folder.TrimEnd('/');
        int hyphen = name.LastIndexOf('-');
        return hyphen > 0 && int.TryParse(name[(hyphen + 1)..], out _) ? name[..hyphen] : name;
    }

    private static void Linux(FoundFile kernel, FolderIndex index, List<BootEntry> entries, List<NotOffered> not)
    {
        if (kernel.Header is { Bios: false, Efi: null })
        {
            not.Add(new(kernel.Path, "a kernel that UEFI cannot start: it was built without CONFIG_EFI_STUB"));
            return;
        }

        Layout? layout = Layouts.Of(kernel, index);
        if (layout?.Missing is { } missing)
        {
            not.Add(new(kernel.Path, missing));
            return;
        }

        FoundFile[] initrds = [.. index.In(kernel.Folder).Where(Pairs.IsInitrd).Where(file => !Layouts.IsRoot(file))];
        FoundFile? initrd = Pairs.InitrdOf(kernel, initrds);
        if (initrd == null && initrds.Length > 0)
        {
            not.Add(new(kernel.Path, $"which initrd is its own? There are {string.Join(", ", initrds.Select(file => file.Name))}: "
                + "give it the kernel's version in its name, or put the pair into a folder of its own"));
            return;
        }

        string title = (layout?.Title ?? $"Linux {kernel.Header.Version}".TrimEnd()) + $" ({FolderIndex.Shown(kernel.Folder)})";
        FoundFile[] first = initrd == null ? [] : [.. index.In(kernel.Folder).Where(Pairs.IsMicrocode), initrd];
        entries.Add(Entry(title, kernel, first, layout?.Further ?? [],
            CommandLineFile.Read(kernel, index) ?? layout?.CommandLine ?? ""));
    }

    private static void Other(FoundFile file, FolderIndex index, List<BootEntry> entries, List<NotOffered> not)
    {
        switch (file.Header.Kind)
        {
            case FileKind.Memtest:
                entries.Add(Entry($"Memtest86+ ({file.Path})", file, [], [], ""));
                break;
            case FileKind.EfiProgram when file.Name.Contains("memtest", StringComparison.OrdinalIgnoreCase):
                entries.Add(Entry($"Memtest86+ ({file.Path})", file, [], [], ""));
                break;
            case FileKind.EfiProgram when !IsLoader(file):
                entries.Add(Entry($"UEFI program {file.Path}", file, [], [], ""));
                break;
            case FileKind.Iso when !entries.Exists(entry => Uses(entry, file)) && !not.Exists(other => IsInside(other.Path, file)):
                not.Add(new(file.Path, "there is no kernel in it that could be started from outside, or it is damaged"));
                break;
            case FileKind.Archive when file.Name.StartsWith("vmlinuz", StringComparison.Ordinal)
                || file.Name.StartsWith("Image", StringComparison.Ordinal):
                not.Add(new(file.Path, "a packed kernel, which iPXE cannot unpack: unpack it here (gunzip, unxz, unzstd)"));
                break;
            case FileKind.Archive when Pairs.IsInitrd(file) && !index.In(file.Folder).Any(other => other.Header.Kind == FileKind.Linux)
                && !entries.Exists(entry => entry.Initrds.Any(initrd => initrd.Path == file.Path)):
                not.Add(new(file.Path, "an initrd without a kernel beside it"));
                break;
            case FileKind.Wimboot:
                not.Add(new(file.Path, "Windows needs the files of its medium too: write a boot.ipxe for it, see https://ipxe.org/wimboot"));
                break;
            default:
                break;
        }
    }

    private static bool IsInside(string path, FoundFile iso) => path.StartsWith(iso.Path + "/", StringComparison.Ordinal);

    private static bool Uses(BootEntry entry, FoundFile iso) =>
        IsInside(entry.Kernel, iso) || entry.Initrds.Any(initrd => initrd.Path == iso.Path)
        || entry.CommandLine.Contains(BootEntry.Mirror + FolderIndex.Url(iso.Path), StringComparison.Ordinal);

    private static bool IsLoader(FoundFile file) =>
        file.Path.StartsWith(MirrorServer.LoadersFolder + "/", StringComparison.Ordinal)
        || file.Path.Contains("efi/boot/", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(LoaderNames, name => file.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static BootEntry Entry(
        string title, FoundFile kernel, IReadOnlyList<FoundFile> initrds, IReadOnlyList<EntryInitrd> further, string line) =>
        new BootEntry(title, kernel.Path, [.. initrds.Select(file => new EntryInitrd(file.Path)), .. further], line, kernel.Header.Bios,
            kernel.Header.Efi, kernel.Length + initrds.Sum(file => file.Length) + further.Sum(file => file.Bytes))
        {
            IsLinux = kernel.Header.Kind == FileKind.Linux,
        };
}
