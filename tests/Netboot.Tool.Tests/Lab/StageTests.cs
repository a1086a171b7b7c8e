using Netboot.Tool.Lab;

namespace Netboot.Tool.Tests.Lab;

[TestClass]
public sealed class StageTests
{
    [TestMethod]
    [DataRow("10.77.0.158 GET /vmlinuz-amd64 200 14149568 bytes 275 ms", Stage.Kernel)]
    [DataRow("10.77.0.158 GET /lab-amd64.ipxe 200 130 bytes 26 ms", Stage.Script)]
    [DataRow("10.77.0.158 HEAD /vmlinuz-amd64 200 14149568 bytes 1 ms", null)]
    [DataRow("10.77.0.158 GET /vmlinuz-amd64 404 0 bytes 1 ms", null)]
    [DataRow("Serving /tmp/x on http://10.77.0.3:80/", null)]
    public void Mirror_lines(string line, object? expected) => Assert.AreEqual((Stage?)expected, Milestones.OfMirror(line));

    [TestMethod]
    [DataRow("NETBOOT-OK", Stage.Ok)]
    [DataRow("[    0.000000] Linux version 6.1.0-50-cloud-amd64 (debian)", Stage.Linux)]
    [DataRow("echo NETBOOT-OK", null)]
    public void Console_lines(string line, object? expected) => Assert.AreEqual((Stage?)expected, Milestones.OfConsole(line));

    [TestMethod]
    [DataRow("dnsmasq-dhcp[69]: 336 PXE(eth0) 52:54:00:e7:6f:50 proxy", Stage.Offer)]
    [DataRow("dnsmasq-tftp[69]: sent /tmp/loaders/snponly.efi to 10.77.0.184", Stage.Loader)]
    [DataRow("dnsmasq-tftp[69]: file /tmp/loaders/autoexec.ipxe not found for 10.77.0.184", null)]
    public void Peer_lines(string line, object? expected) => Assert.AreEqual((Stage?)expected, new DnsmasqProxy().StageOf(line));

    [TestMethod]
    [DataRow("[DHCP] Offering to boot 52:54:00:01:02:03: undionly.kpxe", Stage.Offer)]
    [DataRow("[TFTP] Sent to 10.77.0.158: snponly.efi, 284672 bytes in 30 ms", Stage.Loader)]
    [DataRow("[TFTP] Send failed to 10.77.0.158: snponly.efi", null)]
    [DataRow("[HTTP] Answering 10.77.0.158: HEAD /snponly.efi: 200", null)]
    [DataRow("[HTTP] Answering 10.77.0.158: GET /snponly.efi: 200", Stage.Loader)]
    [DataRow("[HTTP] Sending ipxe boot script to 52:54:00:01:02:03: lab", Stage.Script)]
    public void Device_lines(string line, object? expected) => Assert.AreEqual((Stage?)expected, new VirtualDevice().StageOf(line));

    [TestMethod]
    [DataRow("No bootable device.", true)]
    [DataRow("[    1.0] Kernel panic - not syncing: VFS", true)]
    [DataRow("No more network devices", false)]
    public void Dead_ends(string line, bool expected) => Assert.AreEqual(expected, Milestones.IsDeadEnd(line));

    [TestMethod]
    public void Device_settings_name_both_profiles()
    {
        var settings = VirtualDevice.Settings("abcd");
        StringAssert.Contains(settings,
            "[profile lab]\nkernel = vmlinuz-amd64\ninitrd = initrd-amd64\ncommand-line = console=ttyS0 netboot.lab=abcd\n");
        StringAssert.Contains(settings,
            "[profile lab-arm64]\nkernel = vmlinuz-arm64\ninitrd = initrd-arm64\ncommand-line = console=ttyAMA0 netboot.lab=abcd\n");
        StringAssert.Contains(settings, "[boot]\ndefault = lab\narm64 = lab-arm64\n");
    }
}
