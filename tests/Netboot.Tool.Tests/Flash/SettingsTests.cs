using System;
using System.Linq;
using Netboot.FirmwareImage.Boards;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>What is written onto the board: settings, page password, network.</summary>
[TestClass]
public sealed class SettingsTests
{
    private static readonly Wiring Plain = new("ESP32_REV0", false, 17, 16, null, false, null);

    [TestMethod]
    public void Generated_passwords_are_four_groups_of_plain_signs_and_differ()
    {
        string[] passwords = [.. Enumerable.Range(0, 200).Select(_ => PagePassword.Generate())];
        Assert.HasCount(200, passwords.Distinct().ToArray());
        foreach (string password in passwords)
        {
            Assert.MatchesRegex("^([a-z2-9]{4}-){3}[a-z2-9]{4}$", password);
            Assert.IsFalse(password.Any(c => "01oil".Contains(c)), password);
            Assert.IsNull(PagePassword.Refusal(password));
        }
    }

    [TestMethod]
    [DataRow("short")]
    [DataRow("with a blank")]
    [DataRow("with#comment")]
    [DataRow("pässword")]
    public void A_password_that_the_file_cannot_hold_is_refused(string password) => Assert.IsNotNull(PagePassword.Refusal(password));

    [TestMethod]
    public void The_files_own_password_is_kept_and_not_called_generated()
    {
        var settings = BoardSettings.Make("[page]\npassword = from-the-file # mine\n[device]\nname = attic\n", "x.cfg", null, null, null, Plain,
            Plain);
        Assert.AreEqual("from-the-file", settings.Password);
        Assert.IsFalse(settings.Generated);
        Assert.AreEqual("[device]\nname = attic\n\n[page]\npassword = from-the-file\n", settings.Text);
        Assert.DoesNotContain("from-the-file", settings.Masked);
    }

    [TestMethod]
    public void The_command_line_wins_over_the_file()
    {
        var settings = BoardSettings.Make("[device]\nname = attic\n[mirror]\nurl = http://a/\n[page]\npassword = from-the-file\n", "x.cfg",
            "http://b/", "cellar", "from-the-line", Plain, Plain);
        Assert.Contains("name = cellar\n", settings.Text);
        Assert.Contains("url = http://b/\n", settings.Text);
        Assert.DoesNotContain("from-the-file", settings.Text);
        Assert.Contains("password = from-the-line\n", settings.Text);
    }

    [TestMethod]
    public void A_second_board_of_a_target_gets_its_own_pins()
    {
        Wiring board = Plain with { Transmit = 32, Receive = 33, Led = 2, LedIsActiveLow = true };
        string text = BoardSettings.Make(null, null, null, null, "from-the-line", board, Plain).Text;
        Assert.Contains("[device]\nled = 2\nled-level = low\n", text);
        Assert.Contains("[console]\ntx = 32\nrx = 33\n", text);
    }

    [TestMethod]
    public void A_board_without_the_targets_led_says_so()
    {
        string text = BoardSettings.Make(null, null, null, null, "from-the-line", Plain, Plain with { Led = 10, LedIsActiveLow = true }).Text;
        Assert.Contains("led = none\n", text);
        Assert.DoesNotContain("led-level", text);
    }

    [TestMethod]
    public void Pins_of_the_file_stay()
    {
        Wiring board = Plain with { Transmit = 32, Receive = 33, Led = 2 };
        string text = BoardSettings.Make(
            "[device]\nled = 4\n[console]\nrx = 36\n", "x.cfg", null, null, "from-the-line", board, Plain).Text;
        Assert.Contains("led = 4\n", text);
        Assert.Contains("[console]\nrx = 36\n", text);
        Assert.DoesNotContain("tx =", text);
    }

    [TestMethod]
    public void A_board_that_is_its_targets_default_needs_no_pins() =>
        Assert.DoesNotContain("=", BoardSettings.Make(null, null, null, null, "from-the-line", Plain, Plain).Text.Split("[page]")[0]);

    [TestMethod]
    public void A_wrong_file_is_refused_with_its_own_line()
    {
        var refusal = Assert.ThrowsExactly<FlashRefusedException>(
            () => BoardSettings.Make("[page]\npassword = from-the-file\n\n[boot]\ndefault = nope\n", "my.cfg", null, null, null, Plain, Plain));
        Assert.StartsWith("my.cfg: line 5, [boot] default:", refusal.Message);
    }

    [TestMethod]
    [DataRow("10.0.0.9", null, null, null, "--mask")]
    [DataRow(null, "255.255.255.0", null, null, "--mask belongs")]
    [DataRow("10.0.0.300", "255.255.255.0", null, null, "--address")]
    [DataRow("10.0.9", "255.255.255.0", null, null, "--address")]
    [DataRow("::1", "255.255.255.0", null, null, "--address")]
    [DataRow("10.0.0.9", "255.0.255.0", null, null, "subnet mask")]
    [DataRow("10.0.0.9", "0.0.0.0", null, null, "subnet mask")]
    [DataRow("10.0.0.0", "255.255.255.0", null, null, "network's own")]
    [DataRow("10.0.0.255", "255.255.255.0", null, null, "broadcast")]
    [DataRow("10.0.0.9", "255.255.255.0", "10.0.1.1", null, "not in the subnet")]
    [DataRow("10.0.0.9", "255.255.255.0", null, "dns.local", "--dns")]
    public void A_fixed_address_that_cannot_work_is_refused(string? address, string? mask, string? gateway, string? dns, string reason) =>
        Assert.Contains(reason, Assert.ThrowsExactly<FlashRefusedException>(() => NetworkSettings.Parse(address, mask, gateway, dns))
        .Message);

    [TestMethod]
    public void A_fixed_address_names_everything_that_nanoff_reads()
    {
        string json = new NetworkSettings(NetworkSettings.Parse("10.0.0.9", "255.255.255.0", "10.0.0.1", null), null).ToJson(masked: false);
        foreach (string key in new[] { "IPv4Address\": \"10.0.0.9", "IPv4NetMask\": \"255.255.255.0", "IPv4Gateway\": \"10.0.0.1",
            "IPv4DNSAddress1\": \"10.0.0.1", "IPv4DNSAddress2\": \"0.0.0.0" })
        {
            Assert.Contains(key, json);
        }
    }

    [TestMethod]
    [DataRow("", "longenough")]
    [DataRow("a name of more than thirty-two bytes", "longenough")]
    [DataRow("attic", "short")]
    public void A_Wifi_that_cannot_be_joined_is_refused(string name, string password) =>
        Assert.IsNotNull(NetworkSettings.Refusal(new WifiNetwork(name, password)));

    [TestMethod]
    public void An_open_Wifi_has_no_password_to_cover()
    {
        Assert.Contains("\"Authentication\": \"Open\"", new NetworkSettings(null, new WifiNetwork("attic", "")).ToJson(masked: true));
        Assert.DoesNotContain("longenough", new NetworkSettings(null, new WifiNetwork("attic", "longenough")).ToJson(masked: true));
    }

    [TestMethod]
    public void Masking_covers_the_longer_secret_first()
    {
        var secrets = new Secrets();
        secrets.Add("secret");
        secrets.Add("secret-long");
        secrets.Add("");
        Assert.AreEqual($"a {Secrets.Cover} b {Secrets.Cover}", secrets.Mask("a secret-long b secret"));
    }
}
