using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Terminal;
using Netboot.Tftp;
using Netboot.Web;

namespace Netboot.Tests.Journal;

/// <summary>
/// A device at 10.77.0.2 that is sent recorded packets and what its services log, on a clock of the test's own; what journal, log, console
/// and page say of it.
/// </summary>
internal sealed class JournalBench
{
    private readonly ConsoleBench _console = new ConsoleBench();
    private readonly DhcpMessage _message = new DhcpMessage();
    private readonly DhcpAnswer _answer = new DhcpAnswer();
    private readonly IPEndPoint _source = new IPEndPoint(IPAddress.Any, 0);
    private readonly MachineRecord _record = new MachineRecord();
    private byte[] _mac = new byte[6];
    private long _now = 1000;

    public JournalBench(string settings)
    {
        byte[] text = Octets.Of(settings);
        Device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        UseAddress(new byte[] { 10, 77, 0, 2 });
    }

    public JournalBench()
        : this("[mirror]\nurl = http://10.77.0.3/\n")
    {
    }

    public Netboot.Device.NetbootDevice Device => _console.Device;

    /// <summary>The clock.</summary>
    public long Now
    {
        get => _now;
        set => _now = value;
    }

    /// <summary>The device's own address is another one.</summary>
    public void UseAddress(byte[] address)
    {
        _console.Address = address;
        Device.Dhcp.UseAddress(address);
    }

    /// <summary>A recorded packet comes; whose it is is remembered.</summary>
    public void Packet(byte[] packet, bool bootServer)
    {
        Array.Copy(packet, 0, _message.Buffer, 0, packet.Length);
        Serve(packet.Length, bootServer);
        Array.Copy(packet, 28, _mac, 0, 6);
        Wait(10);
    }

