using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>A text that comes in parts is read as one that is there at once, wherever it is cut.</summary>
[TestClass]
public class SettingsReaderTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    [DataRow(50)]
    [DataRow(100000)]
    public void Cuts_make_no_difference(int size)
    {
        Assert.AreEqual(SettingsTextTests.Everything, Read(SettingsTextTests.Everything, size, false));
        Assert.AreEqual("[device]\nname = a\n",
            Read("\uFEFF[device]\r\n# " + new string('x', 3000) + "\r\n" + new string(' ', 2000) + "# y\r\nname = a", size, false));
        Assert.AreEqual("line 2, [device] name: 'a_b' is not a host name: use letters, digits and hyphens",
            Read("[device]\r\nname = a_b", size, false));
        Assert.AreEqual("line 2, column 8, [device]: only printable ASCII characters are allowed outside comments",
            Read("[device]\nname = \u00fc", size, false));
        Assert.AreEqual("line 2, [device]: the line is 1007 bytes long; at most 960",
            Read("[device]\nname =" + new string(' ', 1000) + "a\n", size, false));
        Assert.AreEqual("line 1: the line is 1005 bytes long; at most 960", Read(new string(' ', 1000) + "a = b\n[device]\n", size, false));
        Assert.AreEqual("line 1, [profile a]: the profile has nothing to boot: it needs 'kernel', 'script', 'item', 'line', 'api' or 'kind' (local, ignore, deny)", Read("[profile a]\n\n[boot]\n", size, false));
        Assert.AreEqual("line 2, [boot] default: profile 'foo' is not defined; defined: none", Read("[boot]\ndefault = foo", size, false));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(37)]
    [DataRow(100000)]
    public void A_backup_is_looked_at_to_its_end(int size)
    {
        string backup = BackupText.Of(SettingsTextTests.Good(SettingsTextTests.Everything));
        const string Damaged =
            "the text differs from what the backup printed: it was damaged or edited. If you edited it, delete its '# ----' lines";
        const string Part = "the backup is incomplete: it has only one of its two '# ----' lines (begin, end)";
        int begin = backup.IndexOf("\n") + 1;
        int end = backup.IndexOf("# ---- end");
        Assert.AreEqual(SettingsTextTests.Everything, Read(backup, size, true));
        Assert.AreEqual(SettingsTextTests.Everything, Read("# mine\n" + backup + "# ----\n#\n", size, true));
        Assert.AreEqual(SettingsTextTests.Everything, Read(backup.Substring(begin, end - begin), size, true));
        Assert.AreEqual(Part, Read(backup.Substring(begin), size, true));
        Assert.AreEqual(Part, Read(backup.Substring(0, end), size, true));
        Assert.AreEqual(Part, Read(backup.Substring(end) + backup.Substring(0, end), size, true));
        Assert.AreEqual(Damaged, Read(backup.Substring(0, end + 33), size, true));
        Assert.AreEqual(Damaged, Read(backup.Substring(0, begin) + "nonsense\n" + backup.Substring(begin), size, true));
        Assert.AreEqual(Damaged, Read(backup.Substring(0, end - 1) + "#\n" + backup.Substring(end), size, true));
        Assert.AreEqual("line 1: 'nonsense' is neither 'key = value' nor [section]", Read("nonsense", size, true));
    }

    // The settings as text again, or what is wrong.
    private static string Read(string text, int size, bool isBackup)
    {
        byte[] bytes = Octets.Of(text);
        var error = new SettingsError();
        var reader = new SettingsReader(isBackup, error);
        for (int i = 0; i < bytes.Length; i += size)
        {
            int count = bytes.Length - i < size ? bytes.Length - i : size;
            var part = new byte[count + 2];
            System.Array.Copy(bytes, i, part, 1, count);
            reader.Feed(part, 1, count);
        }

        DeviceSettings settings = reader.Finish();
        return settings == null ? error.ToString() : SettingsTextTests.Written(settings);
    }
}
