using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Tests.Boot;

/// <summary>
/// iPXE ends a script at the first line that fails, without a word to anybody. Every line of every generated script is read here: it cannot
/// fail, or it says where to go, and what it goes to is there.
/// </summary>
[TestClass]
public class ScriptRuleTests
{
    private const string Known = "[machine 525400000001]\nname = nas\n";

    [TestMethod]
    [DataRow("kernel = http://a/k")]
    [DataRow("kernel = k\ninitrd = i")]
    [DataRow("kernel = k\ninitrd = /i\ninitrd = i\ninitrd = i\ninitrd = http://a/i\ncommand-line = quiet ds=nocloud;s=x a||b")]
    [DataRow("kernel = k\ninitrd = i\ncommand-line = x={{ URL \"a\" }} y={{ ID \"b\" }}")]
    [DataRow("kernel = k\ninitrd = i\ncommand-line = initrd=a initrd=b")]
    [DataRow("kernel = k\ninitrd = i\ninitrd = j\ncommand-line = initrd=a root={{ URL \"a\" }}")]
    [DataRow("kernel = k\ncommand-line = initrd=a")]
    [DataRow("kernel = k\ninitrd = i\ninitrd = a.iso /a.iso\ncommand-line = {name} {mirror}")]
    [DataRow("item = q")]
    [DataRow("item = q  A title -- of more\nitem = r\ndefault = q\nshell = yes")]
    [DataRow("line = shell ||\nline = reboot ||")]
    [DataRow("script = boot.ipxe")]
    [DataRow("script = boot.ipxe?a=b\nidentity = no")]
    [DataRow("script = https://elsewhere/\nidentity = yes")]
    [DataRow("kind = local")]
    [DataRow("kind = ignore")]
    [DataRow("kind = deny")]
    [DataRow("kind = deny\nmessage = ask ${x} & the admin")]
    public void Of_each_kind_of_profile(string profile)
    {
        string text = "[mirror]\nurl = http://m/d\n[boot]\ndefault = p\n[profile q]\nkind = local\n[profile r]\nitem = q\n[profile p]\n" + profile + "\n";
        Check(BootScriptTests.Script(text));
        Check(BootScriptTests.Script(text + Known));
    }

    [TestMethod]
    public void Of_a_machine_that_only_says_its_UUID()
    {
        BootChoice choice = new BootRules(BootRulesTests.SettingsOf("")).Choose(null, 0, new byte[16], 0, Platform.X64, new BootChoice());
        Check(BootScriptTests.Read(new ScriptReader(BootRulesTests.SettingsOf(""), choice, null, Octets.Of("10.0.0.1:8080"), null)));
    }

    [TestMethod]
    public void Of_a_menu_in_a_menu()
    {
        DeviceSettings settings = BootRulesTests.SettingsOf("[profile m]\nitem = d\n[profile d]\nkind = local\n");
        BootChoice choice = new BootRules(settings).Choose(null, 0, null, 0, Platform.X64, new BootChoice());
        string script = BootScriptTests.Read(new ScriptReader(settings, choice, settings.Profiles[0], Octets.Of("10.0.0.1"), null));
        Check(script);
        Assert.IsTrue(script.Contains(" nb-profile || goto back\n") && script.Contains("\n:back\nexit 2\n"));
    }

    [TestMethod]
    public void Of_the_built_in_profiles()
    {
        Check(BootScriptTests.Script(""));
        Check(BootScriptTests.Script("[mirror]\nurl = http://m/\n"));
    }

    [TestMethod]
    public void Of_autoexec()
    {
        Check(BootScriptTests.Read(new ScriptReader(Octets.Of("192.168.1.5"))));
        Check(BootScriptTests.Read(new ScriptReader(Octets.Of("192.168.1.5:8080"))));
    }

    private static void Check(string script)
    {
        Assert.IsTrue(script.StartsWith("#!ipxe\nimgfree ||\n"), "it begins clean");
        Assert.IsTrue(script.EndsWith("\nexit\n"), "nothing is left to the end of the file");
        string[] lines = script.Substring(0, script.Length - 1).Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            string fault = Fault(script, lines[i]);
            Assert.IsTrue(fault == null, fault + ": " + lines[i]);
        }
    }

    private static string Fault(string script, string line)
    {
        string[] words = line.Split(' ');
        int last = words.Length - 1;
        if (line.EndsWith("\\"))
        {
            return "joins the next line";
        }

        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("#"))
            {
                return "ends in the middle";
            }

            if (words[i] == "goto" && words[i + 1] != "${nb-from}" && !script.Contains("\n:" + words[i + 1] + "\n"))
            {
                return "goes to a label that is not there";
            }
        }

        // Every place that :failed comes back to.
        if (line.StartsWith("set nb-from ") && !script.Contains("\n:" + words[2] + "\n"))
        {
            return "names a label that is not there";
        }

        // A label; echo and goto with a label that is there and exit cannot fail, and everything else may.
        if (words[0].StartsWith(":") || words[0] == "echo")
        {
            return words.Length == 1 || (words[0] == "echo" && line.IndexOf("||") < 0 && line.IndexOf("&&") < 0)
                ? null : "is more than a label or a text";
        }

        if (words[0] == "goto" || words[0] == "exit")
        {
            return last < 2 ? null : "is more than one command";
        }

        if (words[last] == "||")
        {
            return null;
        }

        return last > 2 && words[last - 2] == "||" && words[last - 1] == "goto" ? null : "can end the script";
    }
}
