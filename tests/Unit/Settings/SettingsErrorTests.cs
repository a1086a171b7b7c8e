using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>What is refused, and that the message says where and what is allowed.</summary>
[TestClass]
public class SettingsErrorTests
{
    [TestMethod]
    [DataRow("x = 1",
        "line 1: 'x' comes before the first section; sections: [device], [mirror], [boot], [loaders], [page], [console], [log], [dhcp], [profile NAME], [machine MAC]")]
    [DataRow("[devise]",
        "line 1: 'devise' is not a section; allowed: [device], [mirror], [boot], [loaders], [page], [console], [log], [dhcp], [profile NAME], [machine MAC]")]
    [DataRow("[device", "line 1: a section is [name] or [name title]; the ] is missing")]
    [DataRow("[device]\n[boot x]", "line 2, [boot x]: [boot] has no title")]
    [DataRow("[device]\n\n[device]", "line 3, [device]: the section appears twice; the first is on line 1")]
    [DataRow("[device]\nnam = a", "line 2, [device]: 'nam' is not a key of this section; allowed: name, led, led-level")]
    [DataRow("[mirror]\nurls = a", "line 2, [mirror]: 'urls' is not a key of this section; allowed: url, loaders")]
    [DataRow("[device]\nname", "line 2, [device]: 'name' is neither 'key = value' nor [section]")]
    [DataRow("[device]\nname = a\nname = b", "line 3, [device] name: appears twice")]
    [DataRow("[device]\nname = a_b", "line 2, [device] name: 'a_b' is not a host name: use letters, digits and hyphens")]
    [DataRow("[device]\nname = aaaaaaaaaaaaaaaaaaaaaaaaa", "line 2, [device] name: is 25 characters long; at most 24")]
    [DataRow("[device]\nname = \u00fc", "line 2, column 8, [device]: only printable ASCII characters are allowed outside comments")]
    [DataRow("[boot]\ndefault = foo\n[profile a]\nkind = local\n[profile b]\nkind = local",
        "line 2, [boot] default: profile 'foo' is not defined; defined: a, b")]
    [DataRow("[machine 525400123456]\nprofile = foo",
        "line 2, [machine 525400123456] profile: profile 'foo' is not defined; defined: none")]
    [DataRow("[machine 525400123456]\n[machine 52-54-00-12-34-56]", "line 2, [machine 52-54-00-12-34-56]: the machine appears twice")]
    [DataRow("[machine 53:54:00:12:34:56]",
        "line 1, [machine 53:54:00:12:34:56]: this is a group address (its first byte is odd); use the machine's own")]
    [DataRow("[machine x]",
        "line 1, [machine x]: 'x' is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators, or like 52:54:00:* for all that begin so")]
    [DataRow("[machine 52:54:00-12:34:56]",
        "line 1, [machine 52:54:00-12:34:56]: '52:54:00-12:34:56' is not an Ethernet address; write it like 52:54:00:12:34:56, with - or without separators, or like 52:54:00:* for all that begin so")]
    [DataRow("[machine 52:54:0*]",
        "line 1, [machine 52:54:0*]: '52:54:0*' is not the beginning of Ethernet addresses; write one to five whole octets and then a *, such as 52:54:00:*")]
    [DataRow("[machine *]",
        "line 1, [machine *]: '*' is not the beginning of Ethernet addresses; write one to five whole octets and then a *, such as 52:54:00:*")]
    [DataRow("[machine 52:54:00:12:34:56:*]",
        "line 1, [machine 52:54:00:12:34:56:*]: '52:54:00:12:34:56:*' is not the beginning of Ethernet addresses; write one to five whole octets and then a *, such as 52:54:00:*")]
    [DataRow("[machine 52:54-00:*]",
        "line 1, [machine 52:54-00:*]: '52:54-00:*' is not the beginning of Ethernet addresses; write one to five whole octets and then a *, such as 52:54:00:*")]
    [DataRow("[machine 53:54:*]", "line 1, [machine 53:54:*]: group addresses begin so (the first byte is odd), and no machine has one")]
    [DataRow("[machine 52:54:00:*]\n[machine 5254*]\n[machine 52-54-00-*]", "line 3, [machine 52-54-00-*]: the section appears twice")]
    [DataRow("[machine 52:54:00:*]\nname = lab",
        "line 2, [machine 52:54:00:*] name: is for one machine, and this section is for all whose addresses begin so: set it in the section of a whole Ethernet address")]
    [DataRow("[machine 52:54:00:*]\nonce = disk\n[profile disk]\nkind = local",
        "line 2, [machine 52:54:00:*] once: is for one machine, and this section is for all whose addresses begin so: set it in the section of a whole Ethernet address")]
    [DataRow("[machine 52:54:00:*]\nuuid = 00112233-4455-6677-8899-aabbccddeeff",
        "line 2, [machine 52:54:00:*] uuid: is for one machine, and this section is for all whose addresses begin so: set it in the section of a whole Ethernet address")]
    [DataRow("[boot]\nunknown = nobody",
        "line 2, [boot] unknown: profile 'nobody' is not defined; defined: none")]
    [DataRow("[boot]\n\nunknown = ask\n[profile ask]\nkind = local",
        "line 3, [boot] unknown: 'ask' means that machines wait until they are let in, and there is a profile 'ask' too: give that another name")]
    [DataRow("[boot]\ndefault = ask", "line 2, [boot] default: profile 'ask' is not defined; defined: none")]
    [DataRow("[machine 525400123456]\noption43 = never",
        "line 2, [machine 525400123456] option43: 'never' is not allowed; allowed: auto, send, omit")]
    [DataRow("[machine 525400123456]\nloader = a/b",
        "line 2, [machine 525400123456] loader: 'a/b' is not a loader file name: use letters, digits and - . _ +, without a folder")]
    [DataRow("[machine 525400123456]\nuuid = 12",
        "line 2, [machine 525400123456] uuid: '12' is not a UUID: use 32 hexadecimal digits, in groups of 8-4-4-4-12 or without hyphens")]
    [DataRow("[machine 525400123456]\nuuid = 00000000-0000-0000-0000-000000000000",
        "line 2, [machine 525400123456] uuid: is not unique: boards whose maker set no UUID share it, and all of them would get what this machine gets. Leave 'uuid' out; the Ethernet address in the section header is enough")]
    [DataRow("[machine 525400000001]\nuuid = 00112233-4455-6677-8899-aabbccddeeff\n[machine 525400000002]\nuuid = 33221100-5544-7766-8899-aabbccddeeff", "line 4, [machine 525400000002] uuid: another machine has the same one (in either byte order)")]
    [DataRow("[profile]", "line 1, [profile]: '' is not a valid name: use letters, digits and - . _, beginning with a letter or digit")]
    [DataRow("[profile a b]",
        "line 1, [profile a b]: 'a b' is not a valid name: use letters, digits and - . _, beginning with a letter or digit")]
    [DataRow("[profile a]\nkind = local\n[profile a]", "line 3, [profile a]: the profile appears twice; the first is on line 1")]
    [DataRow("[profile a]\n\n[boot]",
        "line 1, [profile a]: the profile has nothing to boot: it needs 'kernel', 'script', 'item', 'line', 'api' or 'kind' (local, ignore, deny)")]
    [DataRow("[profile a]\nkind = what", "line 2, [profile a] kind: 'what' is not allowed; allowed: linux, script, local, ignore, deny, menu, inline, api")]
    [DataRow("[profile a]\nkernel = http://a/k\nscript = http://a/s",
        "line 1, [profile a]: 'script' is not a key of kind linux, which has: kind, kernel, command-line, initrd")]
    [DataRow("[profile a]\nkind = local\nmessage = x", "line 1, [profile a]: 'message' is not a key of kind local, which has: kind")]
    [DataRow("[profile a]\nkind = linux", "line 1, [profile a]: kind linux needs 'kernel'")]
    [DataRow("[profile a]\nkernel = k", "line 1, [profile a] kernel: 'k' is relative to the mirror, but [mirror] has no 'url'")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x={{ URL \"b\" }}",
        "line 1, [profile a] command-line: 'b' is relative to the mirror, but [mirror] has no 'url'")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x {{ Host }}",
        "line 3, [profile a] command-line: '{{ Host }}' is not a known template; there are {mac} {mac-hyphen} {uuid} {serial} {hostname} {arch} {ip} {device} {mirror} {name}, and {{ URL \"path\" }} for a file on the mirror")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x || reboot",
        "line 3, [profile a] command-line: the word '||' would end the iPXE command; a word cannot be ||, && or ;, or begin with #")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x ; y",
        "line 3, [profile a] command-line: the word ';' would end the iPXE command; a word cannot be ||, && or ;, or begin with #")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x=${mac",
        "line 3, [profile a] command-line: a ${ has no closing }; ${name} is an iPXE setting")]
    [DataRow("[profile a]\nkernel = http://a/k\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a\ninitrd = http://a", "line 11, [profile a] initrd: appears too often; at most 8 times")]
    [DataRow("[profile a]\nkernel = http://a/k\ninitrd = http://a/b c d",
        "line 3, [profile a] initrd: 'c d' is not a file name: after the URL and a blank comes the name that the kernel finds the file under, such as /proxmox.iso; write a blank in a URL as %20")]
    [DataRow("[profile a]\nkernel = http://a/{nic}",
        "line 2, [profile a] kernel: '{nic}' is not a template of a URL; there are {mac} {mac-hyphen} {uuid} {serial} {hostname} {arch} {ip} {device} {mirror} {name}")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = x={mirror}",
        "line 1, [profile a] command-line: uses {mirror}, but [mirror] has no 'url'")]
    [DataRow("[mirror]\nurl = http://m\n[profile a]\nkernel = k\ncommand-line = x={{ URL \"a/{mac}\" }}",
        "line 5, [profile a] command-line: '{{ URL \"a/{mac}\" }}' has a template inside; write {mirror} before the path instead")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line = initrd={name}.img",
        "line 3, [profile a] command-line: a word that begins with initrd= is a file's name: it cannot have { } in it")]
    [DataRow("[profile a]\nkernel = http://a/k\ninitrd = http://a/i initrd.img\ncommand-line = quiet initrd=/initrd.img",
        "line 1, [profile a] initrd: 'initrd.img' is an initrd= of the command line: leave the name out here, the file gets it by itself")]
    [DataRow("[profile a]\nitem = a",
        "line 1, [profile a] item: 'a' is this menu itself; Escape leads back from one menu to the one before")]
    [DataRow("[profile a]\nitem = b\n[profile b]\nitem = a",
        "line 1, [profile a] default: the defaults of menus lead in a circle: a machine without a person would never boot")]
    [DataRow("[profile a]\nitem = b  1234567890123456789012345678901234567890123456789012345678901\n[profile b]\nkind = local",
        "line 2, [profile a] item: its title is 61 characters long; at most 60")]
    [DataRow("[profile a]\nkind = menu", "line 1, [profile a]: kind menu needs 'item'")]
    [DataRow("[profile a]\nitem = b  The b", "line 2, [profile a] item: profile 'b' is not defined; defined: a")]
    [DataRow("[profile a]\nitem = b\ndefault = c\n[profile b]\nkind = local",
        "line 1, [profile a] default: 'c' is not an item of this menu")]
    [DataRow("[profile a]\nitem = b\nitem = b  Again\n[profile b]\nkind = local", "line 1, [profile a] item: 'b' is an item of this menu twice")]
    [DataRow("[profile a]\nitem = b  x || y\n[profile b]\nkind = local",
        "line 2, [profile a] item: the word '||' would end the iPXE command; a word cannot be ||, && or ;, or begin with #")]
    [DataRow("[profile a]\nitem = b\ntimeout = never\n[profile b]\nkind = local",
        "line 3, [profile a] timeout: 'never' is not a number of seconds: use 0 to 900")]
    [DataRow("[profile a]\nline = echo {nme}",
        "line 2, [profile a] line: '{nme}' is not a known template; there are {mac} {mac-hyphen} {uuid} {serial} {hostname} {arch} {ip} {device} {mirror} {name}, and {{ URL \"path\" }} for a file on the mirror")]
    [DataRow("[profile a]\nline =# x",
        "line 2, [profile a] line: a line cannot begin with #: put comments on lines of their own, without 'line ='")]
    [DataRow("[profile a]\nline = kernel x \\",
        "line 2, [profile a] line: a line cannot end with \\; write what belongs together on one line")]
    [DataRow("[machine 525400123456]\nmenu-default = b",
        "line 2, [machine 525400123456] menu-default: profile 'b' is not defined; defined: none")]
    [DataRow("[profile a]\nkernel = tftp://a/k", "line 2, [profile a] kernel: 'tftp://a/k' does not begin with http:// or https://")]
    [DataRow("[profile a]\nkernel = //a/k", "line 2, [profile a] kernel: '//a/k' has no http: before the //")]
    [DataRow("[profile a]\nkernel = http:///k", "line 2, [profile a] kernel: 'http:///k' has no host")]
    [DataRow("[profile a]\nkernel = http://a/b c", "line 2, [profile a] kernel: a URL cannot contain ' '; write it as %20")]
    [DataRow("[profile a]\nkernel = http://a/b#c", "line 2, [profile a] kernel: a URL cannot contain '#'; write it as %23")]
    [DataRow("[profile a]\nkernel = http://a/k\ncommand-line\t=\tx\t||\treboot\t# tab\t",
        "line 3, [profile a] command-line: a tab is not allowed in a value; use a space")]
    [DataRow("[mirror]\nurl = 192.168.1.10", "line 2, [mirror] url: '192.168.1.10' does not begin with http:// or https://")]
    [DataRow("[mirror]\nurl = http://a/?b", "line 2, [mirror] url: a folder URL cannot contain '?'; write it as %3f")]
    [DataRow("[mirror]\nloaders = l", "line 1, [mirror] loaders: is relative to the mirror, but [mirror] has no 'url'")]
    [DataRow("[mirror]\nurl = https://a\nloaders = l",
        "line 1, [mirror] loaders: this board fetches loaders over http:// only: https:// needs a board with PSRAM")]
    [DataRow("[page]\nnames = http://a.lan",
        "line 2, [page] names: 'http://a.lan' are not host names: use letters, digits, - and . and separate names with spaces or commas, such as netboot.fritz.box")]
    [DataRow("[page]\nmetrics = yes", "line 2, [page] metrics: 'yes' is not allowed; allowed: open, login")]
    [DataRow("[log]\nserver = 1.2.3.4", "line 2, [log]: 'server' is not a key of this section; allowed: syslog")]
    [DataRow("[dhcp]\nrelays = 10.2.0.1/31",
        "line 2, [dhcp] relays: '10.2.0.1/31' is not a relay agent: use its IPv4 address on the machines' subnet, with or without that subnet's prefix (10.2.0.1, which means 10.2.0.1/24, or 10.2.0.1/22); separate several with spaces or commas")]
    [DataRow("[dhcp]\nrelays = 10.2.0.1 0.0.0.0/0",
        "line 2, [dhcp] relays: '0.0.0.0/0' is not a relay agent: use its IPv4 address on the machines' subnet, with or without that subnet's prefix (10.2.0.1, which means 10.2.0.1/24, or 10.2.0.1/22); separate several with spaces or commas")]
    [DataRow("[dhcp]\nrelays = 10.2.0.255",
        "line 2, [dhcp] relays: '10.2.0.255' is not a relay agent: use its IPv4 address on the machines' subnet, with or without that subnet's prefix (10.2.0.1, which means 10.2.0.1/24, or 10.2.0.1/22); separate several with spaces or commas")]
    [DataRow("[dhcp]\nrelays = 1.0.0.1 1.0.0.2 1.0.0.3 1.0.0.4 1.0.0.5 1.0.0.6 1.0.0.7 1.0.0.8 1.0.0.9",
        "line 2, [dhcp] relays: has 9 relay agents; at most 8")]
    [DataRow("[log]\nsyslog = nas",
        "line 2, [log] syslog: 'nas' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[log]\nsyslog = 1.2.3.4:",
        "line 2, [log] syslog: '1.2.3.4:' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[log]\nsyslog = 1.2.3.4:65536",
        "line 2, [log] syslog: '1.2.3.4:65536' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[log]\nsyslog = 1.2.3.4:0",
        "line 2, [log] syslog: '1.2.3.4:0' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[log]\nsyslog = 255.255.255.255",
        "line 2, [log] syslog: '255.255.255.255' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[log]\nsyslog = ::1",
        "line 2, [log] syslog: '::1' is not the IPv4 address of a host, with or without a port (192.168.1.10 or 192.168.1.10:514); names work only where machines look them up themselves, as in [mirror] url: while the board looks one up, everything on it stops")]
    [DataRow("[loaders]\nx86 = a",
        "line 2, [loaders]: 'x86' is not a key of this section; allowed: bios, ia32, x64, arm32, arm64, riscv32, riscv64, loong64, pi")]
    public void Is_refused_with_place_and_reason(string text, string expected)
    {
        var error = new SettingsError();
        Assert.IsNull(SettingsTextTests.Parse(text, error));
        Assert.AreEqual(expected, error.ToString());
    }

    [TestMethod]
    public void Too_much_is_refused()
    {
        var error = new SettingsError();
        Assert.IsNull(SettingsTextTests.Parse("[device]\n# " + new string('x', SettingsLimits.Text), error));
        Assert.AreEqual("line 1: the text is 16395 bytes long; at most 16384", error.ToString());

        Assert.IsNull(SettingsTextTests.Parse("[device]\nname =" + new string(' ', 1000) + "a", error));
        Assert.AreEqual("line 2, [device]: the line is 1007 bytes long; at most 960", error.ToString());

        string machines = "";
        for (int i = 0; i <= SettingsLimits.Machines; i++)
        {
            machines += "[machine 5254000000" + i.ToString("X2") + "]\n";
        }

        Assert.IsNull(SettingsTextTests.Parse(machines, error));
        Assert.AreEqual("line 97, [machine 525400000060]: one machine too many; at most 96", error.ToString());

        string profiles = "";
        for (int i = 0; i <= SettingsLimits.Profiles; i++)
        {
            profiles += "[profile p" + i.ToString() + "]\nkind = local\n";
        }

        Assert.IsNull(SettingsTextTests.Parse(profiles, error));
        Assert.AreEqual("line 49, [profile p24]: 'p24' is one profile too many; at most 24", error.ToString());
    }

    [TestMethod]
    public void What_templates_become_has_a_limit_too()
    {
        var error = new SettingsError();
        string text = "[mirror]\nurl = http://a/" + new string('m', 188) + "/\n[profile p]\nkernel = k\ncommand-line =";
        Assert.IsNotNull(SettingsTextTests.Parse(text + " {mirror} {mirror} {mirror} {mirror} {mirror} {mirror}", error));
        Assert.IsNull(SettingsTextTests.Parse(text + " {mirror} {mirror} {mirror} {mirror} {mirror} {mirror} {mirror} {mirror}", error));
        Assert.AreEqual(
            "line 3, [profile p] command-line: may become 1591 bytes long once its templates are filled in; at most 1400", error.ToString());
    }

    [TestMethod]
    public void What_a_scripts_templates_become_has_a_limit_too()
    {
        var error = new SettingsError();
        string text = "[mirror]\nurl = http://a/" + new string('m', 188) + "/\n[profile p]\n";
        for (int i = 0; i < 7; i++)
        {
            text += "line = echo {mirror} {mirror} {mirror} {mirror} {mirror} {mirror}\n";
        }

        Assert.IsNull(SettingsTextTests.Parse(text, error));
        Assert.AreEqual(
            "line 3, [profile p] line: the script may become 8393 bytes long once its templates are filled in; at most 8192", error.ToString());
    }

    [TestMethod]
    public void A_script_in_the_settings_has_a_limit()
    {
        var error = new SettingsError();
        string text = "[profile p]\n";
        for (int i = 0; i < 8; i++)
        {
            text += "line = echo " + new string('x', 250) + "\n";
        }

        SettingsTextTests.Parse(text, error);
        Assert.IsNull(error.Message);

        Assert.IsNotNull(SettingsTextTests.Parse(text, error));
        Assert.IsNull(SettingsTextTests.Parse(text + "line = x\n", error));
        Assert.AreEqual("line 1, [profile p] line: the script is 2050 bytes long; at most 2048", error.ToString());
    }

    [TestMethod]
    [DataRow("00000000-0000-0000-0000-000000000000")]
    [DataRow("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")]
    [DataRow("ffffff00-ffff-ffff-ffff-ffffffffffff")]
    [DataRow("fefefefe-fefe-fefe-fefe-fefefefefefe")]
    [DataRow("03000200-0400-0500-0006-000700080009")]
    [DataRow("00020003-0004-0005-0006-000700080009")]
    [DataRow("12345678-1234-5678-90AB-CDDEEFAABBCC")]
    [DataRow("78563412-3412-7856-90AB-CDDEEFAABBCC")]
    [DataRow("4C4C4544-0000-2010-8020-80C04F202020")]
    [DataRow("00010203-0405-0607-0809-0A0B0C0D0E0F")]
    [DataRow("01020304-0506-0708-090a-0b0c0d0e0f10")]
    [DataRow("11111111-2222-3333-4444-555555555555")]
    [DataRow("deadbeef-dead-beef-dead-beefdeadbeef")]
    public void A_UUID_that_many_boards_share_is_no_machines_key(string uuid)
    {
        var error = new SettingsError();
        Assert.IsNull(SettingsTextTests.Parse("[machine 525400123456]\nuuid = " + uuid, error));
        Assert.IsTrue(error.Message.Contains("is not unique") && error.Message.Contains("the Ethernet address"));
    }

    [TestMethod]
    [DataRow("4c4c4544-0051-3410-8051-b5c04f375931")]
    [DataRow("00000000-0000-0000-0000-ac1f6bd04972")]
    [DataRow("03de0294-0480-0506-f806-d50700080009")]
    [DataRow("49434d53-0200-9065-2500-65902500e439")]
    public void A_machines_own_UUID_is_taken(string uuid) =>
        Assert.IsNotNull(SettingsTextTests.Parse("[machine 525400123456]\nuuid = " + uuid, new SettingsError()));
}
