using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary>What the command line asks for, as it was typed; nothing has been checked yet.</summary>
internal sealed record FlashRequest
{
    /// <summary>A name of <see cref="BoardTable"/>.</summary>
    public required string Board { get; init; }

    /// <summary>The serial port; null for the only one there is.</summary>
    public string? Port { get; init; }

    /// <summary>A different nanoFramework target for the same chip.</summary>
    public string? Target { get; init; }

    /// <summary>The deployment image; null for the one that is built here.</summary>
    public string? Image { get; init; }

    /// <summary>The nanoFramework firmware's version.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The settings file.</summary>
    public string? Settings { get; init; }

    /// <summary>The mirror's URL, instead of the file's.</summary>
    public string? Mirror { get; init; }

    /// <summary>The device's name, instead of the file's.</summary>
    public string? Name { get; init; }

    /// <summary>The page's password.</summary>
    public string? Password { get; init; }

    /// <summary>A file with the certificate of the authority that signed an https mirror's certificate.</summary>
    public string? Authority { get; init; }

    /// <summary>A fixed address; null for DHCP.</summary>
    public string? Address { get; init; }

    /// <summary>Its subnet mask.</summary>
    public string? Mask { get; init; }

    /// <summary>Its router.</summary>
    public string? Gateway { get; init; }

    /// <summary>Its name server.</summary>
    public string? Dns { get; init; }

    /// <summary>With <see cref="ConfigOnly"/>: go back to DHCP.</summary>
    public bool Dhcp { get; init; }

    /// <summary>The Wi-Fi's name.</summary>
    public string? WifiName { get; init; }

    /// <summary>The Wi-Fi's password; null to ask for it.</summary>
    public string? WifiPassword { get; init; }

    /// <summary>Only settings and network, over the same cable.</summary>
    public bool ConfigOnly { get; init; }

    /// <summary>Only firmware and image: the board's settings stay.</summary>
    public bool Keep { get; init; }

    /// <summary>Print what would be done.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Where nanoff is; null to look for it, and to install it if it is missing.</summary>
    public string? Nanoff { get; init; }

    /// <summary>How long the device may take to answer.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether the network configuration has to be written.</summary>
    public bool WritesNetwork =>
        !Keep && (!ConfigOnly || Dhcp || Address != null || Mask != null || Gateway != null || Dns != null || WifiName != null);

    /// <summary>Whether the settings file has to be written.</summary>
    public bool WritesSettings => !Keep && (!ConfigOnly || Settings != null || Mirror != null || Name != null || Password != null);
}
