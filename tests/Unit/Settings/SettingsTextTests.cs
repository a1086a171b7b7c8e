using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

[TestClass]
public class SettingsTextTests
{
    internal const string Everything =
        "[device]\nname = lab\n\n"
        + "[mirror]\nurl = http://192.168.1.10/\nloaders = loaders/\n\n"
        + "[boot]\ndefault = menu\nx64 = hole\nunknown = refuse\n\n"
        + "[loaders]\nx64 = ipxe.efi\n\n"
        + "[page]\nmetrics = open\nnames = netboot.fritz.box, nas.example.org\n\n"
        + "[log]\nsyslog = 192.168.1.10:5140\n\n"
        + "[dhcp]\nrelays = 10.2.0.1 10.3.0.1/22\n\n"
        + "[profile hole]\nkernel = vmlinuz\ncommand-line = console=ttyS0 init=/init url={{ URL \"a/c\" }}\ninitrd = one.img\ninitrd = two.img\n\n"
        + "[profile menu]\nscript = boot.ipxe\nidentity = no\n\n"
        + "[profile disk]\nkind = local\n\n"
        + "[profile refuse]\nkind = deny\nmessage = Ask the admin\n\n"
        + "[profile start]\nitem = hole Boot the live system\nitem = disk\ndefault = disk\ntimeout = 30\nshell = yes\n\n"
        + "[profile hello]\nline = :again\nline = echo Hello {name}\nline = sleep 5 || goto again\n\n"
        + "[profile pve]\nkernel = linux26\ninitrd = initrd.img\ninitrd = {arch}/pve.iso /proxmox.iso\n\n"
        + "[machine 52:54:00:12:34:56]\nname = nas\nprofile = hole\nonce = disk\nmenu-default = disk\nloader = old.efi\n"
        + "uuid = 00112233-4455-6677-8899-aabbccddeeff\noption43 = omit\nanswer-request = yes\n\n"
        + "[machine 52:54:00:12:34:57]\n\n"
        + "[machine 52:54:00:*]\nprofile = hole\nmenu-default = disk\nloader = old.efi\noption43 = send\nanswer-request = yes\n\n"
        + "[machine b8:*]\n";

    internal static DeviceSettings Parse(string text, SettingsError error)
    {
        byte[] bytes = Octets.Of(text);
        return SettingsText.Parse(bytes, 0, bytes.Length, error);
    }

    internal static DeviceSettings Good(string text)
    {
        var error = new SettingsError();
        DeviceSettings settings = Parse(text, error);
        Assert.IsNull(error.Message);
        Assert.IsNotNull(settings);
        return settings;
    }

    internal static string Written(DeviceSettings settings)
    {
        var writer = new ByteWriter(256, SettingsLimits.Text);
        SettingsText.Write(settings, writer);
        return writer.ToString();
    }

    [TestMethod]
    public void Canonical_text_is_written_as_it_was_read()
    {
        string text = Everything;
        Assert.AreEqual(text, Written(Good(text)));
    }

    [TestMethod]
    [DataRow("[boot]\nunknown = ask\n")]
    [DataRow("[boot]\ndefault = a\nunknown = ask\n\n[profile b]\nkind = deny\n\n[profile a]\nkind = local\n")]
    [DataRow("[boot]\nunknown = a\n\n[profile b]\nkind = deny\n\n[profile a]\nkind = ignore\n")]
    [DataRow("[boot]\ndefault = ask\n\n[profile ask]\nkind = local\n")]
    public void The_rule_for_unknown_machines_is_written_as_it_was_read(string text) => Assert.AreEqual(text, Written(Good(text)));

    [TestMethod]
    public void What_addresses_begin_with_is_understood_in_every_form_of_an_address()
    {
        Assert.AreEqual("[machine 52:54:00:*]\n\n[machine aa:bb:*]\n\n[machine ac:*]\n\n[machine 52:54:00:12:34:*]\n",
            Written(Good("[machine 525400*]\n[machine AA-BB-*]\n[machine ac*]\n[machine 52:54:00:12:34:*]")));
    }

    [TestMethod]
    public void Nothing_set_is_nothing_written()
    {
        Assert.AreEqual("", Written(new DeviceSettings()));
        Assert.AreEqual("", Written(Good("")));
        Assert.AreEqual("", Written(Good("\r\n# only a comment\n; another\n[device]\n[boot]\n")));
    }

