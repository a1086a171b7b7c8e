using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Page;

/// <summary>What the page changes, and what it may not.</summary>
[TestClass]
public class ChangeTests
{
    private const string Text =
        "[mirror]\nurl = http://10.0.0.1/\n\n[profile live]\nkernel = vmlinuz\n\n[profile disk]\nkind = local\n\n[machine 52:54:00:12:34:56]\nname = nas\nonce = disk\n";

    [TestMethod]
    public void Keys_are_set_and_taken_out()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=mirror&key=url&value=http%3A%2F%2F10.0.0.1"));
        Assert.IsTrue(bench.Console.Settings().IndexOf("url = http://10.0.0.1/\n") > 0);
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=profile+live&key=kernel&value=vmlinuz"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=profile+live&key=initrd&value=a%0Ab"));
        Assert.IsTrue(bench.Console.Settings().IndexOf("initrd = a\ninitrd = b\n") > 0);
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=mirror&key=url&value="));
        Assert.AreEqual(200, bench.Post("/api/settings/remove", "section=profile+live"));
        Assert.AreEqual(0, bench.Device.Rules.Settings.Profiles.Length);
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=mirror&key=url&value="));
        Assert.IsNull(bench.Device.Rules.Settings.MirrorUrl);
    }

    [TestMethod]
    public void What_is_wrong_is_told_with_its_place_and_changes_nothing()
    {
        PageBench bench = new PageBench().LogIn();
        string before = bench.Console.Settings();
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=mirror&key=url&value=ftp://x/"));
        Assert.IsTrue(bench.Has("\"section\":\"mirror\",\"key\":\"url\""));
        Assert.IsFalse(bench.Has("\"line\""));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=nothing&key=url&value=x"));
        Assert.AreEqual(422, bench.Post("/api/settings", "[mirror]\nurl = http://10.0.0.1/\n[boot]\ndefault = nobody\n"));
        Assert.IsTrue(bench.Has("\"line\":4") && bench.Has("\"section\":\"boot\",\"key\":\"default\""));
        Assert.AreEqual(422, bench.Post("/api/once", "mac=525400123456&profile=nobody"));
        Assert.AreEqual(422, bench.Post("/api/once", "mac=zz&profile="));
        Assert.AreEqual(422, bench.Post("/api/settings/remove", "section=profile+nobody"));
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=mirror"));
        Assert.AreEqual(before, bench.Console.Settings());
    }

    [TestMethod]
    public void The_password_survives_whatever_text_is_sent()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", "[page]\npassword = somebody else\n"));
        Assert.AreEqual(200, bench.Post("/api/settings", ""));
        Assert.AreEqual(200, bench.Post("/api/restore", Text));
        Assert.AreEqual(200, bench.Post("/api/settings/remove", "section=page"));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=page&key=password&value=somebody-else"));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=page&key=password&value="));
        Assert.AreEqual(200, bench.Get("/api/machines"));
        bench.Cookie = null;
        Assert.AreEqual(200, bench.Post("/api/login", "password=" + PageBench.Password));
    }

    [TestMethod]
    public void A_backup_comes_back_as_it_was()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        string settings = bench.Console.Settings();
        Assert.AreEqual(200, bench.Get("/api/backup"));
        string backup = bench.Body;
        Assert.AreEqual(Netboot.Tests.Settings.BackupText.Of(bench.Device.Rules.Settings), backup);
        Assert.AreEqual(200, bench.Post("/api/settings", ""));
        Assert.AreEqual(200, bench.Post("/api/restore", backup));
        Assert.AreEqual(settings, bench.Console.Settings());

        byte[] damaged = Octets.Of(backup);
        damaged[60] = (byte)'X';
        Assert.AreEqual(422, bench.Post("/api/restore", Octets.Text(damaged, 0, damaged.Length)));
        Assert.IsTrue(bench.Has("damaged or edited"));
        Assert.AreEqual(settings, bench.Console.Settings());
    }

    [TestMethod]
    public void The_text_is_the_one_that_the_console_shows()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        Assert.AreEqual(200, bench.Get("/api/settings"));
        var writer = new ByteWriter(1024, 16384);
        SettingsText.WriteWithoutSecrets(bench.Device.Rules.Settings, writer);
        Assert.AreEqual(writer.ToString(), bench.Body);
    }

    [TestMethod]
    public void Boot_once_and_ignore_are_one_call_each()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        Assert.AreEqual(200, bench.Post("/api/once", "mac=52-54-00-12-34-56&profile=live"));
        Assert.IsTrue(bench.Console.Settings().IndexOf("once = live") > 0);
        Assert.AreEqual(200, bench.Post("/api/once", "mac=52:54:00:12:34:56&profile="));
        Assert.IsTrue(bench.Console.Settings().IndexOf("once") < 0);
        Assert.AreEqual(200, bench.Post("/api/ignore", "mac=52:54:00:aa:bb:cc"));
        Assert.AreEqual(200, bench.Post("/api/ignore", "mac=52:54:00:12:34:56"));
        string settings = bench.Console.Settings();
        Assert.IsTrue(settings.IndexOf("[profile ignored]\nkind = ignore\n") > 0);
        Assert.IsTrue(settings.IndexOf("[machine 52:54:00:aa:bb:cc]\nprofile = ignored\n") > 0);
        Assert.IsTrue(settings.IndexOf("name = nas\nprofile = ignored\n") > 0);
    }

    [TestMethod]
    public void What_a_machine_used_up_while_a_change_was_made_stays_used_up()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        Assert.IsTrue(bench.Device.Change(new UsedUpMeanwhile(bench), new SettingsError()));
        Assert.IsTrue(bench.Console.Settings().IndexOf("once") < 0);
        Assert.AreEqual("other", Octets.Text(bench.Device.Rules.Settings.Name, 0, 5));
    }

    [TestMethod]
    public void Flash_that_is_full_is_told_and_nothing_changes()
    {
        PageBench bench = new PageBench().LogIn();
        string before = bench.Console.Settings();
        bench.Console.Storage.Capacity = 10;
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=mirror&key=url&value=http://10.0.0.1/"));
        Assert.AreEqual(before, bench.Console.Settings());
    }

    [TestMethod]
    public void With_too_little_memory_a_change_is_refused_before_it_takes_any_and_profiles_are_assigned_all_the_same()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        bench.Console.Free = 9000;
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=mirror&key=url&value=http://10.0.0.2/"));
        Assert.IsTrue(bench.Has("9000 bytes are free"));
        Assert.AreEqual(422, bench.Post("/api/once", "mac=52:54:00:99:99:99&profile=live"));
        Assert.AreEqual(200, bench.Post("/api/once", "mac=52:54:00:12:34:56&profile=live"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=machine+52:54:00:12:34:56&key=profile&value=disk"));
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        string settings = bench.Console.Settings();
        Assert.IsTrue(settings.IndexOf("profile = disk\nonce = live\n") > 0);
        Assert.IsTrue(settings.IndexOf("10.0.0.2") < 0);
    }

    [TestMethod]
    public void The_longest_value_is_set_however_much_of_it_is_escaped()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        string url = "";
        string escaped = "";
        for (int i = 0; i < SettingsLimits.Url; i++)
        {
            url += i % 2 == 0 ? "a" : "/";
            escaped += i % 2 == 0 ? "%61" : "%2f";
        }

        string value = escaped;
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=profile+live&other=" + value + "&KEY=initrd&value=" + value));
        string line = "initrd = " + url + "\n";
        Assert.IsTrue(bench.Console.Settings().IndexOf(line) > 0);
        string again = "section=profile+live&key=initrd&value=" + value;
        Assert.AreEqual(200, bench.Post("/api/settings/set", again + "&" + again + "&" + again));
        Assert.IsTrue(bench.Console.Settings().IndexOf(line + line + line) > 0);
        string other = "section=profile+live&key=command-line&value=quiet";
        Assert.AreEqual(200, bench.Post("/api/settings/set", again + "&" + other + "&" + again));
        Assert.IsTrue(bench.Console.Settings().IndexOf("command-line = quiet\n" + line + line) > 0);
        Assert.AreEqual(422, bench.Post("/api/settings/set", other + "&" + again + "&" + other));
        Assert.IsTrue(bench.Has("appears twice"));
        Assert.AreEqual(400, bench.Post("/api/settings/set", again + "&" + again + "&" + again + "&" + again));
        Assert.AreEqual(400, bench.Post("/api/settings/set", again + new string('b', 100)));
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=profile+live&key=initrd&value=" + value.Substring(0, 2000) + "%g0"));
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=profile+live&key=kernel&value=a%2"));
        Assert.AreEqual(400, bench.Post("/api/settings/set", "section=profile+live&value=" + value));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "section=profile+live&key=kernel&value=%c3%bc"));
        Assert.IsTrue(bench.Has("only printable ASCII"));
        Assert.AreEqual(422, bench.Post("/api/settings/set", "key=kernel&section=profile+live&value"));
    }

    [TestMethod]
    public void A_long_text_is_taken_in_pieces()
    {
        PageBench bench = new PageBench().LogIn();
        string text = LongText(60);
        Assert.AreEqual(200, bench.Post("/api/settings", text));
        Assert.AreEqual(60, bench.Device.Rules.Settings.Machines.Count);
        Assert.AreEqual(200, bench.Get("/api/backup"));
        string backup = bench.Body;
        string settings = bench.Console.Settings();
        Assert.AreEqual(200, bench.Post("/api/settings", ""));
        Assert.AreEqual(200, bench.Post("/api/restore", backup));
        Assert.AreEqual(settings, bench.Console.Settings());
        Assert.AreEqual(422, bench.Post("/api/restore", backup.Substring(0, 2000) + "# x\n" + backup.Substring(2000)));
        Assert.IsTrue(bench.Has("damaged or edited"));
        Assert.AreEqual(422, bench.Post("/api/settings", text + "nonsense\n" + text));
        Assert.IsTrue(bench.Has("\"line\":231,") && bench.Has("neither"));
        Assert.AreEqual(settings, bench.Console.Settings());
    }

    [TestMethod]
    public void A_long_text_from_somebody_else_is_refused_before_it_is_read()
    {
        PageBench bench = new PageBench().LogIn();
        string text = LongText(60);
        string cookie = bench.Cookie;
        bench.Cookie = null;
        Assert.AreEqual(401, bench.Post("/api/settings", text));
        bench.Cookie = cookie;
        bench.Origin = "http://elsewhere";
        Assert.AreEqual(403, bench.Post("/api/settings", text));
        bench.Origin = null;
        Assert.AreEqual(413, bench.Post("/api/once", text));
        Assert.AreEqual(0, bench.Device.Rules.Settings.Machines.Count);
    }

    [TestMethod]
    public void A_long_text_for_which_there_is_no_memory_is_refused_before_it_is_read()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Console.Free = 12000;
        Assert.AreEqual(422, bench.Post("/api/settings", LongText(60)));
        Assert.IsTrue(bench.Has("12000 bytes are free"));
        Assert.AreEqual(0, bench.Device.Rules.Settings.Machines.Count);
        Assert.AreEqual(200, bench.Post("/api/settings", LongText(2)));
    }

    [TestMethod]
    public void Sixty_four_machines_and_sixteen_profiles_leave_memory_for_each_kind_of_change()
    {
        PageBench bench = new PageBench().LogIn();
        bench.Console.Free = 34 * 1024;
        string text = LongText(64);
        Assert.AreEqual(200, bench.Post("/api/settings", text));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=profile+p3&key=kernel&value=other"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=profile+new&key=kind&value=local"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=machine+52:54:00:00:02:01&key=name&value=late"));
        Assert.AreEqual(200, bench.Post("/api/settings/set", "section=machine+52:54:00:00:01:07&key=profile&value=new"));
        Assert.AreEqual(200, bench.Post("/api/settings/remove", "section=machine+52:54:00:00:02:01"));
        Assert.AreEqual(200, bench.Post("/api/once", "mac=52:54:00:00:01:09&profile=new"));
        Assert.AreEqual(200, bench.Post("/api/ignore", "mac=52:54:00:00:01:0a"));
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        bench.Token = "x";
        bench.Cookie = null;
        Assert.AreEqual(200, bench.Post("/api/login", "password=another-one"));
        bench.TakeSession();
        Assert.AreEqual(200, bench.Get("/api/backup"));
        Assert.AreEqual(200, bench.Post("/api/restore", bench.Body));

        // As at first: the machine that came went again, and the ignored one was listed before.
        Assert.AreEqual(64, bench.Device.Rules.Settings.Machines.Count);

        // Those of the text, the new one, and the one that ignores.
        Assert.AreEqual(16 + 1 + 1, bench.Device.Rules.Settings.Profiles.Length);
        Assert.AreEqual(200, bench.Post("/api/settings", text));
    }

    [TestMethod]
    public void Console_and_page_change_the_same_settings_in_turn()
    {
        PageBench bench = new PageBench().LogIn();
        Assert.AreEqual(200, bench.Post("/api/settings", Text));
        bench.Console.Line("set device.name shelf");
        bench.Host = "shelf";
        Assert.AreEqual(200, bench.Post("/api/once", "mac=52:54:00:12:34:56&profile=live"));
        bench.Console.Line("set boot.default live");
        Assert.AreEqual(200, bench.Post("/api/password", "old=" + PageBench.Password + "&new=another-one"));
        string settings = bench.Console.Settings();
        Assert.IsTrue(settings.IndexOf("name = shelf") > 0 && settings.IndexOf("default = live") > 0
            && settings.IndexOf("once = live") > 0);
    }

    private static string LongText(int machines)
    {
        string text = "[mirror]\nurl = http://10.0.0.1/\n";
        for (int i = 0; i < 16; i++)
        {
            text += "[profile p" + i.ToString() + "]\nkernel = p" + i.ToString() + "/vmlinuz\ninitrd = p" + i.ToString() + "/initrd.img\n";
        }

        for (int i = 0; i < machines; i++)
        {
            text += "[machine 52:54:00:00:01:" + i.ToString("X2") + "]\nname = machine-" + i.ToString() + "\nprofile = p" + (i % 16)
                .ToString() + "\n";
        }

        return text;
    }

    private sealed class UsedUpMeanwhile : SettingsChange
    {
        private readonly PageBench _bench;

        internal UsedUpMeanwhile(PageBench bench)
        {
            _bench = bench;
        }

        public override DeviceSettings Apply(DeviceSettings current, SettingsError error)
        {
            DeviceSettings changed = SettingsEditor.Set(current, "device", "name", "other", error);
            _bench.Device.OnceUsed(current, 0);
            return changed;
        }
    }
}
