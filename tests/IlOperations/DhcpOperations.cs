using System;
using System.IO;
using System.Net.Sockets;
using Netboot.Device;
using Netboot.Dhcp;
using Netboot.Settings;
using Netboot.Tests.Captures;

namespace Netboot.IlOperations;

/// <summary>One DHCP request through the service as a board has it: parsing, rules with 64 machines, answer, log entry.</summary>
public abstract class DhcpOperation
{
    private readonly NetbootDevice _device = Board.WithMachines(64);
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly byte[] _packet;
    private readonly bool _bootServer;

    protected DhcpOperation(string name, byte[] packet, bool bootServer)
    {
        Name = name;
        _packet = packet;
        _bootServer = bootServer;
        _device.Dhcp.UseAddress(Board.Address);
    }

    public string Name { get; }

    public int Budget
    {
        get { return 4000; }
    }

    public void Run()
    {
        Array.Copy(_packet, _message.Buffer, _packet.Length);
        if (_device.Dhcp.Answer(_message, _packet.Length, _bootServer, 1000) == 0)
        {
            throw new InvalidOperationException(Name + " was not answered");
        }
    }
}

public sealed class OfferToBios : DhcpOperation
{
    public OfferToBios()
        : base("offer, BIOS", BiosPlain.Discover00, false)
    {
    }
}

public sealed class OfferToUefi : DhcpOperation
{
    public OfferToUefi()
        : base("offer, UEFI x64", UefiX64.Discover00, false)
    {
    }
}

public sealed class OfferToHttp : DhcpOperation
{
    public OfferToHttp()
        : base("offer, UEFI HTTP", UefiHttpX64.Discover00, false)
    {
    }
}

public sealed class OfferToIpxe : DhcpOperation
{
    public OfferToIpxe()
        : base("offer, iPXE", UefiX64.Discover07, false)
    {
    }
}

public sealed class BootServerAnswer : DhcpOperation
{
    public BootServerAnswer()
        : base("boot server answer (4011), UEFI x64", UefiX64.Request05, true)
    {
    }
}