    [TestMethod]
    public void Forms_that_people_write_are_understood()
    {
        DeviceSettings settings = Good(
            "\uFEFF# top\r\n  [ Mirror ]\r\n\tURL=http://10.0.0.1  # the NAS\r\n[machine 52-54-00-AB-CD-EF]\r\nName = a\r\n[machine 525400abcdf0]\r\nname =\r\n");
        Assert.AreEqual("[mirror]\nurl = http://10.0.0.1/\n\n[machine 52:54:00:ab:cd:ef]\nname = a\n\n[machine 52:54:00:ab:cd:f0]\n",
            Written(settings));
    }

    [TestMethod]
    public void Profiles_keep_the_order_of_their_sections()
    {
        string text =
            Written(Good("[boot]\ndefault = b\n[machine 525400000001]\nprofile = c\nonce = a\n[profile a]\nkind = local\n[profile b]\nkind = ignore\n[profile c]\nkind = deny\n"));
        Assert.AreEqual(
            "[boot]\ndefault = b\n\n[profile a]\nkind = local\n\n[profile b]\nkind = ignore\n\n[profile c]\nkind = deny\n\n[machine 52:54:00:00:00:01]\nprofile = c\nonce = a\n",
            text);
        Assert.AreEqual(text, Written(Good(text)));
    }

    [TestMethod]
    public void The_model_says_what_the_text_said()
    {
        DeviceSettings settings = Good(Everything);
        Assert.AreEqual("http://192.168.1.10/loaders/", settings.LoadersUrl);
        byte[] metrics = settings.Value(SettingsKey.PageMetrics);
        Assert.AreEqual("open", Octets.Text(metrics, 0, metrics.Length));
        byte[] syslog = settings.Value(SettingsKey.LogSyslog);
        Assert.AreEqual("192.168.1.10:5140", Octets.Text(syslog, 0, syslog.Length));
        Assert.AreEqual(7, settings.Profiles.Length);
        Profile hole = settings.Profiles[0];
        Assert.IsTrue(hole.Kind == ProfileKind.Linux);
        Assert.IsTrue(hole.HasTemplates);
        byte[] line = hole.Value(SettingsKey.ProfileCommandLine, 0);
        var expanded = new byte[256];
        var writer = new PartWriter();
        writer.Keep(0, expanded, 0, expanded.Length);
        Templates.Write(line, 0, line.Length, false, new ScriptFacts { Settings = settings, Profile = hole }, writer);
        Assert.AreEqual("console=ttyS0 init=/init url=http://192.168.1.10/a/c", Octets.Text(expanded, 0, writer.At));
        Assert.IsTrue(hole.Find(SettingsKey.ProfileInitrd, 1) >= 0);
        Assert.IsTrue(hole.Find(SettingsKey.ProfileInitrd, 2) < 0);
        Assert.IsTrue(settings.Profiles[2].Kind == ProfileKind.Local);
        Assert.AreEqual(4, settings.Machines.Count);
        Assert.AreEqual(0, settings.Machines.Profile(0));
        Assert.AreEqual(2, settings.Machines.Once(0));
        Assert.IsTrue(settings.Machines.AnswerRequest(0));
        Assert.AreEqual(MachineTable.None, settings.Machines.Profile(1));
    }

    [TestMethod]
    public void The_loaders_folder_is_where_the_board_can_read_it()
    {
        Assert.IsNull(new DeviceSettings().LoadersUrl);
        Assert.AreEqual("http://a/b/", Good("[mirror]\nurl = http://a/b").LoadersUrl);
        Assert.AreEqual("http://a/l/", Good("[mirror]\nurl = http://a/b\nloaders = /l").LoadersUrl);
        Assert.AreEqual("http://c/", Good("[mirror]\nurl = https://a/b\nloaders = http://c").LoadersUrl);
        Assert.AreEqual("http://c/", Good("[mirror]\nloaders = http://c").LoadersUrl);
        Assert.IsNull(Good("[mirror]\nurl = https://a/b").LoadersUrl);
    }

