using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Tests.Boot;

[TestClass]
public class BootScriptTests
{
    private static readonly byte[] Device = Octets.Of("192.168.1.5");

    private const string Identity =
        "uuid=${uuid}&mac=${netX/mac:hexhyp}&domain=${domain}&hostname=${hostname:uristring}&serial=${serial:uristring}&arch=${buildarch:uristring}&asset=${asset:uristring}";

    private const string Report = "imgfetch --timeout 2000 --name nb-report ${nb-to}&stage=";
    private const string Done = " && imgfree nb-report ||\n";

    [TestMethod]
    public void A_failure_is_reported_with_what_failed_and_iPXEs_error()
    {
        string script = Script("[profile p]\nkernel = http://a\n[boot]\ndefault = p\n");
        const string Failed = "set nb-error ${errno:hexraw} ||\nisset ${nb-to} && " + Report
            + "failed&at=${nb-from}&error=${nb-error}&url=${nb-url}" + Done;
        Assert.IsTrue(script.Contains(":failed\n" + Failed));
        Assert.IsTrue(script.Contains("&& goto leave ||\nisset ${nb-to} && " + Report + "failed"));
    }

    [TestMethod]
    public void Linux_is_Pixiecores_shape()
    {
        string script = Script(
            "[mirror]\nurl = http://m/d\n[profile p]\nkernel = vmlinuz\ninitrd = /a.img\ninitrd = http://x/b.img\ncommand-line = quiet url={{ URL \"c\" }}\n"
            + "[machine 525400000001]\nname = nas\nprofile = p\n");
        Assert.IsTrue(script.StartsWith(
            "#!ipxe\nimgfree ||\nset nb-try:int32 0 ||\nset nb-wait:int32 0 ||\nset syslog 192.168.1.5 ||\n"
            + "set nb-to http://192.168.1.5/report?mac=${netX/mac:hexhyp} ||\necho Netboot: profile p for nas 52:54:00:00:00:01\n"
            + "set nb-from kernel ||\n:kernel\nimgfree ||\nset nb-url http://m/d/vmlinuz ||\nset nb-kernel ${nb-url} ||\n"
            + "imgfetch --name kernel ${nb-url} || goto failed\n"
            + "kernel kernel initrd=initrd0 initrd=initrd1 quiet url=http://m/d/c || goto ended\n"
            + Report + "kernel" + Done
            + "set nb-from initrd0 ||\n:initrd0\nset nb-url http://m/a.img ||\ninitrd --name initrd0 ${nb-url} || goto failed\n"
            + "set nb-from initrd1 ||\n:initrd1\nset nb-url http://x/b.img ||\ninitrd --name initrd1 ${nb-url} || goto failed\n"
            + "set nb-from start ||\n:start\nset nb-url ${nb-kernel} ||\n" + Report + "start" + Done
            + "boot kernel || goto ended\ngoto leave\n:failed\n"));
        Assert.IsTrue(script.EndsWith(":leave\niseq ${platform} efi && exit 1 ||\nexit\n"));
    }

    [TestMethod]
    [DataRow("script = boot.ipxe", "set nb-url http://m/d/boot.ipxe", "?")]
    [DataRow("script = /boot.ipxe?x=1", "set nb-url http://m/boot.ipxe?x=1", "&")]
    [DataRow("script = http://m/d/e/f", "set nb-url http://m/d/e/f", "?")]
    [DataRow("script = http://m/other", "set nb-url http://m/other", "")]
    [DataRow("script = https://boot.netboot.xyz/", "set nb-url https://boot.netboot.xyz/", "")]
    [DataRow("script = https://elsewhere/?a\nidentity = yes", "set nb-url https://elsewhere/?a", "&")]
    [DataRow("script = boot.ipxe\nidentity = no", "set nb-url http://m/d/boot.ipxe", "")]
    public void Only_the_mirror_is_told_who_asks(string profile, string url, string separator)
    {
        string script = Script("[mirror]\nurl = http://m/d\n[boot]\ndefault = p\n[profile p]\n" + profile + "\n");
        string query = separator == "" ? "" : separator + Identity;
        Assert.IsTrue(script.Contains("\n" + url + " ||\nimgfetch --name script ${nb-url}" + query
            + " || goto failed\nimgexec --autofree script || goto ended\ngoto leave\n"));
    }

    [TestMethod]
    public void The_public_menu_is_not_told_who_asks()
    {
        string script = Script("");
        Assert.IsTrue(script.Contains("\nset nb-url http://boot.netboot.xyz/menu.ipxe ||\nimgfetch --name script ${nb-url} || goto failed\n"));
    }

