using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// A copy of what the journal knows of one machine, for a reader that takes its time. One object can be filled again and again.
/// </summary>
public sealed class MachineRecord
{
    private readonly int[] _began = new int[MachineJournal.Boots];
    private readonly byte[] _stages = new byte[MachineJournal.Boots * MachineJournal.StageBytes];
    private readonly int[] _loaderBytes = new int[MachineJournal.Boots];
    private readonly byte[] _loaderTimes = new byte[MachineJournal.Boots * 2];

    /// <summary>Its Ethernet address, 6 bytes.</summary>
    public byte[] Mac { get; } = new byte[MacText.Size];

    /// <summary>Its UUID as it said it, 16 bytes; see <see cref="HasUuid"/>.</summary>
    public byte[] Uuid { get; } = new byte[UuidText.Size];

    /// <summary>Whether it said a UUID.</summary>
    public bool HasUuid { get; internal set; }

    /// <summary>Its IPv4 address as four bytes in one number, 0 when it is not known.</summary>
    public int Address { get; internal set; }

    /// <summary>What kind of client spoke last.</summary>
    public ClientKind Kind { get; internal set; }

    /// <summary>The platform it boots as.</summary>
    public Platform Platform { get; internal set; }

    /// <summary>Option 93 as it was said.</summary>
    public int Architecture { get; internal set; }

    /// <summary>How its last boot stands.</summary>
    public MachineState State { get; internal set; }

    /// <summary>How far its last boot got.</summary>
    public BootStage Stage { get; internal set; }

    /// <summary>What is wrong, if anything.</summary>
    public WhyCode Why { get; internal set; }

    /// <summary>See <see cref="WhyCode"/>.</summary>
    public int Argument { get; internal set; }

    /// <summary>See <see cref="WhyCode"/>; <see cref="TextLength"/> bytes.</summary>
    public byte[] Text { get; } = new byte[MachineJournal.TextSize];

    /// <summary>Length of <see cref="Text"/>.</summary>
    public int TextLength { get; internal set; }

    /// <summary>Milliseconds since it was last heard.</summary>
    public int Ago { get; internal set; }

    /// <summary>How many boots are known, newest first.</summary>
    public int Boots { get; internal set; }

    internal int[] BeganTimes => _began;

    internal byte[] StageTimes => _stages;

    internal int[] LoaderSizes => _loaderBytes;

    internal byte[] LoaderTimes => _loaderTimes;

    /// <summary>Milliseconds since a boot began.</summary>
    public int BeganAgo(int boot) => _began[boot];

    /// <summary>When a boot reached a stage, in milliseconds since it began, or -1; over ten minutes it says ten minutes.</summary>
    public int At(int boot, int stage)
    {
        if (stage == 0)
        {
            return 0;
        }

        int at = (boot * MachineJournal.StageBytes) + (stage * 2) - 2;
        int time = (_stages[at] << 8) | _stages[at + 1];
        return (time - 1) * (time == 0 ? 1 : MachineJournal.Unit);
    }

    /// <summary>Size of the loader that a boot took, 0 when it is not known.</summary>
    public int LoaderBytes(int boot) => _loaderBytes[boot];

    /// <summary>How long that took, in milliseconds.</summary>
    public int LoaderMilliseconds(int boot) => Octets.ReadUInt16(_loaderTimes, boot * 2) * MachineJournal.Unit;

    /// <summary>Writes what is wrong in plain words; nothing when nothing is.</summary>
    public void WriteWhy(ByteWriter writer) => WhyText.Write(writer, Why, Argument, Text, 0, TextLength);

    /// <summary>Writes what its firmware is, such as <c>UEFI x64</c>.</summary>
    public void WriteFirmware(ByteWriter writer)
    {
        switch (Kind)
        {
            case ClientKind.Ipxe:
            case ClientKind.IpxeWithoutHttp:
                writer.Text("iPXE ");
                break;
            case ClientKind.UefiHttp:
                writer.Text("UEFI HTTP ");
                break;
            case ClientKind.UefiPxe:
                writer.Text("UEFI ");
                break;
            case ClientKind.Other:
                writer.Text("architecture ").Number(Architecture);
                return;
            default:
                break;
        }

        if (Platform == Platform.Bios)
        {
            writer.Text("BIOS");
            return;
        }

        writer.Raw(Platforms.NameOf(Platform));
    }
}
