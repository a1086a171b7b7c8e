namespace Netboot.Tool.Flash;

/// <summary>How a board reaches the LAN.</summary>
internal enum NetworkKind
{
    /// <summary>Wired, by the chip's own MAC.</summary>
    Ethernet,

    /// <summary>Wi-Fi: it needs a network's name and password.</summary>
    Wifi,
}

/// <summary>
/// The pins of the console's serial port COM2, for a second USB-serial adapter. UART0 belongs to the firmware's wire protocol.
/// </summary>
internal sealed record ConsolePins(int Transmit, int Receive)
{
    /// <inheritdoc/>
    public override string ToString() => $"TX {Transmit}, RX {Receive}";
}

/// <summary>One kind of board: everything that flashing and its documentation need to know of it.</summary>
internal sealed record Board(
    string Name,
    string Title,
    string Target,
    ChipFamily Chip,
    int FlashMegabytes,
    string Psram,
    NetworkKind Network,
    ConsolePins Console,
    string Quirks)
{
    /// <summary>The pin of a status LED; null: none is used unless the settings name one.</summary>
    public int? Led { get; init; }

    /// <summary>Nothing on the board pulls GPIO0 and EN for flashing: a person has to, and has to let go afterwards.</summary>
    public bool BootByHand { get; init; }

    /// <summary>
    /// Whether it takes the image for boards with PSRAM, which fetches by https as well. Only where it is sure: that image has too little
    /// memory left on a board without.
    /// </summary>
    /// <remarks>Another target than the board's own may be one without PSRAM.</remarks>
    public bool TakesPsramImage(string? target) => Psram == Boards.HasPsram && (target == null || target == Target);

    /// <summary>The largest image that its deployment partition takes.</summary>
    public int Capacity => Chip.DeployCapacity(FlashMegabytes);

    /// <summary>Its row in the table of firmware/README.md.</summary>
    public string MarkdownRow() =>
        $"| `{Name}` | {Title} | `{Target}` | {Chip.Name()} | {FlashMegabytes} MB | {Psram} | {(Network == NetworkKind.Ethernet ? "Ethernet" : "Wi-Fi")} "
        + $"| `{ChipFlash.Hex(Chip.DeployAddress())}` | {Console} | {Led?.ToString() ?? "none"} | {Quirks} |";
}
