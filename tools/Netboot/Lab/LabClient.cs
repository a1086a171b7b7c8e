using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>One kind of machine that the lab boots.</summary>
internal sealed record LabClient(
    string Name,
    string Title,
    string Architecture,
    string SerialConsole,
    bool HasPeer,
    IReadOnlyList<string> Packages,
    Func<MachineFirmware, IReadOnlyList<string>> Machine)
{
    public const string Amd64 = "amd64";
    public const string Arm64 = "arm64";

    /// <summary>All clients, in the order in which "all" boots them.</summary>
    public static readonly IReadOnlyList<LabClient> All =
    [
        new("bios", "SeaBIOS with the iPXE ROM of the card", Amd64, "ttyS0", HasPeer: true,
            ["qemu-system-x86", "seabios", "ipxe-qemu"], QemuMachines.Bios),
        new("bios-plain", "SeaBIOS with PXE firmware that does not call itself iPXE", Amd64, "ttyS0", HasPeer: true,
            ["qemu-system-x86", "seabios"], QemuMachines.BiosPlain),
        new("uefi", "OVMF x64, PXE", Amd64, "ttyS0", HasPeer: true,
            ["qemu-system-x86", "ovmf"], QemuMachines.Uefi),
        // dnsmasq's proxy mode answers the class PXEClient only.
        new("uefi-http", "OVMF x64, HTTP boot", Amd64, "ttyS0", HasPeer: false,
            ["qemu-system-x86", "ovmf"], QemuMachines.UefiHttp),
        new("arm64", "AAVMF arm64, PXE", Arm64, "ttyAMA0", HasPeer: true,
            ["qemu-system-arm", "qemu-efi-aarch64"], QemuMachines.Arm64),
        // What a board without room for this loader does; it is the largest of the three.
        new("arm64-mirror", "AAVMF arm64, PXE, the loader streamed from the mirror", Arm64, "ttyAMA0", HasPeer: true,
            ["qemu-system-arm", "qemu-efi-aarch64"], QemuMachines.Arm64) { LoadersFromMirror = true },
        // What a person sees first: "netboot run --serve result" and nothing else.
        new("bios-folder", "SeaBIOS with the iPXE ROM, a folder as Nix built it and no settings", Amd64, "ttyS0", HasPeer: false,
            ["qemu-system-x86", "seabios", "ipxe-qemu"], QemuMachines.Bios) { FolderOnly = true },
        new("uefi-folder", "OVMF x64, PXE, a folder as the NixOS module leaves it and no settings", Amd64, "ttyS0", HasPeer: false,
            ["qemu-system-x86", "ovmf"], QemuMachines.Uefi) { FolderOnly = true, Published = true },
        new("bios-iso", "SeaBIOS with the iPXE ROM, a folder with an ISO file and no settings", Amd64, "ttyS0", HasPeer: false,
            ["qemu-system-x86", "seabios", "ipxe-qemu", "xorriso"], QemuMachines.Bios) { FolderOnly = true, IsoOnly = true },
    ];

    /// <summary>
    /// Whether the device has no loader of its own for this machine, and streams it from the mirror as the machine fetches
    /// it.
    /// </summary>
    public bool LoadersFromMirror { get; init; }

    /// <summary>The device serves a folder itself and has no settings: the menu of what is in the folder boots the machine.</summary>
    public bool FolderOnly { get; init; }

    /// <summary>With <see cref="FolderOnly"/>: what the folder has is an ISO file.</summary>
    public bool IsoOnly { get; init; }

    /// <summary>With <see cref="FolderOnly"/>: the NixOS module of tools/nixos published what the folder has.</summary>
    public bool Published { get; init; }

    public static IEnumerable<string> Names => All.Select(client => client.Name);

    public static LabClient Named(string name) => All.First(client => client.Name == name);

    public string KernelFile => "vmlinuz-" + Architecture;

    public string InitrdFile => "initrd-" + Architecture;

    public string ScriptFile => $"lab-{Architecture}.ipxe";

    /// <summary>The kernel's command line; the token is the run's own, so that no other boot can be mistaken for this one.</summary>
    public string CommandLine(string token) => $"console={SerialConsole} netboot.lab={token}";
}