    /// <summary>Strangers ask to netboot, each once, with Ethernet addresses of their own from <paramref name="first"/> on.</summary>
    public void Strangers(byte[] discover, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Array.Copy(discover, 0, _message.Buffer, 0, discover.Length);
            _message.Buffer[28] = 2;
            _message.Buffer[32] = (byte)(i >> 8);
            _message.Buffer[33] = (byte)i;
            Serve(discover.Length, false);
            Wait(10);
        }
    }

    /// <summary>The machine that is meant from now on, by its Ethernet address.</summary>
    public void Turn(byte[] mac) => _mac = mac;

    /// <summary>Lines of the log with these words.</summary>
    public int Lines(string words)
    {
        int count = 0;
        for (int i = Device.Log.Oldest; i < Device.Log.Added; i++)
        {
            var line = new ByteWriter(300, 300);
            if (Device.Log.Write(i, line, out long _) && line.ToString().Contains(words))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>A server's reply comes to port 67; whose machine it is about does not matter.</summary>
    public int Reply(byte[] packet)
    {
        Array.Copy(packet, 0, _message.Buffer, 0, packet.Length);
        Serve(packet.Length, false);
        Wait(1000);
        return _answer.Length;
    }

    /// <summary>What was answered last.</summary>
    public byte[] Answered => _answer.Reply;

    // As the service does between receiving and sending, and after it.
    private void Serve(int length, bool bootServer)
    {
        Device.Dhcp.Answer(_message, length, bootServer, _source, _now, _answer);
        if (_answer.IsTold)
        {
            Device.Dhcp.Tell(_message, bootServer, _now, _answer);
        }
    }

    /// <summary>
    /// The machine's DHCPREQUEST to the router for 10.77.0.106, made of a recorded DISCOVER by its message type and option 50 in place of
    /// its padding.
    /// </summary>
    public void Request(byte[] request) => Packet(request, false);

    /// <summary>TFTP tells of the machine's file.</summary>
    public void Started(string file, int size)
    {
        Device.Journal.Started(AddressOf(), Octets.Of(file), size);
        Wait(10);
    }

    public void Sent(string file, int size, int milliseconds)
    {
        Device.Journal.Sent(AddressOf(), Octets.Of(file), size, milliseconds);
        Wait(10);
    }

    public void BrokenOff(string file, TftpFailure failure, string reason)
    {
        Device.Journal.BrokenOff(AddressOf(), Octets.Of(file), failure, reason);
        Wait(10);
    }

    public void Missing(string file)
    {
        Device.Journal.Missing(AddressOf(), Octets.Of(file), 0, file.Length);
        Wait(10);
    }

    /// <summary>The machine fetches the script of a profile, which has an initrd or none, from this IPv4 address.</summary>
    public void ScriptSent(int address, ProfileKind kind, bool hasInitrd)
    {
        var bytes = new byte[4];
        Octets.WriteInt32(bytes, 0, address);
        Device.Journal.ScriptSent(_mac, bytes, Octets.Of("p"), kind, hasInitrd);
        Wait(10);
    }

    /// <summary>Its script or system reports.</summary>
    public void Reported(BootStage stage)
    {
        Device.Journal.Reported(_mac, stage);
        Wait(10);
    }

    public void Failed(int error, string part)
    {
        byte[] bytes = Octets.Of(part);
        Device.Journal.Failed(_mac, error, bytes, bytes.Length, bytes.Length);
        Wait(10);
    }

    /// <summary>It sends a line by syslog.</summary>
    public void Said(string text)
    {
        byte[] bytes = Octets.Of(text);
        Device.Journal.Said(AddressOf(), 6, bytes, 0, bytes.Length);
        Wait(10);
    }

    private byte[] AddressOf()
    {
        Device.Journal.Find(_mac, 0, _record, _now);
        var address = new byte[4];
        Octets.WriteInt32(address, 0, _record.Address);
        return address;
    }

    /// <summary>Time passes, with a step of the journal every half second.</summary>
    public void Wait(int milliseconds)
    {
        for (; milliseconds > 0; milliseconds -= 500)
        {
            _now += milliseconds < 500 ? milliseconds : 500;
            Device.Journal.Step(_now);
        }
    }

    public MachineRecord Record
    {
        get
        {
            Assert.IsTrue(Device.Journal.Find(_mac, 0, _record, _now));
            return _record;
        }
    }

    /// <summary>The machine's diagnosis must be this, and journal, log, console and page must say these words.</summary>
    public void Says(WhyCode code, string words)
    {
        var why = new ByteWriter(100, 400);
        Record.WriteWhy(why);
        Assert.AreEqual((int)code, (int)Record.Why);
        Assert.AreEqual(words, why.ToString().Contains(words) ? words : why.ToString());
        string log = _console.Line("log 40");
        Assert.IsTrue(log.Contains("[PXE] ") && log.Contains(words));
        Assert.IsTrue(_console.Line("machines").Contains(words));
        string page = Page();
        var escaped = new ByteWriter(100, 400);
        byte[] bytes = Octets.Of(words);
        new JsonWriter(escaped).Value(bytes);
        string inner = escaped.ToString();
        Assert.IsTrue(page.Contains("\"code\":\"" + WhyText.NameOf(code) + "\"") && page.Contains(inner.Substring(1, inner.Length - 2)));
    }

    /// <summary>All of GET /api/machines.</summary>
    public string Page()
    {
        var json = new MachinesJson(Device, 0, 0, _now);
        var all = new ByteWriter(4096, 100000);
        var piece = new ByteWriter(1024, Netboot.Http.HttpPieces.PieceSize);
        int most = json.Largest;
        for (int i = 0; json.Write(i, piece); i++)
        {
            Assert.IsTrue(!piece.Overflowed && piece.Length <= most);
            most = json.Largest;
            all.Raw(piece.Buffer, 0, piece.Length);
            piece.Clear();
        }

        return all.ToString();
    }

    public string Line(string command) => _console.Line(command);
}
