using System.Net;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Captures;
using Netboot.Tests.Tftp;
using Netboot.Tftp;

namespace Netboot.Tests.Journal;

/// <summary>What TFTP tells the journal is not limited as its lines in the log are.</summary>
[TestClass]
public class MissingFileTests
{
    [TestMethod]
    public void A_machine_whose_file_is_missing_is_explained_however_many_others_ask_for_missing_ones()
    {
        var bench = new JournalBench();
        bench.Packet(UefiX64.Discover00, false);
        bench.Request(UefiX64.Request03);
        bench.Packet(UefiX64.Request05, true);
        var lan = new TableHarness();
        var requests = new TftpRequests(
            new TftpServer(bench.Device.Served, lan, bench.Device.Journal, bench.Device.Log, lan, new byte[TftpPackets.MaxPacket]), lan);
        byte[] request = Packets.Read("missing|octet|tsize|0|");
        for (int i = 0; i < 200; i++)
        {
            requests.Receive(request, request.Length,
                new IPEndPoint(new IPAddress(new byte[] { 10, 77, 0, (byte)(i < 106 ? i : i + 1) }), 2070), i);
        }

        requests.Receive(request, request.Length, new IPEndPoint(new IPAddress(new byte[] { 10, 77, 0, 106 }), 2070), 201);
        Assert.AreEqual((int)WhyCode.LoaderMissing, (int)bench.Record.Why);
    }
}
