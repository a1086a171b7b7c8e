using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Page;

/// <summary>The first password, log-in, and guessing.</summary>
[TestClass]
public class LoginTests
{
    private const int ClaimTime = 10 * 60000;

    [TestMethod]
    public void TheFirstOneToSetAPasswordOwnsTheDevice()
    {
        var bench = new PageBench();
        bench.Get("/api/session");
        Assert.IsTrue(bench.Has("\"state\":\"claim\",\"claimSeconds\":"));
        Assert.AreEqual(409, bench.Post("/api/login", "password=12345678"));
        Assert.AreEqual(422, bench.Post("/api/claim", "password=1234567"));
        Assert.IsTrue(bench.Has("8 to 64 printable ASCII characters"));
        Assert.AreEqual(400, bench.Post("/api/claim", "password=" + new string('x', 65)));
        Assert.AreEqual(400, bench.Post("/api/claim", ""));
        bench.LogIn();
        Assert.IsTrue(bench.Has("\"state\":\"in\""));
        Assert.AreEqual(409, bench.Post("/api/claim", "password=87654321"));
        bench.Cookie = null;
        bench.Get("/api/session");
        Assert.IsTrue(bench.Has("\"state\":\"login\",\"claimSeconds\":0,\"token\":null"));
        Assert.AreEqual(200, bench.Post("/api/login", "password=correct%2Dhorse"));
    }

    [TestMethod]
    public void AfterTenMinutesNobodyCanClaimItAndIsToldHow()
    {
        var bench = new PageBench();
        bench.Now += ClaimTime + 2000;
        bench.Get("/api/session");
        Assert.IsTrue(bench.Has("\"state\":\"unclaimed\""));
        Assert.AreEqual(403, bench.Post("/api/claim", "password=12345678"));
        Assert.IsTrue(bench.Has("Unplug the device"));
        Assert.IsNull(bench.Device.Rules.Settings.Value(SettingsKey.PagePassword));
    }

    [TestMethod]
    public void ADeviceThatRestartedByItselfGivesNoNewTime()
    {
        var bench = new PageBench();
        bench.Device.Supervisor.Restart("a loop hung");
        bench.Device.Supervisor.Start(bench.Now);
        Assert.AreEqual(403, bench.Post("/api/claim", "password=12345678"));
    }

    [TestMethod]
    public void WrongPasswordsCostMoreAndMoreTime()
    {
        PageBench bench = new PageBench().LogIn();
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(403, bench.Post("/api/login", "password=wrong" + i.ToString()));
        }

