using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Tests.Device;

/// <summary>Wake-on-LAN over the loopback interface: a broadcast to port 9 stays in it, for the sockets are tied to it.</summary>
[TestClass]
public class WakeTests
{
    private const int SolSocket = 1;
    private const int SoBindToDevice = 25;

    private static readonly byte[] s_mac = [0x52, 0x54, 0, 0x12, 0x34, 0x56];

    [TestMethod]
    public void Three_packets_go_to_all_of_the_lan_and_a_line_says_so()
    {
        using Socket card = OnLoopback();
        card.ReceiveTimeout = 3000;
        card.Bind(new IPEndPoint(IPAddress.Any, WakeOnLan.Port));
        var lan = new Lan();
        NetbootDevice device = Device(lan, "[machine 525400123456]\nname = nas\n");
        var error = new SettingsError();
        Assert.IsTrue(device.Wake(s_mac, error), error.ToString());
        var packet = new byte[200];
        for (int i = 0; i < 3; i++)
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Assert.AreEqual(102, card.ReceiveFrom(packet, ref from));
            CollectionAssert.AreEqual(WakeOnLan.Packet(s_mac), packet[..102]);
        }

        Assert.AreEqual(0, card.Available, "three, not more");
        Assert.AreEqual("[Init] Waking 52:54:00:12:34:56", LastLine(device.Log));
        Assert.IsTrue(lan.Last.SafeHandle.IsClosed, "the socket was for that moment");
    }

    [TestMethod]
    public void A_machine_that_nobody_knows_is_not_woken()
    {
        var lan = new Lan();
        var error = new SettingsError();
        Assert.IsFalse(Device(lan, "[machine 525400123457]\n").Wake(s_mac, error));
        Assert.AreEqual("this machine is not in the settings and has not been heard since the device started", error.ToString());
        Assert.IsNull(lan.Last);
    }

    [TestMethod]
    public void One_that_was_heard_is()
    {
        var lan = new Lan();
        NetbootDevice device = Device(lan, "");
        device.Journal.ScriptSent(s_mac, [10, 0, 0, 9], "script"u8.ToArray(), ProfileKind.Script, false);
        var error = new SettingsError();
        Assert.IsTrue(device.Wake(s_mac, error), error.ToString());
    }

    [TestMethod]
    public void What_is_in_the_way_is_said()
    {
        var lan = new Lan();
        NetbootDevice device = Device(lan, "[machine 525400123456]\n");
        var error = new SettingsError();
        lan.Fails = true;
        Assert.IsFalse(device.Wake(s_mac, error));
        StringAssert.StartsWith(error.ToString(), "the packet could not be sent (socket error ");
        lan.Address = null;
        Assert.IsFalse(device.Wake(s_mac, error));
        Assert.AreEqual("the device has no address yet: no link, or no answer from the router", error.ToString());
        Assert.AreEqual(0, device.Log.Added);
    }

    private static NetbootDevice Device(Lan lan, string settings)
    {
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, lan, board, board, board, 80);
        byte[] text = Encoding.ASCII.GetBytes(settings);
        device.Use(SettingsText.Parse(text, 0, text.Length, new SettingsError()));
        return device;
    }

    private static Socket OnLoopback()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.SetRawSocketOption(SolSocket, SoBindToDevice, "lo\0"u8);
        return socket;
    }

    private static string LastLine(Log log)
    {
        var line = new ByteWriter(300, 300);
        Assert.IsTrue(log.Write(log.Added - 1, line, out _));
        return line.ToString();
    }

    /// <summary>The loopback interface as a LAN.</summary>
    private sealed class Lan : INetwork
    {
        public byte[] Address { get; set; } = [127, 0, 0, 1];

        public byte[] SubnetMask => [255, 0, 0, 0];

        public int Generation => 0;

        public bool Fails { get; set; }

        public Socket Last { get; private set; }

        public Socket OpenDatagram(int port)
        {
            if (Fails)
            {
                throw new SocketException(10024);
            }

            Assert.AreEqual(0, port);
            Last = OnLoopback();
            return Last;
        }

        public Socket OpenMulticast(int port, byte[] group) => throw new NotSupportedException();

        public Socket OpenListener(int port) => throw new NotSupportedException();
    }
}