    [TestMethod]
    public void Other_kinds()
    {
        const string Leave = "iseq ${platform} efi && exit 1 ||\nexit\n";
        Assert.AreEqual(
            "#!ipxe\nimgfree ||\necho Netboot: profile p for 52:54:00:00:00:01\necho Netboot: starting from this machine's own disk\n"
            + "iseq ${platform} pcbios || goto leave\nsanboot --no-describe --drive 0x80 ||\n"
            + "echo Netboot: NOT BOOTED. Its first disk does not boot (error ${errno:hexraw}); trying the next entry in its boot order\n"
            + "sleep 10 ||\n:leave\n" + Leave,
            Script("[boot]\ndefault = p\n[profile p]\nkind = local\n"));
        Assert.AreEqual("#!ipxe\nimgfree ||\n" + Leave, Script("[boot]\ndefault = p\n[profile p]\nkind = ignore\n"));
        Assert.AreEqual(
            "#!ipxe\nimgfree ||\necho\necho Netboot: this machine will not boot from the network: 52:54:00:00:00:01\necho Reason: not today\n"
            + "echo Profile p forbids it. The device's page: http://192.168.1.5/\nsleep 10 ||\n" + Leave,
            Script("[boot]\ndefault = p\n[profile p]\nkind = deny\nmessage = not today\n"));
    }

    [TestMethod]
    public void The_longest_script_fits()
    {
        string url = new string('u', SettingsLimits.Url);
        string mirror = "http://" + new string('m', SettingsLimits.FolderUrl - 8) + "/";
        string command = new string('c', SettingsLimits.CommandLine - 60) + " {mirror} {mirror} {{ URL \"a\" }} {{ URL \"b\" }}";
        string names = "";
        for (int i = 0; i < SettingsLimits.Initrds; i++)
        {
            names += " initrd=" + new string('n', (SettingsLimits.CommandLine / SettingsLimits.Initrds) - 8);
        }

        string text = "[mirror]\nurl = " + mirror
            + "\n[boot]\ndefault = ppppppppppppppppppppqqqq\n[profile ppppppppppppppppppppqqqq]\nkernel = " + url;
        string named = text;
        for (int i = 0; i < SettingsLimits.Initrds; i++)
        {
            text += "\ninitrd = " + url;
            named += "\ninitrd = " + url + " " + new string('/', SettingsLimits.InitrdName);
        }

        const string Machine = "\n[machine 525400000001]\nname = ppppppppppppppppppppqqqq\n";
        Script(text + "\ncommand-line = " + command + Machine);
        Script(text + "\ncommand-line =" + names + Machine);
        Script(named + "\ncommand-line = " + command + Machine);
        string menu = "[boot]\ndefault = ppppppppppppppppppppqqqq\n[profile ppppppppppppppppppppqqqq]\n";
        string items = "";
        for (int i = 0; i < SettingsLimits.MenuItems; i++)
        {
            string name = "an-item-of-24-letters-" + (i + 10).ToString();
            menu += "item = " + name + "  " + new string('t', SettingsLimits.Title) + "\n";
            items += "[profile " + name + "]\nkind = local\n";
        }

        Script(menu + items + Machine);
    }

    [TestMethod]
    public void An_initrd_with_a_name_is_a_file_and_no_archive()
    {
        string script = Script(
            "[mirror]\nurl = http://m\n[boot]\ndefault = p\n[profile p]\nkernel = linux26\ninitrd = initrd.img\n"
            + "initrd = pve.iso   /proxmox.iso\ninitrd = more.img\ncommand-line = quiet\n");
        Assert.IsTrue(script.Contains("\nkernel kernel initrd=initrd0 initrd=initrd2 quiet || goto ended\n"));
        Assert.IsTrue(script.Contains("\nset nb-url http://m/initrd.img ||\ninitrd --name initrd0 ${nb-url} || goto failed\n"));
        Assert.IsTrue(script.Contains(
            "\n:initrd1\nset nb-url http://m/pve.iso ||\ninitrd --name /proxmox.iso ${nb-url} /proxmox.iso || goto failed\n"));
        Assert.IsTrue(script.Contains("\nset nb-url http://m/more.img ||\ninitrd --name initrd2 ${nb-url} || goto failed\n"));
    }

    [TestMethod]
    public void Windows_PE_gets_no_word_that_wimboot_does_not_know()
    {
        string script = Script(
            "[mirror]\nurl = http://m\n[boot]\ndefault = p\n[profile p]\nkernel = wimboot\ninitrd = bcd BCD\ninitrd = boot.wim boot.wim\n");
        Assert.IsTrue(script.Contains("\nkernel kernel || goto ended\n"));
        Assert.IsTrue(script.Contains("\ninitrd --name BCD ${nb-url} BCD || goto failed\n"));
    }

