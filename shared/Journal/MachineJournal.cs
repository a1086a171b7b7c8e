using System;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Syslog;
using Netboot.Tftp;

namespace Netboot.Journal;

/// <summary>
/// What happened to each machine that was heard of lately, and what is wrong: fixed size, the machine that was quiet longest gives way,
/// strangers before machines of the settings and those that booted. It hears the protocols' events, whichever thread they are: none waits
/// in between, and none is lost where the log has no room for its line. Page and console read copies. As a service, in the packets' loop,
/// it looks once a second at what did not happen.
/// </summary>
public sealed partial class MachineJournal : IService, ILineOwners, IDhcpEvents, ITftpEvents, ISyslogEvents
{
    private const int LookMilliseconds = 1000;

    /// <summary>
    /// Lines that were left out are told of at once, and then not more often than every five minutes: in a flood that goes on, that line is
    /// one more.
    /// </summary>
    private const int TellTime = 300000 / Unit;

    /// <summary>Machines kept: with their boots they take 3.3 KB of the board's heap.</summary>
    public const int Capacity = 20;

    /// <summary>Boots kept of each machine.</summary>
    public const int Boots = 3;

    /// <summary>Bytes of text kept with a diagnosis: what a machine said, a file's name.</summary>
    public const int TextSize = 24;

    /// <summary>Times are kept in units of so many milliseconds: a stage's in 16 bits then reaches ten minutes.</summary>
    public const int Unit = 10;

    private const int Nobody = -1;
    // A stage's time takes two bytes; when a boot began is its first stage's.
    internal const int StageBytes = 2 * (StageNames.Count - 1);

    private readonly OtherServers _others;
    private readonly Log _log;
    private readonly int[] _counts;
    private int _now;
    private long _clock;
    private long _nextLook;
    private int _changesSeen;
    private int _leftOutTold;
    private int _toldAt = -TellTime;

    /// <summary>An empty journal; diagnoses go to <paramref name="log"/> too, and name what <paramref name="others"/> knows.</summary>
    public MachineJournal(Log log, OtherServers others)
    {
        _log = log;
        _counts = log.Counts;
        _others = others;

        // An empty ring is its own neighbour; the strangers' place is 0.
        _bytes[Newer + Owners] = Owners;
        _bytes[Older + Owners] = Owners;
        log.Limit(this);
    }

    /// <inheritdoc/>
    public string Name => "journal";

    /// <summary>The device's clock in units of <see cref="Unit"/> milliseconds, as of the last step.</summary>
    public int Time => (int)(_clock / Unit);

    /// <inheritdoc/>
    public bool Step(long now)
    {
        _clock = now;
        if (now >= _nextLook)
        {
            _nextLook = now + LookMilliseconds;
            Tick(now);
            TellLeftOut();
        }

        return false;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    // In the log itself, where somebody who misses a line looks for it; seldom, for that is a line too.
    private void TellLeftOut()
    {
        int leftOut = _log.Counts[Counter.LinesLeftOut] - _leftOutTold;
        if (leftOut > 0 && (uint)(Time - _toldAt) >= TellTime)
        {
            _leftOutTold += leftOut;
            _toldAt = Time;
            _log.Add(Subsystem.Init, LogEvent.Note, 0, leftOut.ToString()
                + " lines left out here: too many from one source or of one kind (see the counters)");
        }
    }

    /// <summary>
    /// Other settings are in use: their machines are the owner's from now on, and those that are no longer in them are not.
    /// </summary>
    public void Use(MachineTable listed)
    {
        lock (_bytes)
        {
            UseListed(listed);
            for (int i = 0; i < _count; i++)
            {
                int booted = _bytes[Flags + i] & BootedFlag;
                Rank(i, listed.FindMac(_bytes, Macs + (i * MacText.Size)) < 0 ? booted : booted | ListedFlag);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsOwners(byte[] address, int offset, int length)
    {
        lock (_bytes)
        {
            bool byMac = length == MacText.Size;
            int machine = byMac ? Find(address, offset) : ByAddress(Octets.ReadInt32(address, offset));
            return machine != Nobody ? _bytes[Flags + machine] >= ListedFlag : byMac && _listed.FindMac(address, offset) >= 0;
        }
    }

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

    /// <summary>Whether the machine of an Ethernet address was heard.</summary>
    public bool Knows(byte[] mac, int offset)
    {
        lock (_bytes)
        {
            return Find(mac, offset) != Nobody;
        }
    }

    /// <summary>Fills <paramref name="record"/> with the machine of an Ethernet address; false when it was not heard.</summary>
    public bool Find(byte[] mac, int offset, MachineRecord record, long now)
    {
        lock (_bytes)
        {
            return Read(Find(mac, offset), record, now);
        }
    }

    /// <summary>Finds the Ethernet address of the machine that was last seen under an IPv4 address; false when it is not known.</summary>
    public bool MacOf(byte[] address, int offset, byte[] mac)
    {
        lock (_bytes)
        {
            int machine = ByAddress(Octets.ReadInt32(address, offset));
            if (machine == Nobody)
            {
                return false;
            }

            Array.Copy(_bytes, Macs + (machine * MacText.Size), mac, 0, MacText.Size);
            return true;
        }
    }

    // What is longer ago than 24 days is 24 days ago.
    private static int Milliseconds(int units) => units > int.MaxValue / Unit ? int.MaxValue : units * Unit;
}
