using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Tests.Page;

/// <summary>Every change goes through one door: it leaves secrets alone, is whole or not at all, and is told as it is.</summary>
[TestClass]
public class OneDoorTests
{
    private const string Text = "[mirror]\nurl = http://10.0.0.1/\n\n[profile live]\nkernel = vmlinuz\n";

    [TestMethod]
    [DataRow("section=page%20&key=password&value=somebody-else")]
    [DataRow("section=page%20&key=password&value=")]
    [DataRow("section=PAGE+++&key=PASSWORD&value=somebody-else")]
    [DataRow("section=page&key=password%20&value=somebody-else")]
    [DataRow("section=page&key=%20password&value=")]
    [DataRow("section=page%09&key=password&value=somebody-else")]
    [DataRow("section=page%0A&key=password&value=somebody-else")]
    [DataRow("section=page&key=metrics&value=open%0Apassword+=+somebody-else")]
    [DataRow("section=page&key=metrics&value=open%0Dpassword+=+somebody-else")]
    [DataRow("section=page%5D%0Apassword+=+somebody-else%0A%5Bpage&key=metrics&value=open")]
    [DataRow("section=device&key=name%20=%20x%0A%5Bpage%5D%0Apassword&value=somebody-else")]
    [DataRow("section=device&key=name&value=x%0A%5Bpage%5D%0Apassword+=+somebody-else")]
    [DataRow("section=device&key=name&value=shelf&section=page&key=password&value=somebody-else")]
    [DataRow("section=page&key=password&value=somebody-else&section=page&key=metrics&value=open")]
    public void The_form_sets_no_password_however_it_is_written(string form)
    {
        PageBench bench = new PageBench().LogIn();
        string before = bench.Console.Settings();
        Assert.IsTrue(bench.Post("/api/settings/set", form) >= 400);
        Assert.AreEqual(before, bench.Console.Settings());
    }

    [TestMethod]
    [DataRow("[page]\npassword = somebody-else\n")]
    [DataRow("[ PAGE ]\n  PassWord=somebody-else\n")]
    [DataRow("[page]\npassword = \nmetrics = open\n")]
    [DataRow("[page]\npassword\t=\tsomebody-else\n")]
    public void A_text_sets_no_password_whatever_way_it_comes(string text)
    {
        PageBench bench = new PageBench().LogIn();
        byte[] form = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        Assert.AreEqual(200, bench.Post("/api/settings", text));
        Assert.AreEqual(200, bench.Post("/api/restore", text));
        bench.Console.Line("restore");
        bench.Console.Type(text + ".\n");
        bench.Console.Line("YES");
        Assert.AreEqual(200, bench.Post("/api/settings/remove", "section=page"));
        byte[] after = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        Assert.IsTrue(Octets.Is(form, 0, form.Length, after));
        Assert.AreEqual(200, bench.Get("/api/machines"));
    }

    [TestMethod]
    public void The_consoles_texts_set_no_password_either()
    {
        var console = new Netboot.Tests.Terminal.ConsoleBench();
        string[] lines = { "set \"page \".password somebody-else", "set Page.Password somebody-else",
            "set \" page\".password somebody-else", "set page.password \"\"" };
        for (int i = 0; i < lines.Length; i++)
        {
            console.Line(lines[i]);
        }

        console.Line("restore");
        console.Type("[page]\npassword = somebody-else\n.\n");
        console.Line("YES");
        Assert.IsNull(console.Device.Rules.Settings.Value(SettingsKey.PagePassword));
    }

    [TestMethod]
    public void A_form_is_one_change_and_all_that_is_wrong_is_told_with_its_place()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        string before = bench.Console.Settings();
        const string Form =
            "section=device&key=name&value=shelf&section=log&key=syslog&value={0}&key=url&section=mirror&value={1}&section=console&key=tx&value={2}";
        Assert.AreEqual(422, bench.Post("/api/settings/set", Filled(Form, "nas", "ftp://x/", "99")));
        Assert.IsTrue(bench.Body.StartsWith("{\"error\":{\"message\":\"'nas' is not the IPv4 address"));
        Assert.IsTrue(bench.Has(",\"section\":\"log\",\"key\":\"syslog\",\"more\":[{\"message\":"));
        Assert.IsTrue(bench.Has(",\"section\":\"mirror\",\"key\":\"url\"},{\"message\":"));
        Assert.IsTrue(bench.Body.EndsWith(",\"section\":\"console\",\"key\":\"tx\"}]}}"));
        Assert.AreEqual(before, bench.Console.Settings());
        Assert.AreEqual(422, bench.Post("/api/settings/set", Filled(Form, "10.0.0.5", "ftp://x/", "17")));
        Assert.IsTrue(bench.Has("\"section\":\"mirror\",\"key\":\"url\"}}"));
        Assert.AreEqual(before, bench.Console.Settings());
        Assert.AreEqual(200, bench.Post("/api/settings/set", Filled(Form, "10.0.0.5", "http://10.0.0.2/", "17")));
        string settings = bench.Console.Settings();
        Assert.IsTrue(settings.IndexOf("name = shelf") > 0 && settings.IndexOf("syslog = 10.0.0.5") > 0
            && settings.IndexOf("url = http://10.0.0.2/") > 0);
        bench.Host = "shelf";
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=device&section=log&key=syslog&value=10.0.0.5"));
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=device&key=name&value=a&section=log&key=syslog"));
    }

    [TestMethod]
    public void The_page_is_not_told_that_a_change_failed_that_is_made_later()
    {
        PageBench bench = new PageBench().LogIn();
        string before = bench.Console.Settings();
        bench.IsStalled = true;
        bench.StepMilliseconds = 100;
        Assert.AreEqual(504, bench.Post("/api/settings/set", "section=device&key=name&value=late"));
        Assert.AreEqual(504, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        bench.IsStalled = false;
        bench.Device.Jobs.Run(bench.Now);
        bench.Device.Jobs.Run(bench.Now);
        Assert.AreEqual(before, bench.Console.Settings());
        bench.StepMilliseconds = 1;
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=device&key=name&value=other"));
    }

    [TestMethod]
    public void A_change_that_has_begun_is_waited_for()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Console.Storage.Meanwhile = () => bench.Connection.Step(bench.Now + (2 * HttpLimits.SourceTimeout));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=device&key=name&value=slow"));
        Assert.IsTrue(bench.Console.Settings().IndexOf("name = slow") > 0);
    }

    private static string Filled(string form, string syslog, string url, string pin) => string.Format(form, syslog, url, pin);
}
