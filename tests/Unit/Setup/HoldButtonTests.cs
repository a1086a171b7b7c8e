using Netboot.Device;

namespace Netboot.Tests.Setup;

[TestClass]
public class HoldButtonTests
{
    [TestMethod]
    public void Ten_seconds_fire_once()
    {
        var button = new HoldButton();
        Assert.AreEqual(0, Press(button, 0, 200, false));
        Assert.AreEqual(0, Press(button, 200, 10000, true));
        Assert.AreEqual(1, Press(button, 10000, 60000, true));
        Assert.IsTrue(button.OwnsLed);
        Assert.IsTrue(button.Lit);
    }

    [TestMethod]
    public void Letting_go_starts_anew()
    {
        var button = new HoldButton();
        Press(button, 0, 200, false);
        Assert.AreEqual(0, Press(button, 200, 9800, true));
        Press(button, 9800, 10000, false);
        Assert.AreEqual(0, Press(button, 10000, 19800, true));
        Assert.AreEqual(1, Press(button, 19800, 20400, true));
    }

    [TestMethod]
    public void A_pin_that_is_low_from_the_start_never_fires()
    {
        var button = new HoldButton();
        Assert.AreEqual(0, Press(button, 0, 100000, true));
        Press(button, 100000, 100400, false);
        Assert.AreEqual(1, Press(button, 100400, 120000, true));
    }

    [TestMethod]
    public void The_LED_blinks_after_a_second()
    {
        var button = new HoldButton();
        Press(button, 0, 200, false);
        Press(button, 200, 1000, true);
        Assert.IsFalse(button.OwnsLed);
        bool on = false;
        bool off = false;
        for (long now = 1400; now < 6000; now += 200)
        {
            button.Look(true, now);
            Assert.IsTrue(button.OwnsLed);
            on |= button.Lit;
            off |= !button.Lit;
        }

        Assert.IsTrue(on && off);
        Press(button, 6000, 6200, false);
        Assert.IsFalse(button.OwnsLed);
    }

    private static int Press(HoldButton button, long from, long to, bool pressed)
    {
        int fired = 0;
        for (long now = from; now < to; now += 200)
        {
            fired += button.Look(pressed, now) ? 1 : 0;
        }

        return fired;
    }
}
