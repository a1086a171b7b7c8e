using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;
using Netboot.Tests.Device;

namespace Netboot.Page.Tests.Support;

/// <summary>
/// A machine that boots from the device: its DHCP packets are recorded ones with its own MAC, UUID and address, sent over a socket; what
/// its loader and script do the services' log tells, as it does when they do it over the network.
/// </summary>
internal sealed class Machine(VirtualBoard board, NetbootDevice device, string mac, string address)
{
    private const int RelayAddress = 24;
    private const int HardwareAddress = 28;

    private readonly byte[] _mac = Convert.FromHexString(mac.Replace(":", "", StringComparison.Ordinal));
    private readonly byte[] _address = IPAddress.Parse(address).GetAddressBytes();

    public string Mac => mac;

    /// <summary>Its row on the page, and what belongs to it.</summary>
    public string Row => $"tbody[data-mac='{mac}']";

    public string Details => "#machine-" + mac.Replace(':', '-');

    /// <summary>Its firmware asks to netboot (UEFI x64) and is offered its loader.</summary>
    public Task Discover() => Send(UefiX64.Discover00);

    /// <summary>The same by a relay agent of another subnet.</summary>
    public Task DiscoverBy(string relay) => Send(UefiX64.Discover00, IPAddress.Parse(relay));

    /// <summary>A PC with a BIOS asks.</summary>
    public Task DiscoverBios() => Send(BiosPlain.Discover00);

    /// <summary>It asks the router for its address.</summary>
    public Task Request() => Send(UefiX64.Request03);

    public Task RequestBios() => Send(BiosPlain.Request03);

    public void Loader(string name, int bytes, int milliseconds)
    {
        device.Journal.Started(_address, Encoding.ASCII.GetBytes(name), bytes);
        device.Journal.Sent(_address, Encoding.ASCII.GetBytes(name), bytes, milliseconds);
    }

    public void Script(string profile, ProfileKind kind = ProfileKind.Linux) =>
        device.Journal.ScriptSent(_mac, _address, Encoding.ASCII.GetBytes(profile), kind, kind == ProfileKind.Linux);

    public void Reports(BootStage stage) => device.Journal.Reported(_mac, stage);

    /// <summary>Its script could not fetch a file: iPXE's error number.</summary>
    public void Failed(string file, int error) =>
        device.Journal.Failed(_mac, error, Encoding.ASCII.GetBytes(file), file.Length, file.Length);

    public void Says(string text) => device.Journal.Said(_address, 6, Encoding.ASCII.GetBytes(text), 0, text.Length);

    // By a relay on loopback: an answer by broadcast would not stay there.
    private Task Send(byte[] recorded) => Send(recorded, IPAddress.Loopback);

    private async Task Send(byte[] recorded, IPAddress relay)
    {
        byte[] packet = [.. recorded];
        _mac.CopyTo(packet, HardwareAddress);

        relay.GetAddressBytes().CopyTo(packet, RelayAddress);
        Replace(packet, [97, 17, 0], [.. _mac, .. new byte[4], .. _mac]);
        Replace(packet, [50, 4], _address);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await Take(socket, packet);

        // The device tells its journal after its answer left. When it has taken a packet that comes later, of some other computer that does
        // not netboot, it has told.
        new byte[] { 2, 0, 0, 0, 0, 1 }.CopyTo(packet, HardwareAddress);
        Replace(packet, "PXEClient"u8.ToArray(), "x"u8.ToArray(), 0);
        await Take(socket, packet);
    }

    private async Task Take(Socket socket, byte[] packet)
    {
        int before = device.Log.Counts[Counter.DhcpReceived];
        socket.SendTo(packet, board.EndOf(67));
        for (int i = 0; i < 200 && device.Log.Counts[Counter.DhcpReceived] == before; i++)
        {
            await Task.Delay(10);
        }

        Assert.AreNotEqual(before, device.Log.Counts[Counter.DhcpReceived], "the device did not take the packet");
    }

    // What an option of DHCP holds, when the packet has it.
    private static void Replace(byte[] packet, byte[] option, byte[] value) => Replace(packet, option, value, option.Length);

    private static void Replace(byte[] packet, byte[] option, byte[] value, int offset)
    {
        int at = packet.AsSpan(240).IndexOf(option);
        if (at >= 0)
        {
            value.CopyTo(packet, 240 + at + offset);
        }
    }
}
