using System.IO;
using Netboot.Tool.Import;

namespace Netboot.Tool.Tests.Import;

/// <summary>Commands and configurations as people published them (Pixiecore's README and issues, NixOS's wiki, Kairos, the tldr pages).</summary>
[TestClass]
public sealed class ImportCommandTests
{
    [TestMethod]
    [DataRow("pixiecore boot http://a/vmlinuz http://a/initrd.gz --cmdline='console=ttyS0 quiet'",
        "kernel = http://a/vmlinuz\ninitrd = http://a/initrd.gz\ncommand-line = console=ttyS0 quiet\n")]
    [DataRow("n=1\npixiecore boot k i 2>&1 | tee log &\n", "kernel = k\ninitrd = i\n")]
    [DataRow("ExecStart=/usr/bin/pixiecore boot http://a/k http://a/i\r\nRestart=always\r\n", "kernel = http://a/k\ninitrd = http://a/i\n")]
    [DataRow("pixiecore boot http://a/k --cmdline='url=http://h/pixiecore' ; docker rm -f pixiecore", "kernel = http://a/k\ncommand-line = url=http://h/pixiecore\n")]
    [DataRow("sudo pixiecore boot --dhcp-no-bind http://a/k http://a/i http://a/j --cmdline=\"x=\\\"y\\\"\"",
        "kernel = http://a/k\ninitrd = http://a/i\ninitrd = http://a/j\ncommand-line = x=\"y\"\n")]
    [DataRow("nix run nixpkgs.pixiecore -c pixiecore \\\n  boot ./result/bzImage result/initrd \\\n  --cmdline \"init=/nix/store/x/init loglevel=4\" \\\n"
        + "  --debug --dhcp-no-bind --port 64172 --status-port 64172",
        "kernel = bzImage\ninitrd = initrd\ncommand-line = init=/nix/store/x/init loglevel=4\n")]
    [DataRow("docker run --rm --net=host -v $PWD:/files quay.io/pixiecore/pixiecore boot /files/kairos-kernel /files/kairos-initrd "
        + "--cmdline=\"rd.live root=live:{{ ID \\\"/files/kairos.squashfs\\\" }} quiet\"",
        "kernel = kairos-kernel\ninitrd = kairos-initrd\ncommand-line = rd.live root=live:{{ URL \"kairos.squashfs\" }} quiet\n")]
    [DataRow("docker run -d --net=host danderson/pixiecore:latest quick xyz", "script = http://boot.netboot.xyz/menu.ipxe\n")]
    [DataRow("pixiecore quick xyz --dhcp-no-bind", "script = http://boot.netboot.xyz/menu.ipxe\n")]
    [DataRow("pixiecore -kernel k -initrd i -cmdline x", "kernel = k\ninitrd = i\ncommand-line = x\n")]
    [DataRow("pixiecore boot http://a/k http://a/i --cmdline='init=x initrd=initrd' --port 80",
        "kernel = http://a/k\ninitrd = http://a/i\ncommand-line = init=x initrd=initrd\n")]
    public void A_command_becomes_a_profile(string text, string keys) => Assert.AreEqual("[profile p]\n" + keys, Import(text).Output);

    [TestMethod]
    [DataRow("pixiecore boot /srv/k http://a/i --port 80 --bootmsg hi",
        "Put /srv/k into the mirror's folder as k.\n--port is of Pixiecore's own server, and left out.\nA profile of this kind has no message; the machine's screen shows the profile's name.\n")]
    [DataRow("pixiecore boot https://a/k http://a/i",
        "https://a/k: not every iPXE can fetch https (Debian 12's cannot). Put the file on the mirror, or give machines a loader that can.\n")]
    public void What_its_owner_has_to_do_is_said(string text, string notes) => Assert.AreEqual(notes, Import(text).Errors);

    [TestMethod]
    [DataRow("pixiecore api http://h:1234/pixiecore", "api = http://h:1234/pixiecore\n", "")]
    [DataRow("pixiecore -api http://h/", "api = http://h/\n", "")]
    [DataRow("sudo pixiecore api http://127.0.0.1:8081 --port 8080 --dhcp-no-bind --debug", "api = http://127.0.0.1:8081\n",
        "127.0.0.1 is the machine that Pixiecore ran on: write its address in its place.\n--port is of Pixiecore's own server, and left out.\n")]
    [DataRow("services.pixiecore = { mode = \"api\"; apiServer = \"https://boot.example\"; };", "api = https://boot.example\n", "")]
    [DataRow("services.pixiecore.mode = \"api\";", "api = http://localhost:8080\n",
        "localhost is the machine that Pixiecore ran on: write its address in its place.\n")]
    public void A_server_that_is_asked_for_each_machine_becomes_a_profile(string text, string keys, string notes)
    {
        (_, string output, string errors) = Import(text);
        Assert.AreEqual("[profile p]\n" + keys, output);
        Assert.AreEqual(notes, errors);
    }

