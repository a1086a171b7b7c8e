using System;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Journal;

/// <summary>
/// The journal's table, one row for each machine, and the copy of a row that others read. All numbers are in one array and all bytes in
/// another, column after column, for an array of its own costs the board 12 bytes and a field 12 more. A column's constant is where it
/// begins; the machine's number is added, times the width where one machine has several.
/// </summary>
public abstract class MachineColumns
{
    /// <summary>Machines kept: with their boots they take 3.3 KB of the board's heap.</summary>
    public const int Capacity = 20;

    /// <summary>Boots kept of each machine.</summary>
    public const int Boots = 3;

    /// <summary>Bytes of text kept with a diagnosis: what a machine said, a file's name.</summary>
    public const int TextSize = 24;

    /// <summary>Times are kept in units of so many milliseconds: a stage's in 16 bits then reaches ten minutes.</summary>
    public const int Unit = 10;

    // A stage's time takes two bytes; when a boot began is its first stage's.
    internal const int StageBytes = 2 * (StageNames.Count - 1);

    private protected const int Nobody = -1;

    // Columns of numbers. Times are in units since the device started.
    private protected const int Addresses = 0;
    private protected const int Arguments = Addresses + Capacity;
    private protected const int Heards = Arguments + Capacity;
    private protected const int Moves = Heards + Capacity;
    private protected const int Changes = Moves + Capacity;

    // Of each machine's boots, newest first.
    private protected const int Begins = Changes + Capacity;
    private protected const int LoaderSizes = Begins + (Capacity * Boots);
    private protected const int NumbersSize = LoaderSizes + (Capacity * Boots);

    // Columns of bytes.
    private protected const int Kinds = 0;
    private protected const int PlatformsOf = Kinds + Capacity;
    private protected const int States = PlatformsOf + Capacity;
    private protected const int Reached = States + Capacity;
    private protected const int Flags = Reached + Capacity;
    private protected const int Whys = Flags + Capacity;
    private protected const int TextLengths = Whys + Capacity;
    private protected const int BootCounts = TextLengths + Capacity;
    private protected const int Architectures = BootCounts + Capacity;
    private protected const int Macs = Architectures + (Capacity * 2);
    private protected const int Uuids = Macs + (Capacity * MacText.Size);
    private protected const int Texts = Uuids + (Capacity * UuidText.Size);

    // Of each boot, newest first, two bytes for each stage after the first: 1 + the time since it began, 0 for one that was not reached.
    private protected const int StageTimes = Texts + (Capacity * TextSize);
    private protected const int LoaderTimes = StageTimes + (Capacity * Boots * StageBytes);

    // Machines in two orders, by 1 + their number, 0 for none: chains of those whose addresses end alike (cards of one maker begin alike),
    // and two rings from the one that was heard last to the one that was quiet longest, which gives way: strangers, and the owner's
    // machines. No search through all, however many strangers come by. A ring's own place stands between its newest (the older side of it)
    // and its quietest.
    private protected const int ChainHeads = LoaderTimes + (Capacity * Boots * 2);
    private protected const int ChainNext = ChainHeads + Chains - 1;
    private protected const int Newer = ChainNext + Capacity + 1;
    private protected const int Older = Newer + Capacity + 2;
    private protected const int BytesSize = Older + Capacity + 2;
    private protected const byte Strangers = 0;
    private protected const byte Owners = Capacity + 1;

    // A power of two, about as many as there are machines.
    private protected const int Chains = 16;

    private protected const byte AskedFlag = 1;
    private protected const byte FetchingFlag = 2;
    private protected const byte UuidFlag = 4;
    private protected const byte ReportsFlag = 8;
    private protected const byte InitrdFlag = 16;

    // The boot before this one did not get past the script, and nobody knows why.
    private protected const byte VainFlag = 32;

    // In the settings; and it fetched its script. Both make a machine the owner's: it comes before strangers.
    private protected const byte ListedFlag = 64;
    private protected const byte BootedFlag = 128;
    private protected const byte OwnersFlags = ListedFlag | BootedFlag;

    // The bytes are the lock as well.
    private protected readonly byte[] _bytes = new byte[BytesSize];
    private protected readonly int[] _numbers = new int[NumbersSize];

    private protected int _count;

    // The time, in units, of what is being looked at.
    private protected int _now;

    // The device's clock as of the last step.
    private protected long _clock;

    private protected MachineColumns()
    {
    }

    /// <summary>The device's clock in units of <see cref="Unit"/> milliseconds, as of the last step.</summary>
    public int Time => (int)(_clock / Unit);

    /// <summary>Machines known.</summary>
    public int Count => _count;

    /// <summary>
    /// Fills <paramref name="record"/> with machine <paramref name="index"/> of <see cref="Count"/>, in no order; false when there is none.
    /// <paramref name="now"/> is the device's clock.
    /// </summary>
    public bool Read(int index, MachineRecord record, long now)
    {
        lock (_bytes)
        {
            if (index < 0 || index >= _count)
            {
                return false;
            }

            int time = (int)(now / Unit);
            byte[] bytes = _bytes;
            int[] numbers = _numbers;
            Array.Copy(bytes, Macs + (index * MacText.Size), record.Mac, 0, MacText.Size);
            Array.Copy(bytes, Uuids + (index * UuidText.Size), record.Uuid, 0, UuidText.Size);
            record.HasUuid = (bytes[Flags + index] & UuidFlag) != 0;
            record.Address = numbers[Addresses + index];
            record.Kind = (ClientKind)bytes[Kinds + index];
            record.Platform = (Platform)bytes[PlatformsOf + index];
            record.Architecture = Octets.ReadUInt16(bytes, Architectures + (index * 2));
            record.State = (MachineState)bytes[States + index];
            record.Stage = (BootStage)bytes[Reached + index];
            record.Why = (WhyCode)bytes[Whys + index];
            record.Argument = numbers[Arguments + index];
            record.TextLength = bytes[TextLengths + index];
            Array.Copy(bytes, Texts + (index * TextSize), record.Text, 0, TextSize);
            record.Ago = Milliseconds(time - numbers[Heards + index]);
            record.Boots = bytes[BootCounts + index];
            Array.Copy(bytes, StageTimes + (index * Boots * StageBytes), record.StageTimes, 0, Boots * StageBytes);
            Array.Copy(bytes, LoaderTimes + (index * Boots * 2), record.LoaderTimes, 0, Boots * 2);
            Array.Copy(numbers, LoaderSizes + (index * Boots), record.LoaderSizes, 0, Boots);
            for (int i = 0; i < record.Boots; i++)
            {
                record.BeganTimes[i] = Milliseconds(time - numbers[Begins + (index * Boots) + i]);
            }

            return true;
        }
    }

    /// <summary>The same, but false too when nothing changed in the last <paramref name="age"/> milliseconds.</summary>
    public bool Read(int index, int age, MachineRecord record, long now)
    {
        lock (_bytes)
        {
            return (index >= _count || Milliseconds((int)(now / Unit) - _numbers[Changes + index]) <= age) && Read(index, record, now);
        }
    }

    // What is longer ago than 24 days is 24 days ago.
    private static int Milliseconds(int units) => units > int.MaxValue / Unit ? int.MaxValue : units * Unit;
}

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

        Platforms.WriteName(Platform, writer);
    }
}
