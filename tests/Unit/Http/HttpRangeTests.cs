using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Tests.Http;

[TestClass]
public class HttpRangeTests
{
    [DataRow("bytes=0-0", 0, 1)]
    [DataRow("bytes=10-19", 10, 20)]
    [DataRow("Bytes=90-", 90, 100)]
    [DataRow("bytes=90-1000", 90, 100)]
    [DataRow("bytes=-10", 90, 100)]
    [DataRow("bytes=-1000", 0, 100)]
    [DataRow("bytes=5-99999999999999999999", 5, 100)]
    [TestMethod]
    public void One_part_is_read(string text, int first, int end)
    {
        byte[] bytes = Octets.Of(text);
        Assert.AreEqual(206, HttpRange.Parse(bytes, 0, bytes.Length, 100, out int f, out int e));
        Assert.AreEqual(first, f);
        Assert.AreEqual(end, e);
    }

    [DataRow("bytes=100-")]
    [DataRow("bytes=99999999999999999999-")]
    [DataRow("bytes=-0")]
    [TestMethod]
    public void Part_behind_the_end_is_out_of_range(string text)
    {
        byte[] bytes = Octets.Of(text);
        Assert.AreEqual(416, HttpRange.Parse(bytes, 0, bytes.Length, 100, out int f, out int e));
    }

    [DataRow("")]
    [DataRow("bytes=")]
    [DataRow("bytes=-")]
    [DataRow("bytes=a-b")]
    [DataRow("bytes=5-4")]
    [DataRow("bytes=1-2,4-5")]
    [DataRow("bytes=--5")]
    [DataRow("pages=1-2")]
    [TestMethod]
    public void Anything_else_is_the_whole(string text)
    {
        byte[] bytes = Octets.Of(text);
        Assert.AreEqual(200, HttpRange.Parse(bytes, 0, bytes.Length, 100, out int f, out int e));
        Assert.AreEqual(0, f);
        Assert.AreEqual(100, e);
    }

    [TestMethod]
    public void Empty_file_has_no_part()
    {
        byte[] bytes = Octets.Of("bytes=0-");
        Assert.AreEqual(416, HttpRange.Parse(bytes, 0, bytes.Length, 0, out int f, out int e));
        bytes = Octets.Of("bytes=-5");
        Assert.AreEqual(416, HttpRange.Parse(bytes, 0, bytes.Length, 0, out f, out e));
    }
}
