using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Netboot.Dns;
using Netboot.Logging;

namespace Netboot.Tests.Setup;

/// <summary>When the name is answered for, to whom and how often, over real sockets.</summary>
[TestClass]
[DoNotParallelize]
public class MdnsServiceTests
{
    private const int A = 1;
    private const int Aaaa = 28;
    private const int Internet = 1;
    private const int Alone = 0x8001;

    [TestMethod]
    public void The_name_is_announced_twice_a_second_apart()
    {
        using var bench = new MdnsBench();
        bench.Step();
        bench.Step();
        bench.Now += 999;
        bench.Step();
        Assert.AreEqual(1, bench.Log.Counts[Counter.MdnsSent]);
        bench.Now += 1;
        bench.Step();
        bench.Now += 100_000;
        bench.Step();
        Assert.AreEqual(2, bench.Log.Counts[Counter.MdnsSent]);
        System.Collections.Generic.List<byte[]> messages = bench.ToAll();
        Assert.HasCount(2, messages);
        var expected = new byte[128];
        int length = MdnsAnswer.Write(expected, MdnsAnswer.Name(Encoding.ASCII.GetBytes(bench.Host)), bench.Address);
        CollectionAssert.AreEqual(expected[..length], messages[0]);
        CollectionAssert.AreEqual(expected[..length], messages[1]);
    }