    [TestMethod]
    public void A_loader_name_is_listed_once()
    {
        byte[][] names =
            Good("[loaders]\nx64 = ipxe.efi\narm64 = undionly.kpxe\n[machine 525400000001]\nloader = IPXE.EFI\n[machine 525400000002]\nloader = old.efi\n").LoaderNames();

        // The one for a ROM that is iPXE, each platform's and the one set for it, then the machines'; what is there already comes no second time.
        string listed = "";
        for (int i = 0; i < names.Length; i++)
        {
            listed += Octets.Text(names[i], 0, names[i].Length) + " ";
        }

        Assert.AreEqual("ipxe.pxe undionly.kpxe snponly-ia32.efi snponly.efi ipxe.efi snponly-arm32.efi snponly-arm64.efi "
            + "snponly-riscv32.efi snponly-riscv64.efi snponly-loong64.efi old.efi ", listed);
    }

    [TestMethod]
    public void Sixty_four_machines_and_sixteen_profiles_fit()
    {
        string text = "[mirror]\nurl = http://192.168.1.10/\n";
        for (int i = 0; i < 16; i++)
        {
            text += "[profile p" + i.ToString() + "]\nkernel = p" + i.ToString() + "/vmlinuz\ninitrd = p" + i.ToString()
                + "/initrd.img\ncommand-line = console=ttyS0 init=/init quiet\n";
        }

        for (int i = 0; i < 64; i++)
        {
            text += "[machine 5254000000" + (i + 16).ToString("X2") + "]\nname = machine" + i.ToString() + "\nprofile = p" + (i % 16)
                .ToString() + "\n";
        }

        DeviceSettings settings = Good(text);
        Assert.AreEqual(64, settings.Machines.Count);
        Assert.AreEqual(16, settings.Profiles.Length);
        var mac = new byte[] { 0x52, 0x54, 0, 0, 0, 16 + 37 };
        Assert.AreEqual(37, settings.Machines.FindMac(mac, 0));
        Assert.AreEqual(37 % 16, settings.Machines.Profile(37));
    }

    [TestMethod]
    public void As_many_lines_and_items_as_there_may_be_keep_their_order()
    {
        string lines = "[profile long]\nkind = inline\n";
        for (int i = 0; i < SettingsLimits.InlineLines; i++)
        {
            lines += "line = echo " + i.ToString() + " and some more\n";
        }

        string menu = "\n[profile all]\nkind = menu\n";
        string items = "";
        for (int i = 0; i < SettingsLimits.MenuItems; i++)
        {
            menu += "item = an-item-" + i.ToString() + " Title of item " + i.ToString() + ", as long as people write\n";
            items += "\n[profile an-item-" + i.ToString() + "]\nkind = local\n";
        }

        menu += "default = an-item-7\ntimeout = 30\nshell = no\n";
        string text = lines + menu + items;
        Assert.AreEqual(text, Written(Good(text)));
        var error = new SettingsError();
        Assert.IsNull(Parse(lines + "line = echo\n" + menu + items, error));
        Assert.AreEqual("line 67, [profile long] line: appears too often; at most 64 times", error.ToString());
        Assert.IsNull(Parse(lines + menu + "item = long\n" + items, error));
        Assert.AreEqual("line 89, [profile all] item: appears too often; at most 16 times", error.ToString());
    }

    [TestMethod]
    public void The_longest_profile_and_the_most_machines_fit()
    {
        string url = new string('u', 399);
        string text = "[mirror]\nurl = http://a/\n\n[profile long]\nkernel = " + url + "k\ncommand-line = " + new string('c', 512) + "\n";
        for (int i = 0; i < SettingsLimits.Initrds; i++)
        {
            text += "initrd = " + url + i.ToString() + " /" + new string('n', SettingsLimits.InitrdName - 1) + "\n";
        }

        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            // The last byte is the same for eight of them, the one before it differs.
            text += "\n[machine 52:54:00:00:" + (95 - i).ToString("x2") + ":" + (i / 8).ToString("x2") + "]\nname = the-longest-name-"
                + (i + 1000).ToString() + "xyz\nuuid = 00112233-4455-6677-8899-aabbccddee"
                + i.ToString("x2") + "\n";
        }

        DeviceSettings settings = Good(text);
        Assert.AreEqual(text, Written(settings));
        var mac = new byte[MacText.Size];
        var uuid = new byte[] { 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0 };
        for (int i = 0; i < SettingsLimits.Machines; i++)
        {
            settings.Machines.CopyMac(i, mac, 0);
            Assert.AreEqual(i, settings.Machines.FindMac(mac, 0));
            mac[0] = 0x50;
            Assert.AreEqual(-1, settings.Machines.FindMac(mac, 0));
            uuid[15] = (byte)i;
            Assert.AreEqual(i, settings.Machines.FindUuid(uuid, 0));
        }
    }
}
