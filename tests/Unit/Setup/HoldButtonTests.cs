using Netboot.Device;

namespace Netboot.Tests.Setup;

[TestClass]
public class HoldButtonTests
{
    private HoldButton _button;

    [TestMethod]
    public void Ten_seconds_fire_once()
    {
        _button = new HoldButton();
        Assert.AreEqual(0, Press(0, 200, false));
        Assert.AreEqual(0, Press(200, 10000, true));
        Assert.AreEqual(1, Press(10000, 60000, true));
        Assert.IsTrue(_button.OwnsLed);
        Assert.IsTrue(_button.Lit);
    }

    [TestMethod]
    public void Letting_go_starts_anew()
    {
        _button = new HoldButton();
        Press(0, 200, false);
        Assert.AreEqual(0, Press(200, 9800, true));
        Press(9800, 10000, false);
        Assert.AreEqual(0, Press(10000, 19800, true));
        Assert.AreEqual(1, Press(19800, 20400, true));
    }

    [TestMethod]
    public void A_pin_that_is_low_from_the_start_never_fires()
    {
        _button = new HoldButton();
        Assert.AreEqual(0, Press(0, 100000, true));
        Press(100000, 100400, false);
        Assert.AreEqual(1, Press(100400, 120000, true));
    }

    [TestMethod]
    public void The_LED_blinks_after_a_second()
    {
        _button = new HoldButton();
        Press(0, 200, false);
        Press(200, 1000, true);
        Assert.IsFalse(_button.OwnsLed);
        bool on = false;
        bool off = false;
        for (long now = 1400; now < 6000; now += 200)
        {
            _button.Look(true, now);
            Assert.IsTrue(_button.OwnsLed);
            on |= _button.Lit;
            off |= !_button.Lit;
        }

        Assert.IsTrue(on && off);
        Press(6000, 6200, false);
        Assert.IsFalse(_button.OwnsLed);
    }

    private int Press(long from, long to, bool pressed)
    {
        int fired = 0;
        for (long now = from; now < to; now += 200)
        {
            fired += _button.Look(pressed, now) ? 1 : 0;
        }

        return fired;
    }
}
