using Netboot.Bytes;

namespace Netboot.Tests.Bytes;

[TestClass]
public class MemoryTests
{
    [TestMethod]
    public void A_buffer_has_the_size_that_was_asked_for()
    {
        Assert.AreEqual(700, Memory.Take(700).Length);
        Assert.IsTrue(Memory.Has(16));
    }
}
