using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Netboot.Logging;
using Netboot.Tests.Captures;
using Netboot.Tests.Device;
using Netboot.Tests.Page;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>A UEFI machine with an address of its own in 127.0.0.0/8: what it sends from power-on to its script.</summary>
internal sealed class BootClient(RunningDevice device, int number)
{
    private const int PatienceMilliseconds = 2000;
    private const int Tries = 20;
    private const int BlockSize = 1468;
    private const int Window = 4;

    private readonly IPAddress _address = new([127, 0, 1, (byte)(10 + number)]);
    private readonly byte[] _mac = [0x52, 0x54, 0, 0, 1, (byte)number];

    public void Boot()
    {
        Discover(UefiX64.Discover00);
        AskBootServer();
        Fetch("snponly.efi", BoardLoaders.Size);
        Discover(UefiX64.Discover07);
        Script();
    }

    /// <summary>
    /// Asks, and waits until the device has made an offer. It leaves for this machine's port 68, where nobody is: that it was made is
    /// enough.
    /// </summary>
    public void Discover(byte[] discover)
    {
        int offers = device.Device.Log.Counts[Counter.DhcpOffers];
        using Socket socket = Open();
        socket.SendTo(Of(discover), device.Board.EndOf(67));
        Assert.IsTrue(SpinWait.SpinUntil(() => device.Device.Log.Counts[Counter.DhcpOffers] > offers, PatienceMilliseconds), "an offer");
    }

    public void AskBootServer()
    {
        using Socket socket = Open();
        var reply = new byte[1500];
        socket.SendTo(Of(UefiX64.Request05), device.Board.EndOf(4011));
        Assert.IsTrue(socket.Receive(reply) >= 300, "the boot server's answer");
    }

    /// <summary>The whole file by TFTP.</summary>
    public void Fetch(string name, int length)
    {
        using Socket socket = Open();
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        var packet = new byte[1500];
        string request = $"\0\u0001{name}\0octet\0blksize\0{BlockSize}\0windowsize\0{Window}\0tsize\00\0";
        socket.SendTo(Encoding.ASCII.GetBytes(request), device.Board.EndOf(69));
        int count = socket.ReceiveFrom(packet, ref from);
        Assert.AreEqual(6, packet[1], "OACK: " + Encoding.ASCII.GetString(packet, 0, count));
        socket.SendTo(new byte[] { 0, 4, 0, 0 }, from);
        int received = 0;
        int last = 0;
        for (bool ended = false; !ended;)
        {
            count = socket.ReceiveFrom(packet, ref from);
            int block = (packet[2] << 8) | packet[3];
            Assert.AreEqual(3, packet[1], "DATA: " + Encoding.ASCII.GetString(packet, 0, count));
            ended = block == ((last + 1) & 0xFFFF) && count < BlockSize + 4;
            if (block == ((last + 1) & 0xFFFF))
            {
                last = block;
                received += count - 4;
            }

            if (ended || last % Window == 0)
            {
                socket.SendTo(new byte[] { 0, 4, (byte)(last >> 8), (byte)last }, from);
            }
        }

        Assert.AreEqual(length, received, name);
    }

    /// <summary>The script by HTTP; again and again while the device is busy, as iPXE does.</summary>
    public void Script()
    {
        string mac = BitConverter.ToString(_mac).ToLowerInvariant();
        string uuid = "4c4c4544-0000-1000-8000-" + mac.Replace("-", "");
        for (int i = 0; i < Tries; i++)
        {
            if (Get($"/boot.ipxe?mac={mac}&uuid={uuid}&arch=x64&asset=&serial=").StartsWith("#!ipxe", StringComparison.Ordinal))
            {
                return;
            }

            // A little earlier than iPXE would.
            Thread.Sleep(100);
        }

        Assert.Fail("no script");
    }

    /// <summary>The answer's body, or nothing when the device was too busy.</summary>
    public string Get(string path)
    {
        try
        {
            using var client = new PageClient(device.Board.EndOf(80), (_address.GetAddressBytes()[2] << 8) | _address.GetAddressBytes()[3]);
            using HttpResponseMessage answer = client.Get(path).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode ? answer.Content.ReadAsStringAsync().GetAwaiter().GetResult() : "";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // All its connections are taken: refused or closed.
            return "";
        }
    }

    private Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = PatienceMilliseconds };
        socket.Bind(new IPEndPoint(_address, 0));
        return socket;
    }

    // With this machine's MAC, and its address, to which the answer goes.
    private byte[] Of(byte[] packet)
    {
        var own = (byte[])packet.Clone();
        _mac.CopyTo(own, 28);
        _address.GetAddressBytes().CopyTo(own, 12);
        return own;
    }
}
