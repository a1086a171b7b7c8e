using System;
using System.Text;
using Netboot.Device;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Device;
using Netboot.Tests.Support;
using Netboot.Web;

namespace Netboot.Tests.Page;

/// <summary>What a look at the page costs the device in memory, while its journal and log are full and 64 machines are listed.</summary>
[TestClass]
public class PageMemory
{
    /// <summary>What issue 4 allows for a page view.</summary>
    private const int Most = 8 * 1024;

    [TestMethod]
    [DataRow("/")]
    [DataRow("/api/session")]
    [DataRow("/api/machines")]
    [DataRow("/api/status")]
    [DataRow("/api/profiles")]
    [DataRow("/api/log")]
    [DataRow("/api/settings")]
    [DataRow("/api/backup")]
    [DataRow("/metrics")]
    public void A_view_takes_no_more_than_8_KB(string path)
    {
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, board, board, board, board, 80);
        byte[] settings = Encoding.ASCII.GetBytes(Settings());
        device.Use(SettingsText.Parse(settings, 0, settings.Length, new SettingsError()));
        Fill(device);
        var peer = new ArrayPeer();
        var connection = new HttpConnection(new HttpShared(new SiteHandler(device, 80), device.Log, new byte[HttpLimits.ReadSize]));
        string claim = peer.Exchange(connection, device,
            "POST /api/claim HTTP/1.1\r\nHost: netboot\r\nX-Netboot-Token: x\r\nContent-Length: 17\r\n\r\npassword=12345678");
        string cookie = claim[claim.IndexOf("netboot=", StringComparison.Ordinal)..claim.IndexOf(';')];
        byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: netboot\r\nCookie: {cookie}\r\n\r\n");
        string answer = peer.Exchange(connection, device, Encoding.ASCII.GetString(request));
        StringAssert.StartsWith(answer, "HTTP/1.1 200");

        int rest = Live(device, connection, peer);
        int most = 0;
        long garbage = GC.GetAllocatedBytesForCurrentThread();
        peer.Run(connection, device, request);
        garbage = GC.GetAllocatedBytesForCurrentThread() - garbage;
        peer.Run(connection, device, request, () => most = Math.Max(most, Live(device, connection, peer) - rest));
        Console.WriteLine($"{path}: {most} bytes at once; {garbage} bytes of garbage in all, by .NET's sizes");
        Assert.IsTrue(most <= Most, $"{path}: {most} bytes at once");
        Assert.IsTrue(path != "/api/settings" || most > 300, "what is held is found");
    }

    // By the interpreter's sizes, after each step of the connection: what is held while an answer goes out.
    private static int Live(NetbootDevice device, HttpConnection connection, ArrayPeer peer)
    {
        var heap = new DeviceHeap();
        heap.Ignore(device.Board);
        heap.Ignore(peer);
        heap.Add(device);
        heap.Add(connection);
        return heap.Bytes;
    }

    private static string Settings()
    {
        var text = new StringBuilder("[mirror]\nurl = http://192.168.1.10/\n[boot]\ndefault = profile0\n");
        for (int i = 0; i < 16; i++)
        {
            text.Append($"[profile profile{i}]\nkernel = images/{i}/vmlinuz\ninitrd = images/{i}/initrd.img\ncommand-line = console=ttyS0 init=/init loglevel=4\n");
        }

        for (int i = 0; i < 64; i++)
        {
            text.Append($"[machine 52:54:00:00:01:{i:x2}]\nname = machine-{i}\nprofile = profile{i % 16}\n");
        }

        return text.ToString();
    }

    private static void Fill(NetbootDevice device)
    {
        MachineJournal journal = device.Journal;
        byte[] text = Encoding.ASCII.GetBytes("http://192.168.1.5/boot.ipxe?mac=52-54-00-01-02-03&arch=x64&.ipxe");
        for (int boot = 0; boot < 3; boot++)
        {
            for (int i = 0; i < MachineJournal.Capacity; i++)
            {
                byte[] mac = [0x52, 0x54, 0, 0, 1, (byte)i];
                journal.Step(1000 + (boot * 1000) + i);
                journal.ScriptSent(mac, [10, 0, 0, (byte)(0x64 + i)], Encoding.ASCII.GetBytes("http://1"), ProfileKind.Linux, false);
                journal.Reported(mac, BootStage.Up);
            }
        }

        // As slowly as the log takes them.
        for (int i = 0; i < Log.Capacity; i++)
        {
            journal.Step(5000 + (i * 2000));
            device.Log.Add(Subsystem.Dhcp, LogEvent.Offered, [0x52, 0x54, 0, 0, 1, 1], 0, 6, 0, 0, text, 0, text.Length);
        }
    }

    /// <summary>The other end of a connection, which makes no garbage itself.</summary>
    private sealed class ArrayPeer : IHttpPeer
    {
        private readonly byte[] _answer = new byte[64 * 1024];
        private readonly byte[] _address = [127, 0, 0, 9];
        private byte[] _request;
        private int _taken;
        private int _given;
        private bool _closed;

        public string Exchange(HttpConnection connection, NetbootDevice device, string request)
        {
            Run(connection, device, Encoding.ASCII.GetBytes(request));
            return Encoding.ASCII.GetString(_answer, 0, _given);
        }

        public void Run(HttpConnection connection, NetbootDevice device, byte[] request, Action each = null)
        {
            _request = request;
            _taken = 0;
            _given = 0;
            _closed = false;
            connection.Open(this, _address, 1);
            for (int i = 0; i < 500 && !_closed; i++)
            {
                connection.Step(1);
                device.Jobs.Run(1);
                each?.Invoke();
            }

            Assert.IsTrue(_closed);
        }

        public int Receive(byte[] buffer, int offset, int count)
        {
            int part = Math.Min(count, _request.Length - _taken);
            if (part == 0)
            {
                return _given > 0 ? -1 : 0;
            }

            Array.Copy(_request, _taken, buffer, offset, part);
            _taken += part;
            return part;
        }

        public int Send(byte[] buffer, int offset, int count)
        {
            // In small pieces, as a slow network takes them, so that there is a look at every chunk.
            count = Math.Min(count, 500);
            Array.Copy(buffer, offset, _answer, _given, count);
            _given += count;
            return count;
        }

        public void Close() => _closed = true;
    }
}
