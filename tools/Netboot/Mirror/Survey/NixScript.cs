namespace Netboot.Tool.Mirror.Survey;

/// <summary>
/// NixOS's <c>netboot.ipxe</c> (nixos/modules/installer/netboot/netboot.nix): the one place that has the <c>init=</c> of its system. Built
/// attribute by attribute, it lies in <c>result-3</c> while the kernel and the initrd lie in <c>result</c> and <c>result-2</c>.
/// </summary>
internal sealed record NixScript(string Kernel, string Initrd, string CommandLine)
{
    private const int Largest = 16 * 1024;

    /// <summary>Whether a script is called like NixOS's.</summary>
    public static bool IsNamedSo(FoundFile file) =>
        file.Name.StartsWith("netboot", StringComparison.Ordinal) && file.Name.EndsWith(".ipxe", StringComparison.Ordinal);

    /// <summary>Reads a script; null when it is not one kernel and one initrd by their bare names.</summary>
    public static NixScript? Read(FoundFile file)
    {
        if (file.Length > Largest)
        {
            return null;
        }

        string? kernel = null, initrd = null;
        string line = "";
        foreach (string[] words in file.ReadText().Split('\n').Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words is ["kernel", var name, .. var rest] && kernel == null)
            {
                kernel = name;
                // Its own name for the initrd and its hook for more parameters; the mirror's script writes the first by itself.
                line = string.Join(' ', rest.Where(word => !word.StartsWith("initrd=", StringComparison.Ordinal) && word != "${cmdline}"));
            }
            else if (words is ["initrd", var file2] && initrd == null)
            {
                initrd = file2;
            }
        }

        return kernel != null && initrd != null && !kernel.Contains("://", StringComparison.Ordinal)
            && !initrd.Contains("://", StringComparison.Ordinal) && line.Contains("init=", StringComparison.Ordinal)
            ? new NixScript(kernel, initrd, line) : null;
    }
}
