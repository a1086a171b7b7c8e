using System;
using Netboot.Bytes;
using Netboot.Dns;

namespace Netboot.Tests.Setup;

[TestClass]
public class MdnsAnswerTests
{
    private const string Name = "076e6574626f6f74056c6f63616c00";

    // "avahi-resolve -n netboot.local" of Avahi 0.8, captured in a namespace; with -4 and -6 the same with one question.
    private const string Avahi = "000000000002000000000000" + Name + "00010001c00c001c0001";
    private const string Avahi4 = "000000000001000000000000" + Name + "00010001";
    private const string Avahi6 = "000000000001000000000000" + Name + "001c0001";

    // dig 9.18 @224.0.0.251 -p 5353, captured in a namespace: from a port of its own, with a number, RD, AD and EDNS.
    private const string Dig = "46a101200001000000000001" + Name + "00010001" + "00002904d000000000000c000a0008d6a7b2f107095524";

    // Composed, not captured. mDNSResponder of macOS and iOS: A, AAAA and HTTPS in one message, first with QU, with EDNS's owner option
    // (mDNS.c, SendQueries); Windows 11: a message for each type, no QU.
    private const string Apple = "000000000003000000000001" + Name + "00018001c00c001c8001c00c00418001"
        + "00002905a00000119400120004000e00aa525400123456525400123456";
    private const string Windows = "000000000001000000000000" + "074e4554424f4f54056c6f63616c00" + "00010001";

    // Avahi's probe at its start, captured: three questions with compression, four records.
    private const string AvahiProbe =
        "0000000000030000000400000163013401630131013601340136016501660166016601340163013201340134013001300130013001300130013001300130013001300130013001300138016501660369703604617270610000ff000102766d056c6f63616c0000ff000101320130013902313007696e2d61646472c05000ff0001c05a000100010000007800040a090002c068000c0001000000780002c05ac05a001c0001000000780010fe800000000000000442c4fffe6461c4c00c000c0001000000780002c05a";

    private const string AnswerToAll =
        "000084000000000100000001" + Name + "00018001000000780004c0a8040a" + "c00c002f8001000000780005c00c000140";

    private static readonly byte[] s_name = MdnsAnswer.Name(Octets.Of("NetBoot"));
    private static readonly byte[] s_address = { 192, 168, 4, 10 };

