using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Boot;

/// <summary>
/// Answers as servers of the field send them (facts: boot-recipes 4): Pixiecore's README.api.md, waitron, matchbox before 0.7,
/// harvester-netboot, pixiefairy.
/// </summary>
[TestClass]
public class BootApiAnswerTests
{
    private const string Api = "http://192.168.1.10:8080/pixiecore/";
    private const string Mirror = "http://192.168.1.2/netboot/";

    [TestMethod]
    [DataRow(
        "{\"kernel\":\"https://h/k\",\"initrd\":[\"https://h/i\",\"http://h/j\"],\"cmdline\":\"quiet root=/dev/sda\",\"message\":\"Hello\"}",
        "linux|https://h/k|https://h/i|http://h/j|quiet root=/dev/sda|Hello")]
    [DataRow("{\"kernel\":\"/k\",\"initrd\":[\"i\"]}", "linux|http://192.168.1.10:8080/k|http://192.168.1.10:8080/i||")]
    [DataRow("{\"kernel\":\"file:///srv/k\",\"initrd\":null,\"cmdline\":\"\"}", "linux|http://192.168.1.2/netboot/srv/k||")]
    [DataRow("{\"kernel\":\"tftp://h/k\"}", "linux|tftp://h/k||")]
    [DataRow(
        "{\"kernel\":\"k\",\"cmdline\":\"a={{ URL \\\"/x.yaml\\\" }} b={{ID \\\"file:///y\\\"}} c={{ URL \\\"https://h/z\\\" }}\"}",
        "linux|http://192.168.1.10:8080/k|a=http://192.168.1.10:8080/x.yaml b=http://192.168.1.2/netboot/y c=https://h/z|")]
    [DataRow(
        "{\"kernel\":\"k\",\"cmdline\":{\"quiet\":true,\"rw\":false,\"a\":\"\",\"b\":\"c \\\"d\\\\\",\"e\":{\"url\":\"/f\"}}}",
        "linux|http://192.168.1.10:8080/k|quiet rw a= b=\"c \\\"d\\\\\" e=http://192.168.1.10:8080/f|")]
    [DataRow("{\"kernel\":\"k\",\"message\":\"a || b\"}", "linux|http://192.168.1.10:8080/k||")]
    [DataRow("{\"kernel\":\" k\\n\",\"cmdline\":\"a\\n\"}", "linux|http://192.168.1.10:8080/k|a|")]
    [DataRow("{\"kernel\":\"a\",\"kernel\":\"b\"}", "linux|http://192.168.1.10:8080/a||")]
    [DataRow("{\"x\":[{\"kernel\":\"no\"},[1,2.5e3,-4,true,null]],\"kernel\":\"k\",\"y\":{\"z\":{}}}", "linux|http://192.168.1.10:8080/k||")]
    [DataRow(" { \"kernel\" : \"\\u006b\\/\\u0041\" } \n", "linux|http://192.168.1.10:8080/k/A||")]
    [DataRow("{\"ipxe-script\":\"#!ipxe\\necho \\u00e9\\ud83d\\ude00\\r\\n\\n# no\\nshell\",\"kernel\":\"k\"}", "inline|echo é😀\nshell")]
    [DataRow("", "ignore")]
    [DataRow("{}", "ignore")]
    [DataRow("{\"kernel\":\"\",\"initrd\":[]}", "ignore")]
    [DataRow("{\"initrd\":[\"i\"],\"cmdline\":\"quiet\"}", "ignore")]
    public void What_is_booted(string json, string expected)
    {
        // However it is cut: as one, byte by byte.
        for (int size = 1; size <= 4096; size *= 4096)
        {
            BootApiAnswer answer = Read(json, Mirror, size);
            Assert.IsTrue(answer.Finish(), answer.Fault);
            Assert.AreEqual(expected, Written(answer.Profile));
        }
    }

