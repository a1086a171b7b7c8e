using System;
using System.Linq;
using System.Text;
using Netboot.Dns;
using Netboot.Tests.Support;

namespace Netboot.Tests.Setup;

/// <summary>
/// Whatever comes to port 5353 from anybody: nothing throws, every walk ends, and nothing is read or written beyond its end.
/// </summary>
[TestClass]
public class MdnsFuzz
{
    private const int Seed = 5353;
    private const int Largest = 512;
    private const byte Mark = 0xA5;
    private const string Name = "076e6574626f6f74056c6f63616c00";

    private static readonly byte[] s_name = MdnsAnswer.Name(Encoding.ASCII.GetBytes("netboot"));
    private static readonly byte[] s_address = [192, 168, 4, 10];

    private static readonly byte[][] s_seeds =
    [
        .. new[]
        {
            "000000000002000000000000" + Name + "00010001c00c001c0001",
            "000000000001000000000000" + Name + "00018001",
            "46a101200001000000000001" + Name + "00010001" + "00002904d000000000000c000a0008d6a7b2f107095524",
            "000000000002000100000000" + "0178056c6f63616c0000010001076e6574626f6f74c00e00010001" + "c01900018001000000780004c0a8040a",
            "000000000003000000000000076e6574626f6f74c01500010001056c6f63616c0000010001c00c00010001",
            "000084000000000100000000" + Name + "00018001000000780004c0a8040a",
        }.Select(Hex.Bytes),
    ];

    [TestMethod]
    public void Any_datagram_is_read_and_answered_within_its_bounds()
    {
        var random = new Random(Seed);
        var made = new byte[Largest];
        int ours = 0;
        int known = 0;
        for (int i = 0; i < Fuzz.Packets; i++)
        {
            // Exactly as long as the datagram: a read beyond it throws.
            int length = Fuzz.Make(random, s_seeds, made);
            byte[] datagram = made[..length];
            int asked = MdnsAnswer.Asked(datagram, length, s_name, s_address);
            Assert.IsTrue(asked is >= 0 and <= 7);
            Assert.IsTrue(datagram.AsSpan().SequenceEqual(made.AsSpan(0, length)), "reading changes nothing");
            if (asked == 0)
            {
                known++;
                continue;
            }

            ours++;
            Assert.IsTrue((asked & (MdnsAnswer.Address | MdnsAnswer.Absent)) != 0);
            CheckAnswers(made, length);
        }

        Assert.IsTrue(ours > Fuzz.Packets / 20, "the generator must reach the answers: " + ours);
        Assert.IsTrue(known > Fuzz.Packets / 20, "the generator must reach what is passed over: " + known);
    }

    private static void CheckAnswers(byte[] question, int length)
    {
        var buffer = new byte[Largest];
        Array.Copy(question, buffer, length);
        buffer.AsSpan(Math.Max(length, MdnsAnswer.Capacity)).Fill(Mark);
        int legacy = MdnsAnswer.WriteLegacy(buffer, length, s_name, s_address);
        Assert.IsTrue(legacy is > 12 and <= MdnsAnswer.Capacity);
        Assert.IsTrue((buffer[2] & 0x80) != 0, "an answer is no question, or two of us would talk for ever");
        Assert.AreEqual(0, MdnsAnswer.Asked(buffer, legacy, s_name, s_address));
        Assert.IsTrue(buffer.AsSpan(Math.Max(length, MdnsAnswer.Capacity)).IndexOfAnyExcept(Mark) < 0,
            "nothing is written beyond the answer");
        int all = MdnsAnswer.Write(buffer, s_name, s_address);
        Assert.IsTrue(all is > 12 and <= MdnsAnswer.Capacity);
        Assert.AreEqual(0, MdnsAnswer.Asked(buffer, all, s_name, s_address));
    }
}
