using Netboot.Boot;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

[TestClass]
public class SettingsEditorTests
{
    [TestMethod]
    public void AKeyIsSetReplacedAndTakenOut()
    {
        DeviceSettings settings = Set(new DeviceSettings(), "mirror", "url", "http://a");
        Assert.AreEqual("[mirror]\nurl = http://a/\n", SettingsTextTests.Written(settings));
        settings = Set(settings, "Mirror", "URL", "http://b/");
        settings = Set(settings, "profile p", "kernel", "k");
        settings = Set(settings, "profile p", "initrd", "one\ntwo");
        settings = Set(settings, "boot", "default", "p");
        Assert.AreEqual("[mirror]\nurl = http://b/\n\n[boot]\ndefault = p\n\n[profile p]\nkernel = k\ninitrd = one\ninitrd = two\n", SettingsTextTests.Written(settings));
        settings = Set(settings, "profile p", "initrd", null);
        settings = Set(settings, "boot", "default", "");
        Assert.AreEqual("[mirror]\nurl = http://b/\n\n[profile p]\nkernel = k\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void MachinesComeAndGo()
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
    public void TheFirstSectionCanGoToo()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsEditor.Remove(SettingsTextTests.Good("[device]\nname = a\n[profile p]\nkind = local\n"), "device", error);
        Assert.AreEqual("[profile p]\nkind = local\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    [DataRow("mirror", "urls", "x", "[mirror] urls: is no key of this section; allowed: url, loaders")]
    [DataRow("mirror", "url", "x", "[mirror] url: 'x' does not begin with http:// or https://")]
    [DataRow("mirror x", "url", "x", "[mirror x]: the section has no title")]
    [DataRow("profile", "kind", "local", "[profile]: the section needs a title after its name")]
    [DataRow("what", "kind", "local", "[what]: there is no such section; allowed: [device], [mirror], [boot], [loaders], [page], [console], [log], [dhcp], [profile NAME], [machine MAC]")]
    [DataRow("machine 5254", "name", "a", "[machine 5254]: '5254' is no Ethernet address; it is written 52:54:00:12:34:56, with - or without anything between")]
    [DataRow("device", "name", "a\nname = b", "[device] name: takes one line")]
    [DataRow("device", "name", "a\rb", "[device] name: only printable ASCII characters are allowed")]
    [DataRow("profile p", "message", "Ticket #12", "[profile p] message: a # at its beginning or after a space would begin a comment")]
    [DataRow("boot", "x64", "q", "[boot] x64: profile 'q' is not defined; defined: p")]
    [DataRow("profile p", "kind", "", "[profile p]: the profile says nothing to boot: it needs 'kernel', 'script' or 'kind' (local, ignore, deny)")]
    public void AWrongChangeIsRefused(string section, string key, string value, string expected)
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[profile p]\nkind = deny\n");
        Assert.IsNull(SettingsEditor.Set(settings, section, key, value, error));
        Assert.AreEqual(expected, error.ToString());
        Assert.AreEqual("[profile p]\nkind = deny\n", SettingsTextTests.Written(settings));
    }

    [TestMethod]
    public void TwoSectionsChangeTogetherOrNotAtAll()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[machine 52:54:00:12:34:56]\nname = nas\n");
        DeviceSettings changed = SettingsEditor.Set(settings, "profile off", "kind", "ignore", "machine 525400123456", "profile", "off", error);
        Assert.AreEqual("[profile off]\nkind = ignore\n\n[machine 52:54:00:12:34:56]\nname = nas\nprofile = off\n", SettingsTextTests.Written(changed));
        changed = SettingsEditor.Set(settings, "profile off", "kind", "ignore", "machine 525400123457", "profile", "off", error);
        Assert.AreEqual(
            "[profile off]\nkind = ignore\n\n[machine 52:54:00:12:34:56]\nname = nas\n\n[machine 52:54:00:12:34:57]\nprofile = off\n",
            SettingsTextTests.Written(changed));
        Assert.IsNull(SettingsEditor.Set(settings, "profile off", "kind", "ignore", "machine zz", "profile", "off", error));
        Assert.AreEqual("[machine zz]: 'zz' is no Ethernet address; it is written 52:54:00:12:34:56, with - or without anything between", error.ToString());
    }

    [TestMethod]
    public void AProfileInUseStays()
    {
        var error = new SettingsError();
        DeviceSettings settings = SettingsTextTests.Good("[boot]\ndefault = p\n[profile p]\nkind = local\n");
        Assert.IsNull(SettingsEditor.Remove(settings, "profile p", error));
        Assert.AreEqual("[boot] default: profile 'p' is not defined; defined: none", error.ToString());
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
