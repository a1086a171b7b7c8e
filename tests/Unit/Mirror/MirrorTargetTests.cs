using Netboot.Api;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Settings;
using Netboot.Tests.Terminal;

namespace Netboot.Tests.Web;

/// <summary>Which file of the mirror is looked at, and what the board cannot fetch.</summary>
[TestClass]
public class MirrorTargetTests
{
    private const string OnMirror = "[mirror]\nurl = http://10.77.0.3/boot/\n";

    [TestMethod]
    [DataRow("", DeviceSettings.PublicScript)]
    [DataRow(OnMirror, "http://10.77.0.3/boot/boot.ipxe")]
    [DataRow(OnMirror + "[boot]\ndefault = p\n[profile p]\nkernel = /vmlinuz\ninitrd = i\n", "http://10.77.0.3/vmlinuz")]
    [DataRow(OnMirror + "[boot]\ndefault = p\n[profile p]\nscript = menu/all.ipxe\n", "http://10.77.0.3/boot/menu/all.ipxe")]
    public void Without_an_address_it_is_what_a_machine_without_a_rule_fetches(string settings, string url)
    {
        Assert.IsNull(MirrorTarget.Find(null, Settings(settings), out string absolute));
        Assert.AreEqual(url, absolute);
        Assert.IsNull(MirrorTarget.Find("", Settings(settings), out absolute));
        Assert.AreEqual(url, absolute);
    }

    [TestMethod]
    [DataRow("http://nas:8080/x", "http://nas:8080/x")]
    [DataRow("x/y.ipxe", "http://10.77.0.3/boot/x/y.ipxe")]
    public void An_address_is_taken_as_the_settings_take_it(string given, string url)
    {
        Assert.IsNull(MirrorTarget.Find(given, Settings(OnMirror), out string absolute));
        Assert.AreEqual(url, absolute);
    }

    [TestMethod]
    [DataRow(OnMirror, "https://boot.netboot.xyz/", "the board can fetch only http; iPXE on the machines may support https")]
    [DataRow("[mirror]\nurl = https://10.77.0.3/\n", "", "the board can fetch only http; iPXE on the machines may support https")]
    [DataRow("", "vmlinuz", "this address needs a mirror, and no mirror is set")]
    [DataRow(OnMirror, "tftp://10.77.0.3/x", "'tftp://10.77.0.3/x' does not begin with http:// or https://")]
    [DataRow(OnMirror, "http://a b/", "a URL cannot contain ' '; write it as %20")]
    [DataRow(OnMirror, "boot-${mac}.ipxe", "the address has a { } in it that is filled in for each machine")]
    [DataRow("[boot]\ndefault = p\n[profile p]\nkind = local\n", "",
        "the default profile names no file of the mirror: say which address to check")]
    public void What_the_board_cannot_fetch_is_told(string settings, string url, string words) =>
        Assert.AreEqual(words, MirrorTarget.Find(url, Settings(settings), out string _));

    [TestMethod]
    public void An_address_that_is_too_long_is_not_kept()
    {
        string url = "http://x/";
        while (url.Length < 300)
        {
            url += "0123456789";
        }

        Assert.AreEqual("the address is longer than 255 characters", MirrorTarget.Find(url, Settings(""), out string absolute));
        Assert.IsNull(absolute);
    }

    [TestMethod]
    public void The_check_tells_at_once_what_it_cannot_fetch()
    {
        var check = new ConsoleBench().Device.MirrorCheck;
        Assert.AreEqual((int)MirrorCheckState.Idle, (int)check.State);
        Assert.IsTrue(check.Start("https://x/", 1000));
        Assert.AreEqual((int)MirrorCheckState.Done, (int)check.State);
        var json = new ByteWriter(64, 512);
        check.Write(new JsonWriter(json));
        Assert.AreEqual(
            "{\"state\":\"done\",\"url\":\"https://x/\",\"ok\":false,\"status\":0,\"bytes\":0,\"milliseconds\":0,\"bytesPerSecond\":0,\"script\":false,"
            + "\"text\":\"the board can fetch only http; iPXE on the machines may support https\"}",
            json.ToString());
    }

    [TestMethod]
    public void A_slow_machine_s_file_is_its_kernel_or_its_first_initrd()
    {
        DeviceSettings settings = Settings(OnMirror
            + "[profile p]\nkernel = k\ninitrd = i\ninitrd = j\n[profile q]\nkernel = k\n[profile r]\nkind = local\n");
        Assert.AreEqual("http://10.77.0.3/boot/k", MirrorTarget.Of(settings.Profiles[0], BootStage.Kernel, settings));
        Assert.AreEqual("http://10.77.0.3/boot/i", MirrorTarget.Of(settings.Profiles[0], BootStage.Initrd, settings));
        Assert.AreEqual("http://10.77.0.3/boot/k", MirrorTarget.Of(settings.Profiles[1], BootStage.Initrd, settings));
        Assert.IsNull(MirrorTarget.Of(settings.Profiles[2], BootStage.Kernel, settings));
    }

    private static DeviceSettings Settings(string text)
    {
        byte[] bytes = Octets.Of(text);
        var error = new SettingsError();
        DeviceSettings settings = SettingsText.Parse(bytes, 0, bytes.Length, error);
        Assert.AreEqual("", settings == null ? error.Message : "");
        return settings;
    }
}
