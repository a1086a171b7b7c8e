using System;
using System.Collections.Generic;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>dnsmasq in proxy mode with the same loaders: the peer, and the proof that the lab itself boots.</summary>
internal sealed class DnsmasqProxy : IBootServer
{
    private const int DhcpServerPort = 67;
    private const int TftpPort = 69;
    private const int BootServerPort = 4011;

    // The names that dnsmasq has for client architectures 0, 7, 9 and 11, each with its loader and the kernel it leads to.
    private static readonly (string Architecture, string Loader, string Kernel)[] Rows =
    [
        ("x86PC", "undionly.kpxe", LabClient.Amd64),
        ("BC_EFI", "snponly.efi", LabClient.Amd64),
        ("X86-64_EFI", "snponly.efi", LabClient.Amd64),
        ("ARM64_EFI", "snponly-arm64.efi", LabClient.Arm64),
    ];

    public string Name => "dnsmasq";

    public int[] Ports => [DhcpServerPort, TftpPort, BootServerPort];

    public IReadOnlyList<string> Command(string loaders, string token, string folder)
    {
        List<string> command =
        [
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file=", "--log-facility=-", "--log-dhcp",
            "--port=0", $"--interface={LabNetwork.Interface}", "--bind-interfaces",
            $"--dhcp-range={LabNetwork.DeviceAddress},proxy,255.255.255.0", $"--dhcp-leasefile={Path.Combine(folder, "proxy.leases")}",
            "--enable-tftp", $"--tftp-root={loaders}", "--dhcp-userclass=set:ipxe,iPXE",
        ];
        foreach (var (architecture, loader, kernel) in Rows)
        {
            command.Add($"--pxe-service=tag:!ipxe,{architecture},Netboot,{loader}");
            command.Add($"--pxe-service=tag:ipxe,{architecture},Netboot,{BootFiles.ScriptUrl(kernel)}");
        }

        return command;
    }

    public Stage? StageOf(string line) =>
        line.Contains(" proxy", StringComparison.Ordinal) && line.Contains("PXE(", StringComparison.Ordinal) ? Stage.Offer
        : line.Contains("dnsmasq-tftp", StringComparison.Ordinal) && line.Contains("sent ", StringComparison.Ordinal) ? Stage.Loader
        : null;

    public bool Tells(string line) =>
        line.Contains("PXE(", StringComparison.Ordinal) || line.Contains("dnsmasq-tftp", StringComparison.Ordinal);
}
