using System;
using System.Net;
using Netboot.Device;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Captures;

namespace Netboot.IlOperations;

/// <summary>
/// The whole way of one DHCP request through the services as a board has them: read, told apart, decided by rules with 64 machines and 16
/// profiles, answered, noted, logged, and taken into the journal. The journal is full and does not know the machine: one has to give way,
/// and a boot begins. Each run is another machine's. What comes after the firmware's DISCOVER (iPXE, the boot server) is of a machine that
/// the journal knows by it, and not the last one heard.
/// </summary>
public abstract class DhcpOperation
{
    private const int FirstMachine = 20;
    private const int MachineByte = DhcpMessage.HardwareAddressOffset + 5;

    private readonly NetbootDevice _device = Board.WithMachines(64);
    private readonly DhcpMessage _message = new();
    private readonly DhcpAnswer _answer = new();
    private readonly IPEndPoint _source = new(IPAddress.Any, 0);
    private readonly byte[] _packet;
    private readonly bool _bootServer;
    private readonly bool _answered;
    private long _now = 1000;

    protected DhcpOperation(string name, byte[] packet, bool bootServer, bool known = false, bool answered = true)
    {
        Name = name;
        _packet = (byte[])packet.Clone();
        _bootServer = bootServer;
        _answered = answered;
        _device.Dhcp.UseAddress(Board.Address);
        byte[] listed = [0x52, 0x54, 0, 0xAA, 0, 0];
        listed.CopyTo(_packet, DhcpMessage.HardwareAddressOffset);
        byte[] other = (byte[])UefiX64.Discover00.Clone();
        for (int i = 0; i < MachineJournal.Capacity; i++)
        {
            other[MachineByte] = (byte)(0x80 + i);
            Serve(other, false);
        }

        for (int i = 0; i < Log.Capacity; i++)
        {
            _device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "a log that is full");
        }

        // Two machines, for a run that warms up and one that is counted, and others that speak in between.
        byte[] firmware = (byte[])UefiX64.Discover00.Clone();
        listed.CopyTo(firmware, DhcpMessage.HardwareAddressOffset);
        for (int i = 0; known && i < 8; i++)
        {
            firmware[MachineByte] = (byte)(FirstMachine + 1 + i);
            Serve(firmware, false);
        }

        _device.Journal.Step(_now);
        _packet[MachineByte] = FirstMachine;
    }

    public string Name { get; }

    public void Run()
    {
        _packet[MachineByte]++;
        if (Serve(_packet, _bootServer) != _answered)
        {
            throw new InvalidOperationException(Name + (_answered ? " was not answered" : " was answered"));
        }
    }

    // As DhcpService.Take does between its socket's calls, then the step of the journal in the same loop. In the middle of a second: once
    // in one the journal also looks for what did not happen, see the idle round.
    private bool Serve(byte[] packet, bool bootServer)
    {
        _now += 5;
        Array.Copy(packet, _message.Buffer, packet.Length);
        _device.Dhcp.Answer(_message, packet.Length, bootServer, _source, _now, _answer);
        if (_answer.IsTold)
        {
            _device.Dhcp.Tell(_message, bootServer, _now, _answer);
        }

        _device.Journal.Step(_now);
        return _answer.Length > 0;
    }
}

public sealed class DiscoverOfBios() : DhcpOperation("whole way of a DISCOVER, BIOS", BiosPlain.Discover00, false);

public sealed class DiscoverOfUefi() : DhcpOperation("whole way of a DISCOVER, UEFI x64", UefiX64.Discover00, false);

public sealed class DiscoverOfHttp() : DhcpOperation("whole way of a DISCOVER, UEFI HTTP", UefiHttpX64.Discover00, false);

public sealed class DiscoverOfIpxe() : DhcpOperation("whole way of a DISCOVER, iPXE", UefiX64.Discover07, false, known: true);

/// <summary>One whose card has iPXE: the first that is heard of it.</summary>
public sealed class DiscoverOfRomIpxe()
    : DhcpOperation("whole way of a DISCOVER, iPXE of a machine not heard before", UefiX64.Discover07, false);

public sealed class BootServerRequest()
    : DhcpOperation("whole way of a boot server request (4011), UEFI x64", UefiX64.Request05, true, known: true);

/// <summary>
/// A client that names an architecture without a loader: silence, a line in the log five times a second, and a place in the journal.
/// </summary>
public sealed class DiscoverWithoutLoader()
    : DhcpOperation("whole way of a DISCOVER with no loader for it", Unknown(), false, answered: false)
{
    private static byte[] Unknown()
    {
        byte[] packet = (byte[])UefiX64.Discover00.Clone();
        for (int at = 240; packet[at] != DhcpOption.End; at += 2 + packet[at + 1])
        {
            if (packet[at] == DhcpOption.Architecture)
            {
                packet[at + 3] = 99;
            }
        }

        return packet;
    }
}

/// <summary>A PC or a phone that wants an address: most DHCP packets of a LAN. It is dropped early.</summary>
public sealed class DiscoverWithoutNetboot() : DhcpOperation("DISCOVER of a machine that does not netboot", Plain(), false, answered: false)
{
    private static byte[] Plain()
    {
        byte[] packet = (byte[])UefiX64.Discover00.Clone();
        for (int at = 240; packet[at] != DhcpOption.End; at += 2 + packet[at + 1])
        {
            if (packet[at] == DhcpOption.VendorClass)
            {
                packet[at + 2] = (byte)'M';
            }
        }

        return packet;
    }
}
