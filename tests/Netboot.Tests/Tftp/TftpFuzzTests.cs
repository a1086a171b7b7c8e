using System;
using System.Net;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Tests.Support;
using Netboot.Tftp;

namespace Netboot.Tests.Tftp;

/// <summary>Anything may arrive on both ports. NETBOOT_FUZZ_PACKETS sets how many datagrams are tried and a
/// failure names its seed and packet.</summary>
[TestClass]
public class TftpFuzzTests
{
    private static readonly string[] Seeds =
    {
        "snponly.efi|octet|tsize|0|blksize|1468|windowsize|4|",
        "undionly.kpxe|octet|blksize|1456|",
        "\\Boot\\x64\\WDSNBP.COM|OCTET|tsize|0|timeout|255|",
        "missing|octet|",
        "f|netascii|multicast||",
        "f|octet|",
    };

    [TestMethod]
    [DataRow(1)]
    [DataRow(20261)]
    public void No_datagram_is_thrown_over_and_the_tables_stay_bounded(int seed)
    {
        var random = new Random(seed);
        var lan = new TableHarness();
        lan.Served.Use(Octets.Of("10.0.0.254"));
        var packet = new byte[TftpPackets.MaxRequest + 1];
        long now = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Make(random, packet);
            var from = new IPEndPoint(new IPAddress(new byte[] { 10, 0, 0, (byte)random.Next(6) }), random.Next(4) + 2070);
            now += random.Next(20) == 0 ? random.Next(3000) : random.Next(3);
            lan.FileSize = random.Next(4) * random.Next(3000);
            lan.Late = random.Next(8) == 0;
            lan.StorageThrows = random.Next(50) == 0;
            try
            {
                // Mostly to the right port.
                bool request = length > 1 && packet[1] is TftpPackets.ReadRequest or TftpPackets.WriteRequest;
                if (request != (random.Next(10) == 0))
                {
                    lan.Requests.Receive(packet, length, from, now);
                }
                else
                {
                    lan.Server.Receive(packet, length, from, now);
                }

                lan.Tick(now);
            }
            catch (Exception e)
            {
                Assert.Fail("seed " + seed + ", datagram " + i + ": " + Convert.ToHexString(packet, 0, length) + "\n" + e);
            }

            if (random.Next(4) == 0 && lan.File != null)
            {
                Disturb(random, lan.File);
            }

            Assert.IsTrue(lan.Server.Running is >= 0 and <= TftpLimits.MaxTransfers, "running " + lan.Server.Running);
            CheckReaders(lan);
        }

        // All come to an end by themselves.
        for (int i = 0; i < 200 && lan.Server.Running > 0; i++)
        {
            now += 60000;
            lan.Tick(now);
        }

        Assert.AreEqual(0, lan.Server.Running, "transfers that never end");
        CheckReaders(lan);
        Assert.AreEqual(0, lan.Readers.Count, "files never closed");
        Assert.IsTrue(lan.Log.Counts[Counter.TftpCompleted] > 0 && lan.Log.Counts[Counter.TftpFailed] > 0 && lan.Log.Counts[Counter.TftpMalformed] > 0,
            "the datagrams reach everything");
    }

    // Open files are those of running transfers; each is closed once.
    private static void CheckReaders(TableHarness lan)
    {
        for (int i = lan.Readers.Count - 1; i >= 0; i--)
        {
            var reader = (PatternReader)lan.Readers[i];
            Assert.IsTrue(reader.Closed <= 1, "closed twice");
            Assert.IsFalse(reader.TouchedReleased, "read what was released");
            if (reader.Closed == 1)
            {
                lan.Readers.RemoveAt(i);
            }
        }

        Assert.AreEqual(lan.Server.Running, lan.Readers.Count, "open files");
    }

    private static void Disturb(Random random, PatternReader file)
    {
        switch (random.Next(8))
        {
            case 0:
                file.IsMissing = true;
                break;
            case 1:
                file.BreaksAt = random.Next(2000);
                break;
            case 2:
                file.Told = Netboot.Bytes.LoaderReader.Failed;
                break;
            default:
                file.Told = file.Size;
                file.Delivered = file.Size;
                break;
        }
    }

    private static int Make(Random random, byte[] packet)
    {
        int kind = random.Next(10);
        if (kind < 4)
        {
            // An ACK near enough to move transfers along.
            byte[] ack = Packets.Ack(random.Next(6) == 0 ? random.Next(65536) : random.Next(12));
            ack.CopyTo(packet, 0);
            return random.Next(20) == 0 ? random.Next(5) : 4;
        }

        if (kind == 4)
        {
            random.NextBytes(packet);
            packet[0] = 0;
            packet[1] = (byte)random.Next(8);
            return random.Next(packet.Length + 1);
        }

        if (kind == 5)
        {
            byte[] error = Packets.Error(random.Next(9), "User aborted the transfer");
            error.CopyTo(packet, 0);
            return random.Next(3) == 0 ? random.Next(error.Length) : error.Length;
        }

        byte[] request = Packets.Of(random.Next(10) == 0 ? TftpPackets.WriteRequest : TftpPackets.ReadRequest,
            Seeds[random.Next(Seeds.Length)]);
        int length = request.Length;
        request.CopyTo(packet, 0);
        for (int mutations = random.Next(4); kind > 6 && mutations > 0; mutations--)
        {
            int at = 2 + random.Next(length - 2);
            switch (random.Next(4))
            {
                case 0:
                    packet[at] = (byte)random.Next(256);
                    break;
                case 1:
                    packet[at] = 0;
                    break;
                case 2:
                    packet[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    length = Math.Max(3, at);
                    break;
            }
        }

        return length;
    }
}