    [TestMethod]
    public void Names_in_the_command_line_are_those_of_the_archives()
    {
        string script = Script(
            "[mirror]\nurl = http://m\n[boot]\ndefault = p\n[profile p]\nkernel = k\ninitrd = a.iso a.iso\ninitrd = b\ncommand-line = initrd=own x\n");
        Assert.IsTrue(script.Contains("\nkernel kernel initrd=own x || goto ended\n"));
        Assert.IsTrue(script.Contains("\ninitrd --name a.iso ${nb-url} a.iso || goto failed\n"));
        Assert.IsTrue(script.Contains("\ninitrd --name own ${nb-url} || goto failed\n"));
    }

    [TestMethod]
    public void A_report_leaves_out_a_URL_that_is_too_long_for_a_request()
    {
        string profile = "[boot]\ndefault = p\n[profile p]\nkernel = http://a\ninitrd = http://b/";
        Assert.IsTrue(Script(profile + new string('u', 391)).Contains("&error=${nb-error}&url=${nb-url}" + Done));
        string longer = Script(profile + new string('u', 392));
        Assert.IsFalse(longer.Contains("&url="));
        Assert.IsTrue(longer.Contains("&at=${nb-from}&error=${nb-error}" + Done));
    }

    [TestMethod]
    public void Templates_are_filled_in()
    {
        const string Text = "[mirror]\nurl = http://m/d\n[boot]\ndefault = p\n[profile p]\nkernel = {mac-hyphen}/{arch}/k?h={hostname}&s={serial}\n"
            + "command-line = ip={ip} at={device} from={mirror}x {mac} {uuid} {serial} {A} ${net0/mac} n={name} u={{ URL \"u\" }}\n";
        string script = Script(Text + "[machine 525400000001]\nname = nas\n");
        Assert.IsTrue(script.Contains(
            "\nset nb-url http://m/d/${netX/mac:hexhyp}/${buildarch}/k?h=${hostname:uristring}&s=${serial:uristring} ||\n"));
        Assert.IsTrue(script.Contains(
            " ip=${netX/ip} at=192.168.1.5 from=http://m/d/x ${netX/mac} ${uuid} ${serial} {A} ${net0/mac} n=nas u=http://m/d/u || goto ended\n"));
        Assert.IsTrue(Script(Text).Contains(" n=${netX/mac:hexhyp} "));
        Assert.IsTrue(Script("[mirror]\nurl = http://m/d\n[boot]\ndefault = p\n[profile p]\nkernel = {mirror}k\n").Contains("\nset nb-url http://m/d/k ||\n"));
    }

    [TestMethod]
    public void A_script_of_the_settings_is_there_line_by_line()
    {
        string script = Script(
            "[boot]\ndefault = p\n[profile p]\nline = :again\nline = echo Hello {name}, \"{mac}\" ;  two  blanks\nline = shell || goto again\n"
            + "[machine 525400000001]\nname = nas\n");
        Assert.IsTrue(script.EndsWith(
            "\necho Netboot: profile p for nas 52:54:00:00:00:01\n:again\necho Hello nas, \"${netX/mac}\" ;  two  blanks\nshell || goto again\n"
            + "iseq ${platform} efi && exit 1 ||\nexit\n"));
    }

    [TestMethod]
    public void A_menu_is_iPXEs()
    {
        const string Text = "[boot]\ndefault = start\n[profile start]\nitem = live   Debian, live\nitem = disk\ndefault = disk\ntimeout = 045\nshell = yes\n"
            + "[profile live]\nkernel = http://m/k\n[profile disk]\nkind = local\n";
        string script = Script(Text);
        Assert.IsTrue(script.Contains(
            "\n:menu\nimgfree ||\nset nb-try:int32 0 ||\nset nb-wait:int32 0 ||\nmenu Netboot: start || goto leave\n"
            + "item --key 1 live 1  Debian, live ||\nitem --key 2 disk 2  disk ||\nitem --gap ||\nitem --key s .shell s  iPXE shell ||\n"
            + "choose --default disk --timeout 45000 nb-profile || goto leave\niseq ${nb-profile} .shell && goto shell ||\n"
            + "set nb-from script ||\n:script\nset nb-url http://192.168.1.5/boot.ipxe ||\n"
            + "imgfetch --name boot.ipxe ${nb-url}?mac=${netX/mac:hexhyp}&uuid=${uuid}&arch=${buildarch}&platform=${platform}"
            + "&profile=${nb-profile} || goto failed\nimgexec --autofree boot.ipxe && goto leave ||\n"));
        Assert.IsTrue(Script(Text + "[machine 525400000001]\nmenu-default = live\n").Contains("choose --default live "));
        Assert.IsTrue(Script(Text + "[machine 525400000001]\nmenu-default = start\n").Contains("choose --default disk "));
    }

