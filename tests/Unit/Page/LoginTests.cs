using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Page;

/// <summary>The first password, log-in, and guessing.</summary>
[TestClass]
public class LoginTests
{
    private const int ClaimTime = 10 * 60000;

    [TestMethod]
    public void The_first_one_to_set_a_password_owns_the_device()
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
    public void After_ten_minutes_nobody_can_claim_it_and_is_told_how()
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
    public void A_device_that_restarted_by_itself_gives_no_new_time()
    {
        var bench = new PageBench();
        bench.Device.Supervisor.Restart("a loop hung");
        bench.Device.Supervisor.Start(bench.Now);
        Assert.AreEqual(403, bench.Post("/api/claim", "password=12345678"));
    }

    [TestMethod]
    public void Wrong_passwords_cost_more_and_more_time()
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
    public void A_thousand_wrong_passwords_of_a_hundred_addresses_are_hardly_ever_looked_at_and_the_owner_still_gets_in()
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
    public void Ninety_addresses_that_guess_keep_nobody_out_who_logged_in_before_or_holds_a_session()
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
    public void A_stolen_session_guesses_no_faster_than_all_others()
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
    public void A_password_is_changed_by_who_knows_the_present_one()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(403, bench.Post("/api/password", "old=wrong&new=another-one"));
        Assert.AreEqual(422, bench.Post("/api/password", "old=" + PageBench.Password + "&new=short"));
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        Assert.AreEqual(403, bench.Post("/api/login", "password=" + PageBench.Password));
        Assert.AreEqual(200, bench.Post("/api/login", "password=another-one"));
    }

    [TestMethod]
    public void A_factory_reset_needs_the_password()
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
    public void The_password_is_nowhere_to_be_read()
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
