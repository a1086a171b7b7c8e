namespace Netboot.Tests.Tftp;

/// <summary>TFTP where 32 bits of milliseconds are used up, after 25 and 50 days.</summary>
[TestClass]
public class LongTransfers
{
    [DataRow(1L << 31)]
    [DataRow(1L << 32)]
    [TestMethod]
    public void A_transfer_goes_on_across_it(long moment)
    {
        var lan = new TableHarness();
        const string Answer = "OACK blksize|1024| > 2070";
        Assert.AreEqual(Answer, lan.Receive(Packets.Read("f|octet|blksize|1024|"), TableHarness.Client(9, 2070), moment - 500));
        Assert.AreEqual("", lan.Tick(moment - 1));
        string again = "";
        for (long now = moment; again == "" && now < moment + 5000; now += 100)
        {
            again = lan.Tick(now);
        }

        Assert.AreEqual(Answer, again, "sent again when its time is over");
        Assert.AreEqual("DATA 1 +1024 > 2070", lan.Receive(Packets.Ack(0), TableHarness.Client(9, 2070), moment + 5000));
        Assert.AreEqual(1, lan.Server.Running);
    }

    [DataRow(1L)]
    [DataRow(20L)]
    [DataRow(30L)]
    [DataRow(45L)]
    [DataRow(60L)]
    [TestMethod]
    public void A_machine_that_asks_from_the_same_port_days_later_is_served(long days)
    {
        var lan = new TableHarness() { FileSize = 100 };
        Assert.AreEqual("DATA 1 +100 > 2070", lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(9, 2070), 1000));
        lan.Receive(Packets.Ack(1), TableHarness.Client(9, 2070), 1010);
        long later = 1000 + (days * 24 * 3600 * 1000);
        lan.Tick(later - 10);
        Assert.AreEqual("DATA 1 +100 > 2070", lan.Receive(Packets.Read("f|octet|"), TableHarness.Client(9, 2070), later));
    }
}
