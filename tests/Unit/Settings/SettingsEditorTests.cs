using Netboot.Settings;

namespace Netboot.Tests.Settings;

[TestClass]
public class SettingsEditorTests
{
    [TestMethod]
    public void A_key_is_set_replaced_and_taken_out()
    {
        DeviceSettings settings = Set(new DeviceSettings(), "mirror", "url", "http://a");
        Assert.AreEqual("[mirror]\nurl = http://a/\n", SettingsTextTests.Written(settings));
        settings = Set(settings, "Mirror", "URL", "http://b/");
        settings = Set(settings, "profile p", "kernel", "k");
        settings = Set(settings, "profile p", "initrd", "one\ntwo");
        settings = Set(settings, "boot", "default", "p");
        Assert.AreEqual("[mirror]\nurl = http://b/\n\n[boot]\ndefault = p\n\n[profile p]\nkernel = k\ninitrd = one\ninitrd = two\n",
            SettingsTextTests.Written(settings));
        settings = Set(settings, "profile p", "initrd", null);
        settings = Set(settings, "boot", "default", "");
        Assert.AreEqual("[mirror]\nurl = http://b/\n\n[profile p]\nkernel = k\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void Machines_come_and_go()
    {
        var error = new SettingsError();
        DeviceSettings settings = Set(new DeviceSettings(), "profile disk", "kind", "local");
        settings = Set(settings, "machine 52-54-00-12-34-56", "name", "nas");
        settings = Set(settings, "machine 525400123456", "profile", "disk");
        settings = Set(settings, "machine 52:54:00:12:34:57", "once", "disk");
        Assert.AreEqual(0, settings.Machines.Once(1));
        settings = Set(settings, "machine 525400123456", "name", "other");
        settings = Set(settings, "machine 52:54:00:12:34:57", "once", string.Empty);
        Assert.AreEqual(
            "[profile disk]\nkind = local\n\n[machine 52:54:00:12:34:56]\nname = other\nprofile = disk\n\n[machine 52:54:00:12:34:57]\n",
            SettingsTextTests.Written(settings));
        settings = SettingsEditor.Remove(settings, "machine 525400123456", error);
        Assert.AreEqual("[profile disk]\nkind = local\n\n[machine 52:54:00:12:34:57]\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void The_first_section_can_go_too()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsEditor.Remove(SettingsTextTests.Good("[device]\nname = a\n[profile p]\nkind = local\n"),
            "device", error);
        Assert.AreEqual("[profile p]\nkind = local\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    [DataRow("mirror", "urls", "x", "[mirror] urls: is not a key of this section; allowed: url, loaders")]
    [DataRow("mirror", "url", "x", "[mirror] url: 'x' does not begin with http:// or https://")]
    [DataRow("mirror x", "url", "x", "[mirror x]: the section has no title")]
    [DataRow("profile", "kind", "local", "[profile]: the section needs a title after its name")]
    [DataRow("what", "kind", "local",
        "[what]: there is no such section; allowed: [device], [mirror], [boot], [loaders], [page], [console], [log], [dhcp], [profile NAME], [machine MAC]")]
    [DataRow("machine 5254", "name", "a",
        "[machine 5254]: '5254' is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators, or like 52:54:00:* for all that begin so")]
    [DataRow("device", "name", "a\nname = b", "[device] name: must be a single line")]
    [DataRow("device", "name", "a\rb", "[device] name: only printable ASCII characters are allowed")]
    [DataRow("profile p", "message", "Ticket #12", "[profile p] message: a # at the start or after a space would begin a comment")]
    [DataRow("boot", "x64", "q", "[boot] x64: profile 'q' is not defined; defined: p")]
    [DataRow("profile p", "kind", "",
        "[profile p]: the profile has nothing to boot: it needs 'kernel', 'script', 'item', 'line', 'api' or 'kind' (local, ignore, deny)")]
    public void A_wrong_change_is_refused(string section, string key, string value, string expected)
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[profile p]\nkind = deny\n");
        Assert.IsNull(SettingsEditor.Set(settings, section, key, value, error));
        Assert.AreEqual(expected, error.ToString());
        Assert.AreEqual("[profile p]\nkind = deny\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void Two_sections_change_together_or_not_at_all()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[machine 52:54:00:12:34:56]\nname = nas\n");
        DeviceSettings changed = SettingsEditor.Set(settings,
            new[] { "profile off", "kind", "ignore", "machine 525400123456", "profile", "off" }, error);
        Assert.AreEqual("[profile off]\nkind = ignore\n\n[machine 52:54:00:12:34:56]\nname = nas\nprofile = off\n",
            SettingsTextTests.Written(changed));
        changed = SettingsEditor.Set(settings, new[] { "profile off", "kind", "ignore", "machine 525400123457", "profile", "off" }, error);
        Assert.AreEqual(
            "[profile off]\nkind = ignore\n\n[machine 52:54:00:12:34:56]\nname = nas\n\n[machine 52:54:00:12:34:57]\nprofile = off\n",
            SettingsTextTests.Written(changed));
        Assert.IsNull(SettingsEditor.Set(settings, new[] { "profile off", "kind", "ignore", "machine zz", "profile", "off" }, error));
        Assert.AreEqual("[machine zz]: 'zz' is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators, or like 52:54:00:* for all that begin so",
            error.ToString());
    }

    [TestMethod]
    public void Several_keys_are_set_together_and_all_that_is_wrong_is_told()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[device]\nname = shelf\n[profile p]\nkind = local\n");
        string[] words =
        {
            "device", "name", "new", "console", "tx", "99", "profile p", "kind", "", "profile p", "kernel", "a b", "boot", "x64", "p",
                "log", "syslog", "nas",
        };
        Assert.IsNull(SettingsEditor.Set(settings, words, error));
        string[] wrong = { "console tx", "profile p kernel", "log syslog" };
        SettingsError each = error;
        for (int i = 0; i < wrong.Length; i++)
        {
            Assert.AreEqual(wrong[i], each.Section + " " + each.Key);
            each = each.More;
        }

        Assert.IsNull(each);
        words[5] = "17";
        words[11] = "vmlinuz";
        words[14] = "q";
        words[17] = "10.0.0.1";
        Assert.IsNull(SettingsEditor.Set(settings, words, error));
        Assert.AreEqual("boot x64", error.Section + " " + error.Key);
        Assert.AreEqual("profile p kernel", error.More.Section + " " + error.More.Key);
        Assert.IsNull(error.More.More);
        words[11] = "http://a/vmlinuz";
        words[14] = "p";
        Assert.AreEqual(
            "[device]\nname = new\n\n[boot]\nx64 = p\n\n[console]\ntx = 17\n\n[log]\nsyslog = 10.0.0.1\n\n[profile p]\nkernel = http://a/vmlinuz\n",
            SettingsTextTests.Written(SettingsEditor.Set(settings, words, error)));
        Assert.AreEqual("[device]\nname = shelf\n\n[profile p]\nkind = local\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void A_new_profile_with_all_its_keys_is_one_change()
    {
        var error = new SettingsError();
        string url = new string('u', 150);
        string[] words =
        {
            "profile new", "initrd", url + "1\n" + url + "2\n" + url + "3\n" + url + "4", "profile new", "kernel", url, "mirror", "url",
                "http://a/",
            "profile new", "command-line", new string('c', 400), "machine 525400123456", "profile", "new", "machine 525400123456", "name",
            "nas",
        };
        string expected = "[mirror]\nurl = http://a/\n\n[profile new]\nkernel = " + url + "\ncommand-line = " + new string('c', 400)
            + "\ninitrd = " + url + "1\ninitrd = "
            + url + "2\ninitrd = " + url + "3\ninitrd = " + url + "4\n\n[machine 52:54:00:12:34:56]\nname = nas\nprofile = new\n";
        Assert.AreEqual(expected, SettingsTextTests.Written(SettingsEditor.Set(new DeviceSettings(), words, error)));
    }

    [TestMethod]
    [DataRow("page")]
    [DataRow("PAGE")]
    [DataRow("page ")]
    [DataRow("page  ")]
    [DataRow("page \t")]
    [DataRow(" page")]
    public void A_secret_is_no_key_to_set_however_it_is_written(string section)
    {
        DeviceSettings settings = SettingsTextTests.Good("[device]\nname = a\n");
        string[] keys = { "password", "PassWord", " password", "password ", "password\t" };
        for (int i = 0; i < keys.Length; i++)
        {
            var error = new SettingsError();
            Assert.IsNull(SettingsEditor.Set(settings, section, keys[i], "somebody-else", error));
            Assert.IsNull(SettingsEditor.Set(settings, section, keys[i], "", error));
            Assert.IsNull(SettingsEditor.Set(settings, new[] { "device", "name", "b", section, keys[i], "somebody-else" }, error));
            Assert.IsTrue(error.Message.Length > 0);
        }
    }

    [TestMethod]
    public void A_profile_in_use_is_not_removed_and_its_users_are_named()
    {
        var error = new SettingsError();
        string text =
            "[profile p]\nkind = local\n[boot]\nx64 = p\n[machine 52:54:00:12:34:01]\nname = nas\nprofile = p\n[machine 52:54:00:12:34:02]\nonce = p\n";
        Assert.IsNull(SettingsEditor.Remove(SettingsTextTests.Good(text), "profile p", error));
        Assert.AreEqual("[profile p]: is used by [boot] x64, nas, 52:54:00:12:34:02 (next boot); change these first",
            error.ToString());
        for (int i = 3; i < 12; i++)
        {
            text += "[machine 52:54:00:12:34:" + i.ToString("X2") + "]\nprofile = p\n";
        }

        Assert.IsNull(SettingsEditor.Remove(
            SettingsTextTests.Good("[profile p]\nkind = local\n[profile m]\nitem = p\n[machine 525400123401]\nmenu-default = p\n"), "profile p", error));
        Assert.AreEqual("[profile p]: is used by menu m, 52:54:00:12:34:01 (menu-default); change these first", error.ToString());

        Assert.IsNull(SettingsEditor.Remove(SettingsTextTests.Good(text), "profile p", error));
        Assert.IsTrue(error.Message.Contains("52:54:00:12:34:08 and 3 more machines; change"));
    }

    [TestMethod]
    public void A_profile_in_use_stays()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[boot]\ndefault = p\n[profile p]\nkind = local\n");
        Assert.IsNull(SettingsEditor.Remove(settings, "profile p", error));
        Assert.AreEqual("[profile p]: is used by [boot] default; change these first", error.ToString());
        Assert.IsNull(SettingsEditor.Remove(settings, "profile q", error));
        Assert.AreEqual("[profile q]: there is no such section", error.ToString());
        Assert.IsTrue(settings.Profiles[0].Kind == ProfileKind.Local);
    }

    private static DeviceSettings Set(DeviceSettings settings, string section, string key, string value)
    {
        var error = new SettingsError();
        DeviceSettings changed = SettingsEditor.Set(settings, section, key, value, error);
        Assert.IsNull(error.Message);
        return changed;
    }
}
