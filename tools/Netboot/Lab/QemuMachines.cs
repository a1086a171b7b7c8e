using System.Collections.Generic;
using System.IO;

namespace Netboot.Tool.Lab;

/// <summary>What differs from client to client in QEMU's arguments: machine, firmware, memory, the network card.</summary>
internal static class QemuMachines
{
    // The first firmware file of each list that exists is taken: Debian's names of today, then older ones.
    private static readonly string[] OvmfCode = ["/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_CODE.fd"];
    private static readonly string[] OvmfVariables = ["/usr/share/OVMF/OVMF_VARS_4M.fd", "/usr/share/OVMF/OVMF_VARS.fd"];
    private static readonly string[] AavmfCode = ["/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd"];
    private static readonly string[] AavmfVariables = ["/usr/share/AAVMF/AAVMF_VARS.fd"];

    // edk2 tries IPv6 before it gives up on it, for minutes; the lab's network boots over IPv4.
    private static readonly string[] NoIPv6 =
    [
        "-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=n",
        "-fw_cfg", "name=opt/org.tianocore/IPv6Support,string=n",
    ];

    private static readonly string[] NoIPv4Pxe = ["-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"];

    public static IReadOnlyList<string> Bios(MachineFirmware machine) =>
    [
        "qemu-system-x86_64", "-machine", "pc,graphics=off", "-m", "256", .. machine.Card("virtio-net-pci"),
    ];

    /// <summary>
    /// The same with another ROM in its card. Its name makes QEMU take it for the card's own; otherwise QEMU would not patch the card's PCI
    /// number into it.
    /// </summary>
    public static IReadOnlyList<string> Bios(MachineFirmware machine, string romFolder) => [.. Bios(machine), "-L", romFolder];

    // Every packaged PXE ROM is iPXE. So iPXE is started as a kernel, without the card's own ROM; its script makes it send another user
    // class, and it offers the loader the BIOS PXE interface as any ROM does: the way through undionly.kpxe.
    public static IReadOnlyList<string> BiosPlain(MachineFirmware machine) =>
    [
        "qemu-system-x86_64", "-machine", "pc,graphics=off", "-m", "256",
        "-kernel", machine.PlainFirmware, "-initrd", machine.PlainScript(), .. machine.Card("virtio-net-pci,romfile="),
    ];

    // romfile= is empty: edk2's own driver and PXE, not the iPXE of the card's option ROM.
    public static IReadOnlyList<string> Uefi(MachineFirmware machine) =>
    [
        "qemu-system-x86_64", "-machine", "pc", "-cpu", "max", "-m", "512",
        .. machine.Flash(OvmfCode, OvmfVariables), .. NoIPv6, .. machine.Card("virtio-net-pci,romfile="),
    ];

    public static IReadOnlyList<string> UefiHttp(MachineFirmware machine) => [.. Uefi(machine), .. NoIPv4Pxe];

    public static IReadOnlyList<string> Arm64(MachineFirmware machine) =>
    [
        "qemu-system-aarch64", "-machine", "virt", "-cpu", "cortex-a57", "-m", "1024",
        .. machine.Flash(AavmfCode, AavmfVariables), .. NoIPv6, .. machine.Card("virtio-net-pci,romfile="),
    ];
}

/// <summary>One machine of one boot: its address, and its own copy of the firmware's variables.</summary>
internal sealed record MachineFirmware(string Folder, string PlainFirmware, string Tap, string Mac, string Uuid)
{
    /// <summary>0x8000, the first vendor type, which dnsmasq gives its first service: iPXE reads the two bytes as little-endian.</summary>
    private const int FirstBootServerType = 0x0080;

    public IReadOnlyList<string> Card(string device) =>
    [
        "-netdev", $"tap,id=n,ifname={Tap},script=no,downscript=no", "-device", $"{device},netdev=n,mac={Mac},bootindex=1",
    ];

    /// <summary>
    /// The script of the stand-in for a PXE ROM. Its user class is taken back after DHCP, because the loader starts from the cached answer
    /// and would go on with it. A proxy names its file in the offer or for the asking as boot server; the router's is no one's.
    /// </summary>
    public string PlainScript()
    {
        var file = Path.Combine(Folder, "plain.ipxe");
        File.WriteAllText(
            file,
            $$"""
            #!ipxe
            set user-class plain
            dhcp net0
            isset ${proxydhcp/filename} || pxebs net0 {{FirstBootServerType}}
            clear user-class
            isset ${proxydhcp/filename} && chain tftp://${proxydhcp/next-server}/${proxydhcp/filename} ||
            isset ${pxebs/filename} && chain tftp://${pxebs/next-server}/${pxebs/filename} ||

            """);
        return file;
    }

    public IReadOnlyList<string> Flash(string[] code, string[] variables)
    {
        var ownVariables = Path.Combine(Folder, "variables.fd");
        File.Copy(Existing(variables), ownVariables, overwrite: true);
        return
        [
            "-drive", $"if=pflash,format=raw,unit=0,readonly=on,file={Existing(code)}",
            "-drive", $"if=pflash,format=raw,unit=1,file={ownVariables}",
        ];
    }

    /// <summary>All arguments of the machine; its serial console is QEMU's standard output.</summary>
    public IReadOnlyList<string> CommandLine(LabClient client) =>
    [
        // TCG everywhere: the result is the same with and without KVM (where a guest was seen to hang), and times can be compared.
        .. client.Machine(this), "-accel", "tcg", "-nodefaults", "-no-reboot", "-display", "none", "-monitor", "none",
        "-uuid", Uuid, "-serial", "stdio", "-device", "virtio-rng-pci",
    ];

    private static string Existing(string[] files)
    {
        foreach (var file in files)
        {
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new LabException($"The firmware is not where Debian's package puts it: {string.Join(" or ", files)}.");
    }
}
