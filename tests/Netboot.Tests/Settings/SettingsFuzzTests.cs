using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;
using Netboot.Tests.Support;

namespace Netboot.Tests.Settings;

/// <summary>
/// Texts with seeded damage: reading never throws; what is refused has a line and a reason; what is taken can be written, read and booted
/// from.
/// </summary>
[TestClass]
public class SettingsFuzzTests
{
    private static readonly string[] Pieces =
    {
        "\n", "[", "]", "=", " ", "#", "\n[profile x]\n", "\n[machine 525400000009]\n", "\n[machine 52:54:*]\n", "*", "unknown = ask\n", "ask", "initrd = a\n", "once = hole\n", "${", "}", "{{",
            "{{ URL \"a\" }}", "||", " ; ",
        "item = hole\n", "item = x  A title\n", "line = echo {name}\n", "{mac}", "{nothing}", " /a.iso", "timeout = 5\n", "shell = yes\n",
        "kind = menu\n", "kind = inline\n", "kind = linux\n", "script = a\n", "\t", "\r", "\0", "é", "http://", "https:", "//", "uuid = 00112233445566778899aabbccddeeff\n",
        "default = x\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    };

    [TestMethod]
    public void No_text_throws()
    {
        int count = Fuzz.Packets;
        byte[] seed = Octets.Of(SettingsTextTests.Everything);
        var error = new SettingsError();
        byte[] mac = { 0x52, 0x54, 0, 0x12, 0x34, 0x56 };
        var choice = new BootChoice();
        int taken = 0;
        for (int i = 0; i < count; i++)
        {
            var random = new Random(i);
            byte[] text = Damage(seed, random);
            DeviceSettings settings = SettingsText.Parse(text, 0, text.Length, error);
            if (settings == null)
            {
                Assert.IsTrue(error.Line > 0 && !string.IsNullOrEmpty(error.Message), $"seed {i}: {error}");
                continue;
            }

            taken++;
            string written = SettingsTextTests.Written(settings);
            byte[] again = Octets.Of(written);
            DeviceSettings second = SettingsText.Parse(again, 0, again.Length, error);
            Assert.IsNotNull(second, $"seed {i}: {error}\n{written}");
            Assert.AreEqual(written, SettingsTextTests.Written(second), $"seed {i}");
            foreach (Profile profile in settings.Profiles)
            {
                DeviceSettings forAll = SettingsEditor.Set(settings,
                    ["boot", "default", Octets.Text(profile.Name, 0, profile.Name.Length), "boot", "unknown", ""], error);
                Assert.IsNotNull(forAll, $"seed {i}: {error}");
                int length = new ScriptReader(forAll, new BootRules(forAll).Choose(null, 0, null, 0, Platform.Unknown, choice), null, mac, mac)
                    .Length;
                Assert.AreEqual(Octets.Text(profile.Name, 0, profile.Name.Length),
                    Octets.Text(choice.Profile.Name, 0, choice.Profile.Name.Length));
                Assert.IsTrue(length > 0 && length <= SettingsLimits.Script, $"seed {i}");
            }
        }

        Assert.IsTrue(taken > count / 50, $"only {taken} of {count} texts were good: the damage is too coarse to test anything");
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        var bytes = new System.Collections.Generic.List<byte>(seed);
        int changes = random.Next(1, 4);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Octets.Of(Pieces[random.Next(Pieces.Length)].Replace("\0", "\u0001")));
                    break;
                case 3:
                    int from = random.Next(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(random.Next(1, 80), bytes.Count - from)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add((byte)'[');
            }
        }

        return bytes.ToArray();
    }
}
