using System;
using Netboot.Bytes;
using Netboot.Dns;

namespace Netboot.Tests.Setup;

[TestClass]
public class NameAnswerTests
{
    private const string Head = "1234010000010000000000";
    private const string Name = "056170706c6503636f6d00";

    private static readonly byte[] Address = { 192, 168, 4, 1 };

    [TestMethod]
    public void The_address_of_a_name_is_the_devices()
    {
        Assert.AreEqual(
            "123485000001000100000000" + Name + "00010001" + "c00c" + "00010001" + "00000000" + "0004" + "c0a80401",
            Ask(Head + "00" + Name + "00010001"));
    }

    [TestMethod]
    public void What_stands_behind_the_question_is_left_out()
    {
        Assert.AreEqual(
            "123485000001000100000000" + Name + "00010001" + "c00c" + "00010001" + "00000000" + "0004" + "c0a80401",
            Ask("123401000001000000000001" + Name + "00010001" + "0000291000000000000000"));
    }

    [TestMethod]
    public void IPv6_and_others_have_an_empty_answer()
    {
        Assert.AreEqual("123485000001000000000000" + Name + "001c0001", Ask(Head + "00" + Name + "001c0001"));
        Assert.AreEqual("123485000001000000000000" + Name + "00010003", Ask(Head + "00" + Name + "00010003"));
    }

    [TestMethod]
    public void What_is_no_query_is_not_implemented() =>
        Assert.AreEqual("1234ad040000000000000000", Ask("123429000001000000000000" + Name + "00060001"));

    [TestMethod]
    [DataRow("")]
    [DataRow("1234")]
    [DataRow("123481000001000000000000056170706c6503636f6d0000010001")]
    [DataRow("123401000002000000000000056170706c6503636f6d0000010001")]
    [DataRow("123401000000000000000000")]
    [DataRow("123401000001000000000000056170706c65")]
    [DataRow("123401000001000000000000056170706c6503636f6d00000100")]
    [DataRow("123401000001000000000000c00c00010001")]
    [DataRow("123401000001000000000000ff")]
    public void Malformed_questions_have_no_answer(string hex) => Assert.AreEqual("", Ask(hex));

    private static string Ask(string hex)
    {
        byte[] query = Hex.Bytes(hex);
        var buffer = new byte[NameAnswer.MaximumLength];
        Array.Copy(query, 0, buffer, 0, query.Length);
        int length = NameAnswer.Answer(buffer, query.Length, Address);
        var writer = new ByteWriter(1100, 1100);
        for (int i = 0; i < length; i++)
        {
            writer.HexByte(buffer[i]);
        }

        return writer.ToString();
    }
}
