using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Netboot.Tool.Bench;

/// <summary>
/// The DISCOVERs of a measurement, made beforehand: machines take turns, each with its own address, UUID and firmware; each packet has its
/// own transaction.
/// </summary>
internal sealed class DiscoverPlan
{
    public const int TransactionOffset = 4;
    public const int TransactionLength = 4;
    public const int HardwareAddressOffset = 28;
    public const int HardwareAddressLength = 6;
    public const int OptionsOffset = 240;

    private const byte Pad = 0;
    private const byte End = 255;
    private const byte MachineUuid = 97;

    /// <summary>Addresses 02:6e:62:…: locally administered, no maker's.</summary>
    private static readonly byte[] AddressPrefix = [0x02, 0x6e, 0x62, 0x00];

    private readonly byte[][] _packets;
    private readonly uint _firstTransaction;

    public DiscoverPlan(int count, int machines, uint firstTransaction, IReadOnlyList<(string Firmware, byte[] Packet)> templates)
    {
        _firstTransaction = firstTransaction;
        _packets = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            var machine = i % machines;
            _packets[i] = Make(templates[machine % templates.Count].Packet, AddressOf(machine), firstTransaction + (uint)i);
        }
    }

    public int Count => _packets.Length;

    public byte[] this[int index] => _packets[index];

    /// <summary>Which DISCOVER a transaction belongs to, or -1.</summary>
    public int IndexOf(uint transaction)
    {
        var index = transaction - _firstTransaction;
        return index < (uint)_packets.Length ? (int)index : -1;
    }

    /// <summary>A recorded DISCOVER as another machine sends it.</summary>
    public static byte[] Make(byte[] template, ReadOnlySpan<byte> address, uint transaction)
    {
        var packet = (byte[])template.Clone();
        var templateAddress = template.AsSpan(HardwareAddressOffset, HardwareAddressLength);
        // In chaddr, and in iPXE's client identifier (61).
        for (var at = HardwareAddressOffset; at <= packet.Length - HardwareAddressLength; at++)
        {
            if (template.AsSpan(at, HardwareAddressLength).SequenceEqual(templateAddress))
            {
                address.CopyTo(packet.AsSpan(at));
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(TransactionOffset), transaction);
        var uuid = EndOfOption(packet, MachineUuid);
        if (uuid > 0)
        {
            address.CopyTo(packet.AsSpan(uuid - HardwareAddressLength));
        }

        return packet;
    }

    private static byte[] AddressOf(int machine)
    {
        var address = new byte[HardwareAddressLength];
        AddressPrefix.CopyTo(address, 0);
        BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(AddressPrefix.Length), (ushort)machine);
        return address;
    }

    /// <summary>Where the value of an option ends, or 0.</summary>
    private static int EndOfOption(byte[] packet, byte code)
    {
        for (var at = OptionsOffset; at < packet.Length && packet[at] != End; at += packet[at] == Pad ? 1 : 2 + packet[at + 1])
        {
            if (packet[at] == code)
            {
                return at + 2 + packet[at + 1];
            }
        }

        return 0;
    }
}
