using System;
using System.Net.Sockets;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Settings;
using Netboot.Terminal;
using Netboot.Tests.Settings;

namespace Netboot.Tests.Terminal;

/// <summary>A device without network whose console is driven step by step, on a clock of the test's own.</summary>
internal sealed class ConsoleBench : INetwork, IBoard, INetworkSetup, IFirmwareLoaders, IRandomness
{
    private const int StepMilliseconds = 10;
    private const int MostSteps = 20000;

    private int _shown;
    private int _filled;

    public ConsoleBench()
    {
        Device = new NetbootDevice(this, this, Storage, this, this, 80);
        Console = new ConsoleService(Device, Terminal, this);
        Greeting = Run();
    }

    public MemoryStorage Storage { get; } = new MemoryStorage();

    public FakeTerminal Terminal { get; } = new FakeTerminal();

    public NetbootDevice Device { get; }

    public ConsoleService Console { get; }

    public string Greeting { get; }

    public long Now { get; private set; } = 1000;

    public int Reboots { get; private set; }

    /// <summary>Free memory, as the board says it.</summary>
    public int Free { get; set; } = 50000;

    /// <summary>Whether Wi-Fi cannot be set, as on a board that has no memory for it.</summary>
    public bool WifiThrows { get; set; }

    /// <summary>What the network was set to last.</summary>
    public string NetworkSet { get; private set; }

    public string Target => "test";

    public string FirmwareVersion => "0";

    public byte[] MacAddress { get; set; }

    public DateTime UtcNow { get; set; } = DateTime.MinValue;

    /// <summary>None, as before a lease; or what a test sets, in a subnet of 256.</summary>
    public byte[] Address { get; set; }

    public byte[] SubnetMask => Address == null ? null : new byte[] { 255, 255, 255, 0 };

    public int Generation => 0;

    public bool HasWifi { get; set; } = true;

    public int Count => 0;

    /// <summary>Types a line and gives what is shown for it.</summary>
    public string Line(string line) => Type(line + "\r");

    /// <summary>Types some keys and gives what is shown for them.</summary>
    public string Type(string keys)
    {
        Terminal.Type(Octets.Of(keys));
        return Run();
    }

    /// <summary>Steps until nothing is left to do; gives what was shown since the last time.</summary>
    public string Run()
    {
        int quiet = 0;
        for (int i = 0; i < MostSteps && quiet < 20; i++)
        {
            quiet = Console.Step(Now) ? 0 : quiet + 1;
            Now += StepMilliseconds;
        }

        string shown = Octets.Text(Terminal.Shown.Buffer, _shown, Terminal.Shown.Length - _shown);
        _shown = Terminal.Shown.Length;
        return shown;
    }

    /// <summary>Moves the clock on.</summary>
    public long Advance(int milliseconds)
    {
        Now += milliseconds;
        return Now;
    }

    /// <summary>The settings as the store would have them.</summary>
    public string Settings()
    {
        var writer = new ByteWriter(256, SettingsLimits.Text);
        SettingsText.Write(Device.Rules.Settings, writer);
        return writer.ToString();
    }

    public bool HasRoom(int bytes) => true;

    public int FreeMemory() => Free;

    /// <summary>Always other bytes, and the same in every run.</summary>
    public void Fill(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(_filled++ * 37);
        }
    }

    public void SetLed(bool lit)
    {
    }

    public void Reboot() => Reboots++;

    public Socket OpenDatagram(int port) => throw new Exception("no network");

    public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

    public Socket OpenListener(int port) => throw new Exception("no network");

    public string Describe() => "eth0 by DHCP";

    public string UseDhcp()
    {
        NetworkSet = "dhcp";
        return null;
    }

    public string UseStatic(string address, string mask, string gateway, string dns)
    {
        NetworkSet = address + " " + mask + " " + gateway + " " + dns;
        return null;
    }

    public string UseWifi(string network, string password)
    {
        if (WifiThrows)
        {
            throw new OutOfMemoryException();
        }

        NetworkSet = network + " " + password;
        return null;
    }

    public string Name(int index) => null;

    public int Length(int index) => 0;

    public string Version(int index) => null;

    public string Hash(int index) => null;

    public int Read(int index, int position, byte[] buffer, int offset, int count) => 0;
}