        Assert.AreEqual(403, bench.Post("/api/login", "password=wrong"));
        Assert.AreEqual(429, bench.Post("/api/login", "password=" + PageBench.Password));
        Assert.IsTrue(bench.Answer.IndexOf("\r\nRetry-After: 1\r\n") > 0);
        bench.Now += 1000;
        Assert.AreEqual(403, bench.Post("/api/login", "password=wrong"));
        bench.Now += 1000;
        Assert.AreEqual(429, bench.Post("/api/login", "password=wrong"));
        bench.Now += 1000;
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        Assert.AreEqual(403, bench.Post("/api/login", "password=wrong"));
        Assert.AreEqual(403, bench.Post("/api/login", "password=wrong"));
    }

    [TestMethod]
    public void AThousandWrongPasswordsOfAHundredAddressesAreHardlyEverLookedAtAndTheOwnerStillGetsIn()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Cookie = null;
        bench.Address = new byte[] { 10, 0, 0, 200 };
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        int tried = 0;
        for (int i = 0; i < 1000; i++)
        {
            bench.Address = new byte[] { 10, 0, 1, (byte)(i % 100) };
            bench.Now += 10;
            int status = bench.Post("/api/login", "password=wrong" + i.ToString());
            Assert.IsTrue(status == 403 || status == 429);
            tried += status == 403 ? 1 : 0;
        }

        Assert.IsTrue(tried >= 3 && tried <= 20 + 2);
        bench.Address = new byte[] { 10, 0, 0, 200 };
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
    }

    [TestMethod]
    public void NinetyAddressesThatGuessKeepNobodyOutWhoLoggedInBeforeOrHoldsASession()
    {
        PageBench bench = new PageBench().LogIn();

        // Four computers of the owner's; one of them logs in once more.
        for (int i = 0; i < 5; i++)
        {
            bench.Address = new byte[] { 10, 0, 0, (byte)(200 + (i % 4)) };
            Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        }

        bench.Cookie = null;
        for (int second = 0; second < 70; second++)
        {
            for (int i = 0; i < 90; i++)
            {
                bench.Address = new byte[] { 10, 0, 1, (byte)i };
                bench.Now += 11;
                bench.Post("/api/login", "password=wrong");
            }

            bench.Address = new byte[] { 10, 0, 0, (byte)(200 + (second % 4)) };
            Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        }

        bench.TakeSession();
        string cookie = bench.Cookie;
        bench.Cookie = null;
        bench.Address = new byte[] { 10, 0, 3, 3 };
        for (int i = 0; i < 3; i++)
        {
            // Refused is refused: the right password of such a one is not even looked at.
            Assert.AreEqual(429, bench.Post("/api/login", "password=" + PageBench.Password));
        }

        bench.Cookie = cookie;
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
        bench.Console.Line("password");
        bench.Console.Line("by-console-1");
        Assert.IsTrue(bench.Console.Line("by-console-1").IndexOf("The password is set") >= 0);
    }

    [TestMethod]
    public void AStolenSessionGuessesNoFasterThanAllOthers()
    {
        PageBench bench = new PageBench().LogIn();
        int tried = 0;
        for (int i = 0; i < 300; i++)
        {
            bench.Address = new byte[] { 10, 0, 1, (byte)(i % 100) };
            bench.Now += 10;
            tried += bench.Post("/api/password", "old=wrong&new=another-one") == 403 ? 1 : 0;
        }

        Assert.IsTrue(tried >= 3 && tried <= 20 + 1);
        bench.Cookie = null;
        bench.Address = new byte[] { 10, 0, 0, 7 };
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
    }

    [TestMethod]
    public void APasswordIsChangedByWhoKnowsThePresentOne()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(403, bench.Post("/api/password", "old=wrong&new=another-one"));
        Assert.AreEqual(422, bench.Post("/api/password", "old=" + PageBench.Password + "&new=short"));
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        Assert.AreEqual(403, bench.Post("/api/login", "password=" + PageBench.Password));
        Assert.AreEqual(200, bench.Post("/api/login", "password=another-one"));
    }

    [TestMethod]
    public void AFactoryResetNeedsThePassword()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=mirror&key=url&value=http://10.0.0.1/"));
        Assert.AreEqual(403, bench.Post("/api/reset", "password=wrong"));
        Assert.IsNotNull(bench.Device.Rules.Settings.MirrorUrl);
        Assert.AreEqual(200, bench.Post("/api/reset", "password=" + PageBench.Password));
        Assert.AreEqual("", bench.Console.Settings());
        Assert.AreEqual(401, bench.Get("/api/machines"));
    }

    [TestMethod]
    public void ThePasswordIsNowhereToBeRead()
    {
        PageBench bench = new PageBench().LogIn();
        byte[] form = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        string hash = Octets.Text(form, form.Length - 20, 20);
        string[] targets = { "/api/settings", "/api/backup", "/api/status", "/api/session", "/api/log", "/status", "/metrics" };
        for (int i = 0; i < targets.Length; i++)
        {
            Assert.AreEqual(200, bench.Get(targets[i]));
            Assert.IsFalse(bench.Has(hash));
            Assert.IsFalse(bench.Has(PageBench.Password));
        }
    }
}