    [TestMethod]
    [DataRow("services.pixiecore = {\n  enable = true;\n  mode = \"boot\";\n  kernel = \"http://a/bzImage\";\n  initrd = \"/var/lib/initrd\";\n  cmdLine = \"init=/x\";\n};",
        "kernel = http://a/bzImage\ninitrd = initrd\ncommand-line = init=/x\n")]
    [DataRow("services.pixiecore.enable = true;\nservices.pixiecore.kernel = \"https://boot.netboot.xyz\";", "script = https://boot.netboot.xyz\n")]
    [DataRow("services.pixiecore.enable = true;\nservices.other = { mode = \"api\"; kernel = \"/other/bzImage\"; };\n"
        + "services.pixiecore.kernel = \"https://boot.netboot.xyz\";\nboot.initrd = \"/other\";\n", "script = https://boot.netboot.xyz\n")]
    [DataRow("services = {\n  # pixiecore of the lab\n  pixiecore = {\n    kernel = \"http://a/vmlinuz\";\n    # kernel = \"http://old\";\n    initrd = \"\";\n    cmdLine = \"root=/dev/nfs\";\n"
        + "  };\n};\nenvironment.etc.x.mode = \"0600\";", "kernel = http://a/vmlinuz\ncommand-line = root=/dev/nfs\n")]
    [DataRow("{ services.pixiecore = { mode = \"quick\"; quick = \"xyz\"; openFirewall = true; }; }", "script = http://boot.netboot.xyz/menu.ipxe\n")]
    public void A_NixOS_block_becomes_a_profile(string text, string keys) => Assert.AreEqual("[profile p]\n" + keys, Import(text).Output);

    [TestMethod]
    [DataRow("#!ipxe\n# Use the cmdline variable\nkernel bzImage init=/nix/store/x-nixos-system/init initrd=initrd loglevel=4 ${cmdline}\ninitrd initrd\nboot\n",
        "kernel = bzImage\ncommand-line = init=/nix/store/x-nixos-system/init initrd=initrd loglevel=4\ninitrd = initrd\n")]
    [DataRow("#!ipxe\r\nimgfree\r\nkernel --name k http://a/linux26 ramdisk_size=16777216\r\ninitrd http://a/initrd.img\r\ninitrd --name x http://a/p.iso /proxmox.iso\r\nboot || \r\n",
        "kernel = http://a/linux26\ncommand-line = ramdisk_size=16777216\ninitrd = http://a/initrd.img\ninitrd = http://a/p.iso /proxmox.iso\n")]
    public void A_script_that_starts_a_kernel_becomes_a_profile(string text, string keys) =>
        Assert.AreEqual("[profile p]\n" + keys, Import(text).Output);

    [TestMethod]
    [DataRow("hello", "it is neither a 'pixiecore' command, nor a NixOS 'services.pixiecore' block, nor a script that begins with #!ipxe.")]
    [DataRow("pixiecore boot", "boot names no kernel: pixiecore boot KERNEL INITRD…")]
    [DataRow("pixiecore boot 'k", "the quote 'k does not end.")]
    [DataRow("pixiecore boot k --cmdline", "--cmdline has no value behind it.")]
    [DataRow("pixiecore quick ubuntu zesty", "'quick ubuntu zesty' names files that only that version of Pixiecore knows: make a profile with the distribution's kernel and initrd.")]
    [DataRow("pixiecore api", "api names no server: pixiecore api URL")]
    [DataRow("pixiecore api ftp://h/", "api: ftp://h/ is no http:// address of a server.")]
    [DataRow("pixiecore bootipv6", "'bootipv6' is none of Pixiecore's ways to boot: boot, quick, api.")]
    [DataRow("pixiecore boot k i --cmdline='a || b'", "command-line: the word '||' would end the iPXE command; a word cannot be ||, && or ;, or begin with #")]
    [DataRow("pixiecore boot k i --cmdline='{{ Host }}'", "command line: {{ Host }} is no template of Pixiecore's: {{ URL \"file\" }} or {{ ID \"file\" }}.")]
    [DataRow("services.pixiecore = { kernel = \"${build.kernel}/bzImage\"; };", "kernel = ${build.kernel}/bzImage: only Nix knows what this is. Build the system, and import its netboot.ipxe.")]
    [DataRow("services.pixiecore = { kernel = build.kernel; };", "kernel = build.kernel: only Nix knows what this is. Build the system, and import its netboot.ipxe.")]
    [DataRow("services.pixiecore = { kernel = \"k\"; cmdLine = \"init=/x \" + params; };", "cmdLine = \"init=/x \" + params: only Nix knows what this is. Build the system, and import its netboot.ipxe.")]
    [DataRow("pixiecore boot \"$n/bzImage\" i", "$n/bzImage: only the shell knows what this is. Put its value in its place.")]
    [DataRow("pixiecore", "it says neither boot, quick nor api.")]
    [DataRow("pixiecore boot k /a/initrd /b/initrd", "/a/initrd and /b/initrd have the same name, and cannot both be in the mirror's folder. Rename one.")]
    [DataRow("pixiecore boot k i --cmdline='a #b'", "command-line: a word that begins with # would begin a comment, in the settings and in iPXE.")]
    [DataRow("#!ipxe\nkernel k\ninitrd u /x mode=755\n", "'initrd u /x mode=755': a file has a name here and nothing else. Put the script on the mirror, and make a profile with its URL: script = …")]
    [DataRow("services.pixiecore = { kernel = \"k\"; cmdLine = \"init=${build.toplevel}/init\"; };", "cmdLine = init=${build.toplevel}/init: only Nix knows what this is. Build the system, and import its netboot.ipxe.")]
    [DataRow("#!ipxe\nchain http://a/b\n", "'chain http://a/b': the script does more than start one kernel. Put the script on the mirror, and make a profile with its URL: script = …")]
    [DataRow("#!ipxe\nboot\n", "the script starts no kernel.")]
    public void What_cannot_be_imported_is_refused_with_the_reason(string text, string reason)
    {
        (int status, string output, string errors) = Import(text);
        Assert.AreEqual(1, status);
        Assert.AreEqual("", output);
        Assert.AreEqual($"Not imported: {reason}\n", errors);
    }

    private static (int Status, string Output, string Errors) Import(string text)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int status = ImportCommand.Run(text, "p", output, errors);
        return (status, output.ToString(), errors.ToString());
    }
}