    [TestMethod]
    public void A_new_name_and_a_new_address_are_announced_twice_and_the_same_name_is_not()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        bench.Use(bench.Host);
        bench.Settle();
        Assert.AreEqual(2, bench.Log.Counts[Counter.MdnsSent]);
        bench.Use(bench.Host + "x");
        bench.Step();
        bench.Now += 1000;
        bench.Step();
        Assert.AreEqual(4, bench.Log.Counts[Counter.MdnsSent]);
        Assert.HasCount(2, bench.ToAll());
        bench.Service.Reset();
        bench.Now += 1000;
        bench.Address = [127, 0, 0, 77];
        bench.Step();
        Assert.AreEqual(2, bench.Opened);
        byte[] message = bench.ToAll()[0];
        Assert.IsTrue(message.AsSpan().IndexOf(new byte[] { 0, 4, 127, 0, 0, 77 }) > 0, "the new address");
        bench.Settle();
        Assert.AreEqual(6, bench.Log.Counts[Counter.MdnsSent]);
    }

    [TestMethod]
    public void A_resolver_of_unicast_DNS_is_answered_alone()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.0.0.9", 0);
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        byte[] answer = MdnsBench.Receive(asker);
        Assert.IsNotNull(answer);
        Assert.AreEqual("123484000001000100000000", Convert.ToHexString(answer, 0, 12));
        Assert.AreEqual("C00C000100010000000A00047F000001", Convert.ToHexString(answer[^16..]));
        Assert.IsEmpty(bench.ToAll());
        Assert.IsTrue(bench.Send(asker, bench.Question(Aaaa, Internet)));
        Assert.IsNull(MdnsBench.Receive(asker));
    }

    [TestMethod]
    public void Who_asks_for_an_answer_of_its_own_gets_it()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.53.0.1", MdnsAnswer.Port);
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Alone)));
        byte[] answer = MdnsBench.Receive(asker);
        Assert.IsNotNull(answer);
        Assert.AreEqual("000084000000000100000001", Convert.ToHexString(answer, 0, 12));
        Assert.IsEmpty(bench.ToAll());
    }

    [TestMethod]
    public void All_are_told_at_most_once_a_second_however_many_ask()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.53.0.2", MdnsAnswer.Port);
        for (int i = 0; i < 5; i++)
        {
            Assert.IsTrue(bench.Send(asker, bench.Question(i % 2 == 0 ? A : Aaaa, Internet)));
        }

        Assert.HasCount(1, bench.ToAll());
        bench.Now += 1000;
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        Assert.HasCount(1, bench.ToAll());
        Assert.IsNull(MdnsBench.Receive(asker));
    }

    [TestMethod]
    public void One_asker_gets_eight_answers_a_second_and_keeps_none_from_others()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        bench.Now += 5000;
        int before = bench.Log.Counts[Counter.MdnsSent];
        using Socket asker = MdnsBench.Asker("127.0.0.9", 0);
        for (int i = 0; i < 15; i++)
        {
            Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        }

        Assert.AreEqual(8, bench.Log.Counts[Counter.MdnsSent] - before);
        Assert.AreEqual(7, bench.Log.Counts[Counter.MdnsUnsent]);
        using Socket other = MdnsBench.Asker("127.0.0.10", 0);
        Assert.IsTrue(bench.Send(other, bench.Question(A, Internet)));
        Assert.IsNotNull(MdnsBench.Receive(other));
        bench.Now += 1000;
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        Assert.AreEqual(10, bench.Log.Counts[Counter.MdnsSent] - before);
    }

    [DataRow(0)]
    [DataRow(MdnsAnswer.Port)]
    [TestMethod]
    public void Fifty_forged_questions_a_second_take_no_answer_from_twelve_askers(int port)
    {
        using var bench = new MdnsBench();
        bench.Settle();
        Socket[] forged = [.. Enumerable.Range(1, 50).Select(i => MdnsBench.Asker($"127.54.0.{i}", 0))];
        int answered = 0;
        int forgedNext = 0;
        for (int i = 0; i < 12; i++)
        {
            // A second with one true question in it, which stands behind most of the forged ones.
            bench.Now += 1000;
            for (int question = 0; question < 40; question++)
            {
                Assert.IsTrue(bench.Send(forged[forgedNext++ % 50], bench.Question(A, Internet)));
            }

            using Socket asker = MdnsBench.Asker($"127.55.0.{i + 1}", port);
            Assert.IsTrue(bench.Send(asker, bench.Question(A, port == 0 ? Internet : Alone)));
            for (int question = 0; question < 10; question++)
            {
                Assert.IsTrue(bench.Send(forged[forgedNext++ % 50], bench.Question(A, Internet)));
            }

            answered += MdnsBench.Receive(asker) == null ? 0 : 1;
        }

        Assert.AreEqual(12, answered);
        Array.ForEach(forged, socket => socket.Dispose());
    }

    [TestMethod]
    public void Who_asks_right_after_all_were_told_is_told_with_the_next()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.53.0.4", MdnsAnswer.Port);
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        Assert.HasCount(1, bench.ToAll());
        bench.Now += 500;
        Assert.IsTrue(bench.Send(asker, bench.Question(A, Internet)));
        Assert.IsEmpty(bench.ToAll());
        bench.Now += 500;
        bench.Step();
        Assert.HasCount(1, bench.ToAll());
        bench.Now += 1000;
        bench.Step();
        Assert.IsEmpty(bench.ToAll());
    }

    [TestMethod]
    public void Who_is_not_in_the_subnet_gets_no_answer()
    {
        using var bench = new MdnsBench { SubnetMask = [255, 255, 255, 0] };
        bench.Settle();
        using Socket stranger = MdnsBench.Asker("127.0.9.9", 0);
        Assert.IsTrue(bench.Send(stranger, bench.Question(A, Internet)));
        Assert.IsNull(MdnsBench.Receive(stranger));
        using Socket neighbour = MdnsBench.Asker("127.0.0.9", 0);
        Assert.IsTrue(bench.Send(neighbour, bench.Question(A, Internet)));
        Assert.IsNotNull(MdnsBench.Receive(neighbour));
    }

    [TestMethod]
    public void Garbage_long_and_empty_datagrams_change_nothing()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.0.0.9", 0);
        Assert.IsTrue(bench.Send(asker, new byte[1400]));
        Assert.IsTrue(bench.Send(asker, []));
        Assert.IsTrue(bench.Send(asker, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1]));
        Assert.IsNull(MdnsBench.Receive(asker));

        // A question at the start of one that is too long counts.
        byte[] question = bench.Question(A, Internet);
        Array.Resize(ref question, 900);
        Assert.IsTrue(bench.Send(asker, question));
        Assert.IsNotNull(MdnsBench.Receive(asker));
    }

    [TestMethod]
    public void A_flood_is_taken_in_small_portions()
    {
        using var bench = new MdnsBench();
        bench.Settle();
        using Socket asker = MdnsBench.Asker("127.0.0.9", 0);
        bench.Flood(asker, new byte[20], 20);
        int steps = 0;
        while (bench.Service.Step(bench.Now))
        {
            steps++;
        }

        Assert.AreEqual(4, steps);
    }

    [TestMethod]
    public void A_port_that_cannot_be_had_is_told_once_and_tried_again_each_minute()
    {
        using var bench = new MdnsBench { Refuses = true };
        for (int i = 0; i < 181; i++)
        {
            bench.Step();
            bench.Now += 1000;
        }

        Assert.AreEqual(4, bench.Opened);
        Assert.HasCount(1, bench.Lines());
        Assert.Contains("Cannot listen on port 5353: socket error", bench.Lines()[0]);
        bench.Refuses = false;
        bench.Now += 60_000;
        bench.Step();
        Assert.HasCount(2, bench.Lines());
        Assert.AreEqual(1, bench.Log.Counts[Counter.MdnsSent]);
    }

    [TestMethod]
    public void Without_an_address_there_is_no_socket()
    {
        using var bench = new MdnsBench { Address = null };
        bench.Step();
        Assert.AreEqual(0, bench.Opened);
    }
}
