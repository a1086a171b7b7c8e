using System;
using System.Collections.Generic;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>The device itself, as it runs on a PC: the machine's only boot server in the lab.</summary>
internal sealed class VirtualDevice : IBootServer
{
    private const int DhcpServerPort = 67;
    private const int TftpPort = 69;
    private const int BootServerPort = 4011;

    public string Name => "device";

    public int[] Ports => [DhcpServerPort, TftpPort, BootServerPort];

    public IReadOnlyList<string> Command(BootFiles files, string folder)
    {
        var settings = Path.Combine(folder, "settings");
        File.WriteAllText(settings, Settings(files.Token));
        return SelfCommand.With(
            "run", "--interface", LabNetwork.Interface, "--mirror", BootFiles.MirrorUrl, "--settings", settings,
            "--loaders", files.Loaders, "--plain");
    }

    public static string Settings(string token) =>
        $"""
        [mirror]
        url = {BootFiles.MirrorUrl}
        [boot]
        default = lab
        arm64 = lab-arm64
        {Profile("lab", LabClient.Named("bios"), token)}
        {Profile("lab-arm64", LabClient.Named("arm64"), token)}

        """;

    /// <summary>The device's log marks its lines by protocol; the loader goes over TFTP, or HTTP for a machine that boots by HTTP.</summary>
    public Stage? StageOf(string line)
    {
        if (Marked(line, "[DHCP]") && Has(line, "offer"))
        {
            return Stage.Offer;
        }

        if ((Marked(line, "[TFTP]") || Marked(line, "[HTTP]")) && (Has(line, ".efi") || Has(line, ".kpxe")))
        {
            return Stage.Loader;
        }

        return Marked(line, "[HTTP]") && (Has(line, "script") || Has(line, ".ipxe")) ? Stage.Script : null;
    }

    public bool Tells(string line) =>
        Marked(line, "[DHCP]") || Marked(line, "[PXE]") || Marked(line, "[TFTP]") || Marked(line, "[HTTP]");

    private static string Profile(string name, LabClient client, string token) =>
        $"""
        [profile {name}]
        kernel = {client.KernelFile}
        initrd = {client.InitrdFile}
        command-line = {client.CommandLine(token)}
        """;

    private static bool Marked(string line, string mark) => line.Contains(mark, StringComparison.Ordinal);

    private static bool Has(string line, string word) => line.Contains(word, StringComparison.OrdinalIgnoreCase);
}