    [TestMethod]
    [DataRow(Avahi, MdnsAnswer.Address | MdnsAnswer.Absent | MdnsAnswer.Everybody)]
    [DataRow(Avahi4, MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow(Avahi6, MdnsAnswer.Absent | MdnsAnswer.Everybody)]
    [DataRow(Dig, MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow(Apple, MdnsAnswer.Address | MdnsAnswer.Absent)]
    [DataRow(Windows, MdnsAnswer.Address | MdnsAnswer.Everybody)]
    public void Resolvers_questions_are_understood(string hex, int asked) => Assert.AreEqual(asked, Asked(hex));

    [TestMethod]
    public void A_probe_of_any_type_asks_for_the_address() =>
        Assert.AreEqual(MdnsAnswer.Address, Asked("000000000001000000010000" + Name + "00ff8001c00c00010001000000780004c0a80463"));

    [TestMethod]
    [DataRow("000000000001000000000000076e6574626f6f78056c6f63616c0000010001")]
    [DataRow("000000000001000000000000086e6574626f6f7474056c6f63616c0000010001")]
    [DataRow("000000000001000000000000066e6574626f6f056c6f63616c0000010001")]
    [DataRow("000000000001000000000000076e6574626f6f7403636f6d0000010001")]
    [DataRow("000000000001000000000000076e6574626f6f74056c6f63616c03636f6d0000010001")]
    [DataRow("000000000001000000000000076e6574626f6f740000010001")]
    [DataRow("0000000000010000000000000178" + Name + "00010001")]
    [DataRow(AvahiProbe)]
    public void Questions_about_others_are_not_ours(string hex) => Assert.AreEqual(0, Asked(hex));

    [TestMethod]
    [DataRow("")]
    [DataRow("0000000000010000000000")]
    [DataRow("000000000000000000000000" + Name + "00010001")]
    [DataRow("000084000001000000000000" + Name + "00010001")]
    [DataRow("000028000001000000000000" + Name + "00010001")]
    [DataRow("000000030001000000000000" + Name + "00010001")]
    [DataRow("000000000001000000000000" + Name + "00010003")]
    [DataRow("000000000001000000000000" + Name + "000100")]
    [DataRow("000000000001000000000000076e6574626f6f74056c6f6361")]
    [DataRow("000000000001000000000000076e6574626f6f74056c6f63616c")]
    [DataRow("000000000001000000000000ff")]
    [DataRow("00000000000100000000000047")]
    public void What_is_no_whole_question_of_ours_is_passed_over(string hex) => Assert.AreEqual(0, Asked(hex));

    [TestMethod]
    [DataRow("000000000001000000000000c00c00010001")]
    [DataRow("000000000001000000000000c00e00010001")]
    [DataRow("000000000001000000000000c01200010001")]
    [DataRow("000000000001000000000000c0ff00010001")]
    [DataRow("000000000001000000000000c00000010001")]
    [DataRow("000000000001000000000000c0")]
    [DataRow("000000000001000000000000076e6574626f6f74c00c00010001")]
    [DataRow("000000000001000000000000076e6574626f6f74c01400010001")]
    [DataRow("000000000002000000000000076e6574626f6f74c01a00010001c00c00010001")]
    public void Pointers_that_lead_nowhere_or_round_and_round_are_no_name(string hex) => Assert.AreEqual(0, Asked(hex));

    [TestMethod]
    public void A_name_in_pieces_is_put_together()
    {
        // "x.local", then "netboot" and a pointer to "local".
        Assert.AreEqual(
            MdnsAnswer.Address | MdnsAnswer.Everybody,
            Asked("0000000000020000000000000178056c6f63616c0000010001076e6574626f6f74c00e00010001"));
    }

    [TestMethod]
    public void A_chain_of_pointers_ends()
    {
        // Name at 12; from 31 on six questions whose names point at the one before.
        string question = "00010003";
        string hex = "000000000006000000000000" + Name + question + "c00c" + question + "c01f" + question + "c025" + question + "c02b"
            + question + "c031";
        Assert.AreEqual(0, Asked(hex + question));
        Assert.AreEqual(0, Asked(hex + "00010001"));
        Assert.AreEqual(MdnsAnswer.Address | MdnsAnswer.Everybody, Asked(hex.Substring(0, hex.Length - 12) + "00010001"));
    }

    [TestMethod]
    public void Ours_is_found_among_the_first_eight_questions()
    {
        string other = "01780000010001";
        string seven = other + other + other + other + other + other + other;
        Assert.AreEqual(MdnsAnswer.Address | MdnsAnswer.Everybody, Asked("000000000008000000000000" + seven + Name + "00010001"));
        Assert.AreEqual(MdnsAnswer.Address | MdnsAnswer.Everybody, Asked("00000000ffff000000000000" + seven + Name + "00010001" + other));
        Assert.AreEqual(0, Asked("000000000009000000000000" + seven + other + Name + "00010001"));
    }

    [TestMethod]
    public void A_message_that_was_cut_counts_as_far_as_it_goes()
    {
        Assert.AreEqual(MdnsAnswer.Address | MdnsAnswer.Everybody, Asked("000000000002000000000000" + Name + "00010001" + "c00c001c"));
        Assert.AreEqual(MdnsAnswer.Address | MdnsAnswer.Everybody, Asked("000002000001000900000000" + Name + "00010001" + "01780000"));
    }

    [TestMethod]
    [DataRow("c00c00018001000000780004c0a8040a", 0)]
    [DataRow("c00c000100010000003c0004c0a8040a", 0)]
    [DataRow("c00c000100010000003b0004c0a8040a", MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow("c00c00018001000000780004c0a8040b", MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow("017800000180010000007800" + "04c0a8040a", MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow("c00c00018001000000780004c0a804", MdnsAnswer.Address | MdnsAnswer.Everybody)]
    [DataRow("c00c0001800100000078ffffc0a8040a", MdnsAnswer.Address | MdnsAnswer.Everybody)]
    public void What_the_asker_knows_is_not_told_again(string record, int asked) =>
        Assert.AreEqual(asked, Asked("000000000001000100000000" + Name + "00010001" + record));

    [TestMethod]
    public void Who_knows_the_address_is_told_all_the_same_that_there_is_no_other()
    {
        Assert.AreEqual(
            MdnsAnswer.Address | MdnsAnswer.Absent | MdnsAnswer.Everybody,
            Asked("000000000002000100000000" + Name + "00010001c00c001c0001" + "c00c00018001000000780004c0a8040a"));
    }

    [TestMethod]
    public void The_answer_to_all_has_the_address_and_that_there_is_no_other_record()
    {
        var buffer = new byte[MdnsAnswer.Capacity];
        buffer[0] = 0x46;
        Assert.AreEqual(AnswerToAll, Text(buffer, MdnsAnswer.Write(buffer, s_name, s_address)));
    }

    [TestMethod]
    public void A_resolver_of_unicast_DNS_gets_its_number_and_question_back_and_forgets_soon()
    {
        byte[] buffer = Question(Dig, out int length);
        Assert.AreEqual(
            "46a184000001000100000000" + Name + "00010001" + "c00c000100010000000a0004c0a8040a",
            Text(buffer, MdnsAnswer.WriteLegacy(buffer, length, s_name, s_address)));
        buffer = Question(Windows, out length);
        Assert.AreEqual(
            "000084000001000100000000" + "074e4554424f4f54056c6f63616c00" + "00010001" + "c00c000100010000000a0004c0a8040a",
            Text(buffer, MdnsAnswer.WriteLegacy(buffer, length, s_name, s_address)));
    }

    [TestMethod]
    public void The_one_question_of_a_unicast_answer_is_the_one_about_us()
    {
        byte[] buffer = Question("123400000002000000000000" + "01780000010001" + Name + "00010001", out int length);
        Assert.AreEqual(
            "123484000001000100000000" + Name + "00010001" + "c00c000100010000000a0004c0a8040a",
            Text(buffer, MdnsAnswer.WriteLegacy(buffer, length, s_name, s_address)));
    }

    [TestMethod]
    public void The_longest_name_fits()
    {
        byte[] name = MdnsAnswer.Name(Octets.Of("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-012345678"));
        var buffer = new byte[MdnsAnswer.Capacity];
        Assert.IsTrue(MdnsAnswer.Write(buffer, name, s_address) <= MdnsAnswer.Capacity);
        Assert.IsTrue(MdnsAnswer.WriteLegacy(buffer, 0, name, s_address) <= MdnsAnswer.Capacity);
    }

    private static int Asked(string hex)
    {
        byte[] buffer = Question(hex, out int length);
        return MdnsAnswer.Asked(buffer, length, s_name, s_address);
    }

    private static byte[] Question(string hex, out int length)
    {
        byte[] query = Hex.Bytes(hex);
        var buffer = new byte[512];

        // What an earlier datagram left behind this one: none of it counts.
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = 1;
        }

        Array.Copy(query, 0, buffer, 0, query.Length);
        length = query.Length;
        return buffer;
    }

    private static string Text(byte[] buffer, int length)
    {
        var writer = new ByteWriter(1100, 1100);
        for (int i = 0; i < length; i++)
        {
            writer.HexByte(buffer[i]);
        }

        return writer.ToString();
    }
}
