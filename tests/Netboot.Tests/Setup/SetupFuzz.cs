using System;
using System.Collections.Generic;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Dhcp.Lease;
using Netboot.Dns;
using Netboot.Tests.Dhcp;
using Netboot.Tests.Dhcp.Lease;
using Netboot.Tests.Support;

namespace Netboot.Tests.Setup;

/// <summary>
/// What arrives on an access point may be anything: nothing throws, nothing is read or written past its end, and nobody gets another's
/// address.
/// </summary>
[TestClass]
public class SetupFuzz
{
    private const int Seed = 53;
    private static readonly byte[] Self = [192, 168, 4, 1];

    [TestMethod]
    public void Lease_server_answers_in_form_and_never_gives_one_address_to_two()
    {
        var random = new Random(Seed);
        byte[][] seeds = Seeds();
        var bench = new LeaseBench();
        var packet = new byte[DhcpMessage.MaximumLength];
        var owners = new Dictionary<int, (string Mac, long Until)>();
        int acks = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            bench.Now += random.Next(2000);
            int length = Fuzz.Make(random, seeds, packet);
            Array.Copy(packet, bench.Message.Buffer, length);
            if (bench.Message.Parse(length) != null)
            {
                continue;
            }

            bench.Responder.Answer(bench.Message, bench.Now, bench.Answer);
            int reply = bench.Answer.Length;
            string mac = Convert.ToHexString(bench.Message.Buffer, 28, 6);
            if (reply == 0)
            {
                // A released or declined address may be somebody else's next.
                if (bench.Message.MessageType is DhcpMessageType.Release or DhcpMessageType.Decline or DhcpMessageType.Request)
                {
                    Forget(owners, mac);
                }

                continue;
            }

            int type = CheckForm(bench.Answer.Reply, reply);
            int given = Octets.ReadInt32(bench.Answer.Reply, 16);
            if (type == DhcpMessageType.Ack && given != 0)
            {
                acks++;
                if (owners.TryGetValue(given, out (string Mac, long Until) owner))
                {
                    Assert.IsTrue(owner.Mac == mac || owner.Until <= bench.Now, "an address that another has");
                }

                Forget(owners, mac);
                owners[given] = (mac, bench.Now + (LeaseTable.LeaseSeconds * 1000L));
            }
            else if (type == DhcpMessageType.Offer && owners.TryGetValue(given, out (string Mac, long Until) holder))
            {
                Assert.IsTrue(holder.Mac == mac || holder.Until <= bench.Now, "an offer of an address that another has");
            }
        }

        Assert.IsTrue(acks > Fuzz.Packets / 100, "the generator must reach the leases: " + acks);
    }

    [TestMethod]
    public void Name_server_stays_within_its_buffer()
    {
        var random = new Random(Seed);
        byte[][] seeds =
        [
            Hex.Bytes("123401000001000000000000056170706c6503636f6d0000010001"),
            Hex.Bytes("12340100000100000000000112636f6e6e6563746976697479636865636b07677374617469630363" + "6f6d0000010001"
            + "0000291000000000000000"),
            Hex.Bytes("123401000001000000000000056170706c6503636f6d00001c0001"),
        ];
        var packet = new byte[NameAnswer.MaximumLength];
        int answered = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, seeds, packet);
            byte first = packet[0];
            int answer = NameAnswer.Answer(packet, length, Self);
            Assert.IsTrue(answer is 0 or (>= 12 and <= NameAnswer.MaximumLength));
            if (answer > 0)
            {
                answered++;
                Assert.AreEqual(first, packet[0]);
                Assert.IsTrue((packet[2] & 0x80) != 0, "an answer is no question, or two of us would talk for ever");
            }
        }

        Assert.IsTrue(answered > Fuzz.Packets / 20, "the generator must reach the answers: " + answered);
    }

    private static void Forget(Dictionary<int, (string Mac, long Until)> owners, string mac)
    {
        foreach (KeyValuePair<int, (string Mac, long Until)> owner in new Dictionary<int, (string Mac, long Until)>(owners))
        {
            if (owner.Value.Mac == mac)
            {
                owners.Remove(owner.Key);
            }
        }
    }

    private static byte[][] Seeds()
    {
        var seeds = new List<byte[]>(DhcpFuzz.Seeds);
        var bench = new LeaseBench();
        int[] types = [DhcpMessageType.Discover, DhcpMessageType.Request, DhcpMessageType.Decline, DhcpMessageType.Release,
            DhcpMessageType.Inform];
        for (int client = 0; client < 12; client++)
        {
            foreach (int type in types)
            {
                Packet packet = bench.Packet(type, client).Option(DhcpOption.RequestedAddress, [192, 168, 4, (byte)(10 + client)]);
                seeds.Add(packet.Bytes());
                seeds.Add(packet.Option(DhcpOption.ServerIdentifier, Self).Bytes());
            }
        }

        return [.. seeds];
    }

    private static int CheckForm(byte[] reply, int length)
    {
        Assert.IsTrue(length is >= 300 and <= 548);
        Assert.AreEqual(2, reply[0]);
        int type = 0;
        int at = 240;
        while (reply[at] != DhcpOption.End)
        {
            type = reply[at] == DhcpOption.MessageType ? reply[at + 2] : type;
            at += 2 + reply[at + 1];
            Assert.IsTrue(at < length, "options end with END");
        }

        return type;
    }
}
