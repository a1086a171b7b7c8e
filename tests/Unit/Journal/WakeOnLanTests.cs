using Netboot.Api;

namespace Netboot.Tests.Journal;

[TestClass]
public class WakeOnLanTests
{
    [TestMethod]
    public void The_packet_is_six_ones_and_the_address_sixteen_times()
    {
        byte[] packet = WakeOnLan.Packet(new byte[] { 0x52, 0x54, 0, 0x12, 0x34, 0x56 });
        Assert.AreEqual(102, packet.Length);
        for (int i = 0; i < packet.Length; i++)
        {
            int expected = i < 6
                ? 0xFF : i % 6 == 0 ? 0x52 : i % 6 == 1 ? 0x54 : i % 6 == 2 ? 0 : i % 6 == 3 ? 0x12 : i % 6 == 4 ? 0x34 : 0x56;
            Assert.AreEqual(expected, (int)packet[i]);
        }
    }
}
