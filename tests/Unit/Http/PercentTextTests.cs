using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

[TestClass]
public class PercentTextTests
{
    [DataRow("abc", "abc")]
    [DataRow("a+b%20c", "a b c")]
    [DataRow("%41%6a", "Aj")]
    [DataRow("%C3%BC", "ü")]
    [DataRow("%F0%9F%98%80", "😀")]
    [DataRow("", "")]
    [TestMethod]
    public void Field_is_decoded(string text, string expected)
    {
        var value = new ByteWriter(32, 32);
        byte[] form = Octets.Of("x=1&Name=" + text + "&y");
        Assert.IsTrue(PercentText.Find(form, 0, form.Length, Octets.Of("name"), value));
        Assert.AreEqual(expected, value.ToString());
    }

    [DataRow("%C3")]
    [DataRow("%C0%80")]
    [DataRow("%E0%80%80")]
    [DataRow("%ED%A0%80")]
    [DataRow("%F4%90%80%80")]
    [DataRow("%F5%80%80%80")]
    [DataRow("%80")]
    [DataRow("%C3a")]
    [DataRow("%00")]
    [DataRow("%")]
    [DataRow("%g0")]
    [DataRow("%0g")]
    [TestMethod]
    public void Bad_encoding_is_no_value(string text)
    {
        var value = new ByteWriter(32, 32);
        value.Byte('!');
        byte[] form = Octets.Of("n=" + text);
        Assert.IsFalse(PercentText.Find(form, 0, form.Length, Octets.Of("n"), value));
        Assert.AreEqual("!", value.ToString());
        Assert.AreEqual(-1, PercentText.Decode(form, 2, form.Length - 2, null, 0, true));
    }

    [TestMethod]
    public void Field_without_a_value_is_there_and_empty()
    {
        var value = new ByteWriter(8, 8);
        byte[] form = Octets.Of("debug&a=b");
        Assert.IsTrue(PercentText.Find(form, 0, form.Length, Octets.Of("debug"), value));
        Assert.AreEqual(0, value.Length);
        Assert.IsFalse(PercentText.Find(form, 0, form.Length, Octets.Of("b"), value));
    }

    [TestMethod]
    public void Value_that_does_not_fit_is_no_value()
    {
        var value = new ByteWriter(4, 4);
        byte[] form = Octets.Of("a=12345");
        Assert.IsFalse(PercentText.Find(form, 0, form.Length, Octets.Of("a"), value));
        Assert.IsTrue(value.Overflowed);
        Assert.AreEqual(0, value.Length);
    }
}
