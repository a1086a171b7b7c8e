using Netboot.Bytes;

namespace Netboot.Tests.Bytes;

[TestClass]
public class OctetsTests
{
    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("65535", 65535)]
    [DataRow("999999999", 999999999)]
    [DataRow("1000000000", -1)]
    [DataRow("", -1)]
    [DataRow("-1", -1)]
    [DataRow("1 ", -1)]
    [DataRow("0x10", -1)]
    public void A_number_is_digits_and_nothing_else(string text, int number)
    {
        byte[] bytes = Octets.Of(text);
        Assert.AreEqual(number, Octets.ParseNumber(bytes, 0, bytes.Length));
    }

    [TestMethod]
    public void Network_order_goes_there_and_back()
    {
        var bytes = new byte[6];
        Octets.WriteInt32(bytes, 1, unchecked((int)0xFEDCBA98));
        Assert.AreEqual(unchecked((int)0xFEDCBA98), Octets.ReadInt32(bytes, 1));
        Assert.AreEqual(0xFE, (int)bytes[1]);
        Octets.WriteUInt16(bytes, 0, 0x12345);
        Assert.AreEqual(0x2345, Octets.ReadUInt16(bytes, 0));
    }

    [TestMethod]
    public void Hexadecimal_digits_of_either_case_are_read()
    {
        Assert.AreEqual(9, Octets.HexDigit((byte)'9'));
        Assert.AreEqual(10, Octets.HexDigit((byte)'a'));
        Assert.AreEqual(15, Octets.HexDigit((byte)'F'));
        Assert.AreEqual(-1, Octets.HexDigit((byte)'g'));
        Assert.AreEqual(-1, Octets.HexDigit((byte)'@'));
        Assert.AreEqual(-1, Octets.HexDigit(0));
    }

    [TestMethod]
    public void Ranges_are_compared_within_their_lengths()
    {
        byte[] bytes = Octets.Of("xxPXEClient:Arch");
        Assert.IsTrue(Octets.StartsWith(bytes, 2, 14, Octets.Of("PXEClient")));
        Assert.IsFalse(Octets.StartsWith(bytes, 2, 8, Octets.Of("PXEClient")));
        Assert.IsFalse(Octets.Is(bytes, 2, 14, Octets.Of("PXEClient")));
        Assert.IsTrue(Octets.IsIgnoreCase(bytes, 2, 9, Octets.Of("pxeclient")));
        Assert.IsTrue(Octets.StartsWith(bytes, 2, 14, "PXEClient"));
        Assert.IsFalse(Octets.StartsWith(bytes, 2, 8, "PXEClient"));
        Assert.IsFalse(Octets.Is(bytes, 2, 14, "PXEClient"));
        Assert.IsTrue(Octets.Is(bytes, 2, 9, "PXEClient"));
        Assert.IsTrue(Octets.IsIgnoreCase(bytes, 2, 9, "pxeclient"));
        Assert.IsFalse(Octets.IsIgnoreCase(bytes, 2, 9, "pxeclienx"));
        Assert.AreEqual(11, Octets.IndexOf(bytes, 0, bytes.Length, (byte)':'));
        Assert.AreEqual(-1, Octets.IndexOf(bytes, 0, 11, (byte)':'));
    }
}
