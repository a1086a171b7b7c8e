using System;
using System.Collections.Generic;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>The device itself, running on a PC: the only boot server in the lab.</summary>
/// <param name="loadersFromMirror">Whether the loaders are in a folder of the mirror; the device has none of its own and streams
/// them.</param> <param name="settings">More settings, as text: whole sections that the lab's own settings lack.</param>
internal sealed class VirtualDevice(bool loadersFromMirror = false, string? settings = null) : IBootServer
{
    private const int DhcpServerPort = 67;
    private const int TftpPort = 69;
    private const int BootServerPort = 4011;

    private const string MirrorMark = "[Mirror] ";
    private const string NoLoaders = "no-loaders";

    /// <summary>The device serves this folder as its mirror, and has no settings.</summary>
    public ServedFolder? Folder { get; init; }

    public string Name => "device";

    public int[] Ports => [DhcpServerPort, TftpPort, BootServerPort];

    public IReadOnlyList<string> Command(string loaders, string token, string folder)
    {
        if (Folder != null)
        {
            return SelfCommand.With(
                "run", "--interface", LabNetwork.Interface, "--serve", Folder.Path, "--allow", Folder.Links, "--loaders", loaders, "--plain");
        }

        var file = Path.Combine(folder, "settings");
        File.WriteAllText(file, Settings(token) + settings);
        var own = loadersFromMirror ? Directory.CreateDirectory(Path.Combine(folder, NoLoaders)).FullName : loaders;
        return SelfCommand.With(
            "run", "--interface", LabNetwork.Interface, "--mirror", BootFiles.MirrorUrl, "--settings", file,
            "--loaders", own, "--plain");
    }

    public static string Settings(string token) =>
        $"""
        [mirror]
        url = {BootFiles.MirrorUrl}
        loaders = {BootFiles.MirrorLoaders}
        [boot]
        default = lab
        arm64 = lab-arm64
        {Profile("lab", LabClient.Named("bios"), token)}
        {Profile("lab-arm64", LabClient.Named("arm64"), token)}

        """;

    /// <summary>
    /// The device's log marks its lines by protocol; the loader goes over TFTP, or HTTP for a machine that boots by HTTP.
    /// </summary>
    public Stage? StageOf(string line)
    {
        if (line.IndexOf(MirrorMark, StringComparison.Ordinal) is >= 0 and var mirror)
        {
            return Milestones.OfMirror(line[(mirror + MirrorMark.Length)..]);
        }

        if (Has(line, "[DHCP] Offering to boot "))
        {
            return Stage.Offer;
        }

        if (Has(line, "[HTTP] Sending ipxe boot script to "))
        {
            return Stage.Script;
        }

        var sent = Has(line, "[TFTP] Sent to ") || Has(line, "[HTTP] Sent to ")
            || (Has(line, "[HTTP] Answering ") && Has(line, "GET ") && line.EndsWith(": 200", StringComparison.Ordinal));
        return sent && (Has(line, ".efi") || Has(line, ".kpxe")) ? Stage.Loader : null;
    }

    public bool Tells(string line) =>
        Has(line, "[DHCP]") || Has(line, "[PXE]") || Has(line, "[TFTP]") || Has(line, "[HTTP]") || Has(line, "[Mirror]");

    private static string Profile(string name, LabClient client, string token) =>
        $"""
        [profile {name}]
        kernel = {client.KernelFile}
        initrd = {client.InitrdFile}
        command-line = {client.CommandLine(token)}
        """;

    private static bool Has(string line, string words) => line.Contains(words, StringComparison.Ordinal);
}
