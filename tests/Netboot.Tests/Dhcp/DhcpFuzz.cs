using System;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Tests.Captures;
using Netboot.Tests.Support;

namespace Netboot.Tests.Dhcp;

/// <summary>Bad packets neither throw nor draw an answer that breaks the rules; good ones after them are answered as before.</summary>
[TestClass]
public class DhcpFuzz
{
    private const int Seed = 67;

    internal static readonly byte[][] Seeds =
    [
        BiosIpxe.Discover00, BiosIpxe.Request05, BiosPlain.Discover00, BiosPlain.Request03, BiosPlain.Request05, UefiX64.Discover00,
            UefiX64.Request05,
        UefiX64.Discover07, UefiArm64.Discover00, UefiArm64.Request05, UefiHttpX64.Discover00, UefiHttpX64.Discover05, UefiIa32.Discover00,
    ];

    [TestMethod]
    public void Broken_requests_never_throw_and_never_get_a_broken_answer()
    {
        var random = new Random(Seed);
        var bench = new DhcpBench();
        var packet = new byte[DhcpMessage.MaximumLength];
        int answered = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, Seeds, packet);
            bench.Decision.PxeOption = (PxeOptionRule)random.Next(3);
            bench.Decision.AnswerRequest = random.Next(2) == 0;
            bench.Decision.NeedsUuid = random.Next(2) == 0;
            Array.Copy(packet, bench.Message.Buffer, length);
            if (bench.Message.Parse(length) == null)
            {
                bench.Responder.Answer(bench.Message, random.Next(2) == 0, bench.Answer);
                if (bench.Answer.Length > 0)
                {
                    answered++;
                    CheckShape(bench.Answer.Reply, bench.Answer.Length);
                }
            }
        }

        Assert.IsTrue(answered > Fuzz.Packets / 20, "the generator must reach the answers: " + answered);
        Assert.IsNull(bench.Send(UefiX64.Discover00, false));
        Assert.IsTrue(bench.Length >= 300);
    }

    internal static readonly byte[][] ReplySeeds =
        [Servers.PlainRouter, Servers.ProxyOffer, Servers.RelayedBootRouter, Servers.RelayedNoProxyRouter, Servers.RelayedProxy];

    [TestMethod]
    public void Broken_replies_of_servers_never_throw_and_are_never_read_past_their_end()
    {
        var random = new Random(Seed);
        var message = new DhcpMessage();
        var others = new OtherServers();
        var packet = new byte[DhcpMessage.MaximumLength];
        int sound = 0;
        int news = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            int length = Fuzz.Make(random, ReplySeeds, packet);

            // The same packet over two different leftovers must tell the same.
            string fault = Read(message, packet, length, 0, out OtherServerKind kind, out int address);
            byte rest = (byte)(random.Next(2) == 0 ? DhcpOption.BootFile : 1);
            Assert.AreEqual(fault, Read(message, packet, length, rest, out OtherServerKind again, out int addressAgain));
            Assert.AreEqual(kind, again, "packet " + i);
            Assert.AreEqual(address, addressAgain, "packet " + i);
            if (fault == DhcpMessage.NotRequest)
            {
                sound++;
                news += others.Heard(address, kind, ServerQuestion.Is(message), i * 1000L) == OtherServerKind.None ? 0 : 1;
                Assert.IsTrue(others.Count <= OtherServers.Capacity);
            }
        }

        Assert.IsTrue(sound > Fuzz.Packets / 20 && news > 10, $"the generator must reach the table: {sound}, {news}");
    }

    private static string Read(DhcpMessage message, byte[] packet, int length, byte rest, out OtherServerKind kind, out int address)
    {
        Array.Fill(message.Buffer, rest);
        Array.Copy(packet, message.Buffer, length);
        string fault = message.Parse(length);
        bool reply = fault == DhcpMessage.NotRequest;
        kind = reply ? ServerReply.KindOf(message) : OtherServerKind.None;
        address = reply ? ServerReply.AddressOf(message) : 0;
        return fault;
    }

    [TestMethod]
    public void An_answer_makes_no_garbage()
    {
        var bench = new DhcpBench();
        byte[][] requests = [BiosPlain.Discover00, UefiX64.Discover00, UefiX64.Request05, BiosIpxe.Discover00, UefiHttpX64.Discover00];
        for (int i = 0; i < 100; i++)
        {
            Answer(bench, requests[i % requests.Length], i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Answer(bench, requests[i % requests.Length], i);
        }

        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Answer(DhcpBench bench, byte[] request, int turn)
    {
        Array.Copy(request, bench.Message.Buffer, request.Length);
        bench.Message.Parse(request.Length);
        bench.Responder.Answer(bench.Message, turn % 5 == 2, bench.Answer);
    }

    private static void CheckShape(byte[] reply, int length)
    {
        Assert.IsTrue(length is >= 300 and <= 1024);
        Assert.AreEqual(2, reply[0]);
        Assert.AreEqual(0x63825363, Octets.ReadInt32(reply, 236));
        int at = 240;
        while (reply[at] != DhcpOption.End)
        {
            at += 2 + reply[at + 1];
            Assert.IsTrue(at < length, "options end with END");
        }
    }
}