    [TestMethod]
    [DataRow("", "choose --default a --timeout 10000 ")]
    [DataRow("timeout = 0\n", "choose --default a --timeout 0000 ")]
    [DataRow("timeout = 900\n", "choose --default a --timeout 900000 ")]
    [DataRow("default = b\n", "choose --default b --timeout 10000 ")]
    public void A_menu_has_a_default_and_a_time_always(string keys, string expected)
    {
        string script = Script(
            "[boot]\ndefault = m\n[profile m]\nitem = a\nitem = b\n" + keys + "[profile a]\nkind = local\n[profile b]\nkind = local\n");
        Assert.IsTrue(script.Contains(expected));
    }

    [TestMethod]
    public void autoexec_gets_an_address_first()
    {
        string script = Read(new ScriptReader(Device));
        Assert.IsTrue(script.Contains(
            "set nb-from dhcp ||\nset nb-url DHCP ||\n:dhcp\ndhcp || goto failed\nset nb-from script ||\n:script\nset nb-url http://192.168.1.5/boot.ipxe ||\n"
            + "imgfetch --name boot.ipxe ${nb-url}?mac=${netX/mac:hexhyp}&uuid=${uuid}&arch=${buildarch}&platform=${platform} || goto failed\n"
            + "imgexec --autofree boot.ipxe || goto ended\ngoto leave\n"));
    }

    [TestMethod]
    [DataRow(1, "initrd=initrd.img quiet", " initrd=initrd.img quiet", "initrd.img")]
    [DataRow(1, "quiet initrd=/boot/initrd-6.1 x", " quiet initrd=/boot/initrd-6.1 x", "boot\\initrd-6.1")]
    [DataRow(1, "root={{ URL \"r\" }} initrd=a.img", " root=http://m/r initrd=a.img", "a.img")]
    [DataRow(2, "initrd=a initrd=b", " initrd=a initrd=b", "a b")]
    [DataRow(2, "initrd=a.img,b.img", " initrd=a.img,b.img initrd=nb-initrd1", "a.img,b.img nb-initrd1")]
    [DataRow(3, "x initrd=initrd1", " x initrd=initrd1 initrd=nb-initrd1 initrd=nb-initrd2", "initrd1 nb-initrd1 nb-initrd2")]
    [DataRow(1, "initrd=initrd.magic initrd=a", " initrd=initrd.magic ", "initrd.magic")]
    [DataRow(1, "initrd= initrd=/ x", " initrd=initrd0   x", "initrd0")]
    [DataRow(0, "a initrd=b c", " a  c", "")]
    [DataRow(1, "xinitrd=a noinitrd initrdmem=1 initrd={{ URL \"i\" }}",
        " initrd=initrd0 xinitrd=a noinitrd initrdmem=1 initrd=http://m/i", "initrd0")]
    public void Initrds_have_the_names_of_the_command_line(int files, string line, string expected, string names)
    {
        string text = "[mirror]\nurl = http://m\n[boot]\ndefault = p\n[profile p]\nkernel = k\ncommand-line = " + line + "\n";
        for (int i = 0; i < files; i++)
        {
            text += "initrd = i\n";
        }

        string script = Script(text);
        Assert.IsTrue(script.Contains("\nkernel kernel" + expected + " || goto ended\n"));
        string[] each = names.Split(' ');
        for (int i = 0; i < files; i++)
        {
            Assert.IsTrue(script.Contains("\nset nb-url http://m/i ||\ninitrd --name " + each[i] + " ${nb-url} || goto failed\n"));
        }
    }

    // The script for 52:54:00:00:00:01 under some settings. It must fit.
    internal static string Script(string text)
    {
        DeviceSettings settings = BootRulesTests.SettingsOf(text);
        byte[] mac = BootRulesTests.Mac("525400000001");
        BootChoice choice = new BootRules(settings).Choose(mac, 0, null, 0, Platform.X64, new BootChoice());
        return Read(new ScriptReader(settings, choice, null, Device, mac));
    }

    // As it is sent: its length first, then in pieces, and each of them again.
    internal static string Read(ScriptReader reader)
    {
        int length = reader.Length;
        Assert.IsTrue(length > 0 && length <= SettingsLimits.Script);
        var whole = new byte[length + 1];
        Assert.AreEqual(length, reader.Read(0, whole, 0, whole.Length));
        var part = new byte[length];
        for (int piece = 1; piece <= length; piece = (piece * 3) + 1)
        {
            for (int at = 0; at < length; at += piece)
            {
                int count = length - at < piece ? length - at : piece;
                Assert.AreEqual(count, reader.Read(at, part, at, piece < length - at ? piece : length - at));
            }

            Assert.IsTrue(Octets.Equal(whole, 0, part, 0, length));
        }

        Assert.AreEqual(0, reader.Read(length, part, 0, 1));
        return Octets.Text(whole, 0, length);
    }
}