    [TestMethod]
    [DataRow("[]", "is not an object")]
    [DataRow("\"k\"", "is not an object")]
    [DataRow("null", "ends in the middle")]
    [DataRow("{\"cmdline\":{\"\":true}}", "'cmdline' has a name that is empty")]
    [DataRow("{\"kernel\":\"k\"", "ends in the middle, after 13 bytes")]
    [DataRow("{\"kernel\":\"k\",}", "is not JSON: see its byte 15")]
    [DataRow("{\"kernel\":\"k\"} x", "is not JSON: see its byte 16")]
    [DataRow("{\"kernel\":\"k\"]", "is not JSON")]
    [DataRow("{kernel:\"k\"}", "is not JSON: see its byte 2")]
    [DataRow("{\"kernel\":\"a\nb\"}", "is not JSON")]
    [DataRow("{\"kernel\":\"\\x\"}", "is not JSON")]
    [DataRow("{\"kernel\":nil}", "is not JSON")]
    [DataRow("<html>", "is not JSON: see its byte 1")]
    [DataRow("{\"kernel\":5}", "'kernel' is not a text")]
    [DataRow("{\"kernel\":{\"url\":\"k\"}}", "'kernel' is not a text")]
    [DataRow("{\"initrd\":\"i\"}", "'initrd' is not a list of URLs")]
    [DataRow("{\"initrd\":[[\"i\"]]}", "'initrd' is not a list of URLs")]
    [DataRow("{\"initrd\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]}", "'initrd' has more than 8 URLs")]
    [DataRow("{\"kernel\":\"a b\"}", "'kernel' has a character in a URL that must be written as %XX")]
    [DataRow("{\"kernel\":\"a\\u0000\\nb\"}", "'kernel' has a character in a URL that must be written as %XX")]
    [DataRow("{\"cmdline\":{\"a\":5}}", "'cmdline' is neither a text nor an object")]
    [DataRow("{\"cmdline\":{\"a\":{\"uri\":\"/x\"}}}", "'cmdline' is neither a text nor an object")]
    [DataRow("{\"cmdline\":{\"a\":{}}}", "'cmdline' is neither a text nor an object")]
    [DataRow("{\"cmdline\":[\"a\"]}", "'cmdline' is neither a text nor an object")]
    [DataRow("{\"cmdline\":\"a || shell\"}", "'cmdline' has a word that iPXE takes for its own")]
    [DataRow("{\"cmdline\":\"a\\n#b\"}", "'cmdline' has a word that iPXE takes for its own")]
    [DataRow("{\"cmdline\":\"{{ FOO }}\"}", "'cmdline' has a {{ … }} that is neither")]
    [DataRow("{\"ipxe-script\":[\"a\"]}", "'ipxe-script' is not a text")]
    [DataRow("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "has more than 16 objects and lists in each other")]
    public void What_cannot_be_used_is_named(string json, string expected)
    {
        BootApiAnswer answer = Read(json, Mirror, 4096);
        Assert.IsFalse(answer.Finish());
        Assert.IsTrue(answer.Fault.IndexOf(expected) == 0, answer.Fault);
    }

    [TestMethod]
    public void A_file_needs_a_mirror()
    {
        BootApiAnswer answer = Read("{\"kernel\":\"file:///k\"}", null, 4096);
        Assert.IsFalse(answer.Finish());
        Assert.AreEqual("'kernel' has a file:// URL, which is a file of the mirror, but [mirror] has no 'url'", answer.Fault);
    }

    [TestMethod]
    public void What_is_too_long_is_named()
    {
        Refuses("{\"kernel\":\"", BootApiAnswer.MostText + 1, "'kernel' is longer than 900 bytes");
        Refuses("{\"cmdline\":\"", BootApiAnswer.MostText + 1, "'cmdline' is longer than 900 bytes");
        Refuses("{\"cmdline\":{\"", 65, "'cmdline' has a name that is empty or longer than 64 bytes");
        Refuses("{\"ipxe-script\":\"", BootApiAnswer.MostText + 1, "a line of 'ipxe-script' is longer than 900 bytes");
    }

    // A script of many lines, none of them long.
    [TestMethod]
    public void A_script_has_its_limit()
    {
        var json = new ByteWriter(1024, 16 * 1024);
        json.Text("{\"ipxe-script\":\"");
        for (int i = 0; i <= BootApiScript.Most / 60; i++)
        {
            json.Text("echo 678901234567890123456789012345678901234567890123456789012\\n");
        }

        BootApiAnswer answer = Read(json.Text("\"}").ToString(), null, 256);
        Assert.AreEqual("'ipxe-script' is longer than 2048 bytes", answer.Fault);
    }

    [TestMethod]
    public void A_script_of_many_lines_is_whole()
    {
        var json = new ByteWriter(1024, 16 * 1024);
        json.Text("{\"ipxe-script\":\"#!ipxe\\n");
        for (int i = 0; i < 200; i++)
        {
            json.Text("echo ").Number(i).Text("\\n");
        }

        BootApiAnswer answer = Read(json.Text("\"}").ToString(), null, 256);
        Assert.IsTrue(answer.Finish(), answer.Fault);
        string script = Script(answer.Profile);
        int at = 0;
        for (int i = 0; i < 200; i++)
        {
            at = script.IndexOf("\necho " + i.ToString() + "\n", at);
            Assert.IsTrue(at > 0, i.ToString());
        }
    }

    [TestMethod]
    public void Its_own_initrd_names_are_seen()
    {
        BootApiAnswer answer = Read("{\"kernel\":\"k\",\"initrd\":[\"i\"],\"cmdline\":\"initrd=main.img quiet\"}", null, 4096);
        Assert.IsTrue(answer.Finish());
        string script = Script(answer.Profile);
        Assert.IsTrue(script.IndexOf("kernel kernel initrd=main.img quiet ||") > 0, script);
        Assert.IsTrue(script.IndexOf("initrd --name main.img ${nb-url} ||") > 0, script);
    }

    [TestMethod]
    public void A_message_is_shown_on_the_machine()
    {
        BootApiAnswer answer = Read("{\"kernel\":\"k\",\"message\":\"Hello {name}\"}", null, 4096);
        Assert.IsTrue(answer.Finish());
        string script = Script(answer.Profile);
        Assert.IsTrue(script.IndexOf("\necho Netboot: profile farm for 52:54:00:00:00:01\necho Hello {name}\n") > 0, script);
    }

    private static string Script(Profile profile)
    {
        byte[] text = Octets.Of("[profile farm]\nkind = api\napi = " + Api + "\n[boot]\ndefault = farm\n");
        DeviceSettings settings = SettingsText.Parse(text, 0, text.Length, new SettingsError());
        var reader = new ScriptReader(settings, -1, profile, Octets.Of("192.168.1.5"), new byte[] { 0x52, 0x54, 0, 0, 0, 1 });
        var script = new byte[reader.Length];
        Assert.AreEqual(script.Length, reader.Read(0, script, 0, script.Length));
        return Octets.Text(script, 0, script.Length);
    }

    private static void Refuses(string start, int length, string expected)
    {
        var json = new ByteWriter(1024, 16 * 1024);
        json.Text(start);
        for (int i = 0; i < length; i++)
        {
            json.Byte('x');
        }

        json.Text(start.IndexOf("{\"cmdline\":{") == 0 ? "\":true}}" : "\"}");
        BootApiAnswer answer = Read(json.ToString(), null, 256);
        Assert.IsFalse(answer.Finish());
        Assert.IsTrue(answer.Fault.IndexOf(expected) == 0, answer.Fault);
    }

    private static BootApiAnswer Read(string json, string mirror, int size)
    {
        byte[] bytes = Octets.Of(json);
        byte[] name = Octets.Of("farm");
        var answer = new BootApiAnswer(new Profile(name, 0, name.Length), Octets.Of(Api), mirror == null ? null : Octets.Of(mirror));
        bool good = true;
        for (int at = 0; at < bytes.Length && good; at += size)
        {
            good = answer.Feed(bytes, at, size < bytes.Length - at ? size : bytes.Length - at);
        }

        return answer;
    }

    // Kind, kernel, initrds, command line and message, or the lines.
    private static string Written(Profile profile)
    {
        var text = new ByteWriter(256, 4096);
        text.Text(profile.KindName);
        if (profile.Kind == ProfileKind.Inline)
        {
            Write(profile, SettingsKey.ProfileLine, text);
        }
        else if (profile.Kind == ProfileKind.Linux)
        {
            profile.Write(SettingsKey.ProfileKernel, 0, text.Byte('|'));
            Write(profile, SettingsKey.ProfileInitrd, text);
            profile.Write(SettingsKey.ProfileCommandLine, 0, text.Byte('|'));
            profile.Write(SettingsKey.ProfileMessage, 0, text.Byte('|'));
        }

        return text.ToString();
    }

    private static void Write(Profile profile, SettingsKey key, ByteWriter text)
    {
        int index = 0;
        while (profile.Find(key, index) >= 0)
        {
            profile.Write(key, index, text.Byte('|'));
            index++;
        }
    }
}
