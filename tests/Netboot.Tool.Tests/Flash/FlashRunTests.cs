using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>Whole runs against the stand-in nanoff.</summary>
[TestClass]
public sealed class FlashRunTests
{
    [TestMethod]
    public void A_wired_board_is_flashed_in_four_runs_of_nanoff()
    {
        using var bench = new FlashBench();
        Assert.AreEqual(0, bench.Run(bench.Request() with { Mirror = "http://10.0.0.2/", Name = "attic" }), bench.Output);
        string[] calls = bench.Nanoff.Calls;
        Assert.HasCount(4, calls, bench.Output);
        Assert.AreEqual($"--target ESP32_WT32_ETH01 --update --fwversion {FlashCommand.PinnedFirmware} --serialport /dev/ttyUSB0 --suppressnanoffversioncheck --verbosity m", calls[0]);
        Assert.AreEqual($"--target ESP32_WT32_ETH01 --deploy --image {bench.Image} --address 0x1E0000 --serialport /dev/ttyUSB0 --suppressnanoffversioncheck", calls[1]);
        Assert.MatchesRegex("^--networkdeployment .*network.json --serialport /dev/ttyUSB0 --suppressnanoffversioncheck$", calls[2]);
        Assert.MatchesRegex("^--filedeployment .*files.json --serialport /dev/ttyUSB0 --suppressnanoffversioncheck$", calls[3]);
        Assert.Contains("\"DhcpEnabled\": true", bench.Nanoff.Read("network.json"));
        Assert.Contains(@"I:\\netboot.cfg", bench.Nanoff.Read("files.json"));
        Assert.MatchesRegex(@"^\[device\]\nname = attic\n\n\[mirror\]\nurl = http://10.0.0.2/\n\n\[page\]\npassword = [a-z0-9]{4}(-[a-z0-9]{4}){3}\n$", bench.Nanoff.Read("settings.cfg"));
        Assert.Contains("The device answers: http://192.168.1.5/", bench.Output);
        Assert.AreEqual(1, bench.Restarts);
    }

    [TestMethod]
    [DataRow("olimex-esp32-poe-wrover")]
    [DataRow("esp32-ethernet-kit")]
    public void The_authoritys_certificate_goes_to_the_board_alone(string board)
    {
        using var bench = new FlashBench();
        string file = bench.Write("my-ca.crt",
            Encoding.UTF8.GetBytes("Some words before it.\n" + Certificates.Authority().ExportCertificatePem()));
        Assert.AreEqual(0, bench.Run(bench.Request(board) with { Authority = file }), bench.Output);
        Assert.HasCount(5, bench.Nanoff.Calls);
        Assert.MatchesRegex("^--filedeployment .*authority.json ", bench.Nanoff.Calls[3]);
        Assert.MatchesRegex("^-----BEGIN CERTIFICATE-----\n[^-]+\n-----END CERTIFICATE-----\n$", bench.Nanoff.Read("ca.pem"));
        AssertNothingLeft(bench);

        using var alone = new FlashBench();
        Assert.AreEqual(0,
            alone.Run(alone.Request(board) with { Authority = alone.Write("ca.der", Certificates.Authority().RawData),
            ConfigOnly = true }), alone.Output);
        Assert.HasCount(1, alone.Nanoff.Calls);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", alone.Nanoff.Read("ca.pem"));
    }

    [TestMethod]
    public void A_certificate_that_the_board_did_not_store_is_told_as_that()
    {
        using var bench = new FlashBench();
        bench.Nanoff.Play("files", "files-failed");
        string file = bench.Write("ca.pem", Encoding.UTF8.GetBytes(Certificates.Authority().ExportCertificatePem()));
        Assert.AreEqual(1, bench.Run(bench.Request("esp32-ethernet-kit") with { Authority = file, ConfigOnly = true }));
        Assert.Contains("did not store the authority's certificate, although nanoff reported success", bench.Output);
    }

    [TestMethod]
    [DataRow("wt32-eth01", null)]
    [DataRow("esp32-c3", null)]
    [DataRow("esp32-s3-quad", null)]
    [DataRow("olimex-esp32-poe-wrover", "ESP32_OLIMEX")]
    public void A_board_without_PSRAM_is_refused_an_authority(string board, string? target)
    {
        using var bench = new FlashBench();
        string file = bench.Write("ca.pem", Encoding.UTF8.GetBytes(Certificates.Authority().ExportCertificatePem()));
        Assert.AreEqual(2, bench.Run(bench.Request(board) with { Authority = file, Target = target }));
        Assert.Contains("fetches over http only: TLS needs PSRAM", bench.Output);
        Assert.Contains("olimex-esp32-poe-wrover, ", bench.Output);
        Assert.IsEmpty(bench.Nanoff.Calls);
    }

    [TestMethod]
    [DataRow("none", "is not a certificate")]
    [DataRow("key", "contains a private key")]
    [DataRow("two", "contains 2 certificates")]
    [DataRow("server", "which is not an authority. Give that of its issuer, CN=Home CA")]
    [DataRow("old", "is valid from 2001-01-01 to 2002-01-01 only")]
    [DataRow("missing", "--ca: ")]
    public void What_is_no_authoritys_certificate_is_refused_before_the_board_is_touched(string kind, string words)
    {
        using var bench = new FlashBench();
        string pem = Certificates.Authority().ExportCertificatePem();
        string text = kind switch
        {
            "none" => "hello",
            "key" => pem + "\n" + ECDsa.Create().ExportPkcs8PrivateKeyPem(),
            "two" => pem + "\n" + pem,
            "server" => Certificates.Server().ExportCertificatePem(),
            "old" =>
            Certificates.Authority(new DateTimeOffset(2001, 1, 1, 12, 0, 0, default), new DateTimeOffset(2002, 1, 1, 12, 0, 0, default))
            .ExportCertificatePem(),
            _ => pem,
        };
        string file = bench.Write("ca.pem", Encoding.UTF8.GetBytes(text));
        Assert.AreEqual(2,
            bench.Run(bench.Request("esp32-psram") with { Authority = kind == "missing" ? file + ".not" : file, WifiName = "x",
            WifiPassword = "12345678" }));
        Assert.Contains(words, bench.Output);
        Assert.DoesNotContain("Unhandled", bench.Output);
        Assert.IsEmpty(bench.Nanoff.Calls);
    }

    [TestMethod]
    public void A_generated_password_is_printed_once_and_a_given_one_never()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        string made = Regex.Match(bench.Nanoff.Read("settings.cfg"), "password = (.+)\n").Groups[1].Value;
        Assert.AreEqual(1, Regex.Count(bench.Output, Regex.Escape(made)), bench.Output);

        using var given = new FlashBench();
        given.Variables[PagePassword.Variable] = "my own secret".Replace(' ', '-');
        Assert.AreEqual(0, given.Run(given.Request() with { Password = PagePassword.FromVariable }), given.Output);
        Assert.Contains("password = my-own-secret\n", given.Nanoff.Read("settings.cfg"));
        Assert.DoesNotContain("my-own-secret", given.Output);
    }

    [TestMethod]
    public void Files_with_secrets_are_the_owners_alone_and_gone_afterwards()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        AssertNothingLeft(bench);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual("UserWrite, UserRead", bench.Nanoff.Read("settings.cfg.mode")
                .Replace("UserRead, UserWrite", "UserWrite, UserRead"));
        }
    }

    [TestMethod]
    public void nanoff_runs_without_telemetry_our_secrets_and_with_a_private_temporary_folder()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        string environment = bench.Nanoff.Read("update.environment");
        Assert.Contains("NANOFRAMEWORK_TELEMETRY_OPTOUT=1", environment);
        Assert.Contains("DOTNET_ROLL_FORWARD=Major", environment);
        Assert.Contains(SecretFolder.Prefix, environment);
    }

    [TestMethod]
    public void A_Wifi_board_asks_for_its_Wifi_and_covers_the_password()
    {
        using var bench = new FlashBench { IsThere = true };
        bench.Nanoff.Play("network", "network-wifi-ok");
        bench.Nanoff.Play("deploy", "deploy-ok-at-1B0000");
        Assert.AreEqual(0, bench.Run(bench.Request("esp32-c3")), bench.Output);
        string json = bench.Nanoff.Read("network.json");
        Assert.Contains("\"Ssid\": \"attic\"", json);
        Assert.Contains(FlashBench.WifiPassword, json);
        Assert.Contains("AutoConnect", json);
        Assert.DoesNotContain(FlashBench.WifiPassword, bench.Output);
        Assert.Contains("--address 0x1B0000 ", bench.Nanoff.Calls[1]);
    }

    [TestMethod]
    public void Config_sends_only_what_is_given()
    {
        using var bench = new FlashBench();
        Assert.AreEqual(0, bench.Run(bench.Request() with { ConfigOnly = true, Mirror = "http://10.0.0.2/" }), bench.Output);
        Assert.HasCount(1, bench.Nanoff.Calls);
        Assert.StartsWith("--filedeployment", bench.Nanoff.Calls[0]);

        using var network = new FlashBench();
        Assert.AreEqual(0, network.Run(network.Request() with { ConfigOnly = true, Address = "10.0.0.9", Mask = "255.255.255.0" }),
            network.Output);
        Assert.HasCount(1, network.Nanoff.Calls);
        Assert.StartsWith("--networkdeployment", network.Nanoff.Calls[0]);

        using var nothing = new FlashBench();
        Assert.AreEqual(2, nothing.Run(nothing.Request() with { ConfigOnly = true }));
    }

    [TestMethod]
    public void Keep_touches_neither_settings_nor_network()
    {
        using var bench = new FlashBench();
        Assert.AreEqual(0, bench.Run(bench.Request() with { Keep = true }), bench.Output);
        Assert.HasCount(2, bench.Nanoff.Calls);
        Assert.AreEqual(2, bench.Run(bench.Request() with { Keep = true, Mirror = "http://10.0.0.2/" }));
    }

    [TestMethod]
    public void A_board_without_automatic_reset_is_guided_by_hand()
    {
        using var bench = new FlashBench { IsThere = true };
        bench.Run(bench.Request());
        Assert.HasCount(3, bench.Tasks);
        Assert.Contains("IO0 to GND", bench.Tasks[0]);
        Assert.Contains("Take IO0 off", bench.Tasks[2]);
    }

    [TestMethod]
    public void A_board_that_stays_in_its_boot_loader_is_reset_by_hand_before_its_settings()
    {
        using var bench = new FlashBench { IsThere = true };
        bench.Nanoff.Play("deploy", "deploy-download-mode");
        Assert.AreEqual(0, bench.Run(bench.Request("olimex-esp32-poe")), bench.Output);
        Assert.HasCount(1, bench.Tasks);
    }

    [TestMethod]
    public void nanoffs_false_claim_and_its_progress_are_not_shown()
    {
        using var bench = new FlashBench();
        bench.Run(bench.Request());
        Assert.DoesNotContain("No operation was performed", bench.Output);
        Assert.DoesNotContain("Writing at 0x", bench.Output);
        Assert.Contains("Updating network ethernet configuration...OK", bench.Output);
    }

    [TestMethod]
    [DataRow("update", "update-no-boot-loader", 160, "boot loader does not answer", "Hold the BOOT button")]
    [DataRow("update", "update-no-download", 47, "could not be downloaded", "HTTPS_PROXY")]
    [DataRow("update", "update-no-target", 45, "has no firmware for this target", "--firmware-version")]
    [DataRow("update", "update-no-port", 165, "cannot be opened", "dialout")]
    [DataRow("update", "update-busy", 114, "Another program is using the serial port", "VS Code")]
    [DataRow("update", "update-old-nanoff", 40, "does not know an argument", "dotnet tool update")]
    [DataRow("update", "update-no-runtime", 150, "needs a .NET runtime", "Install .NET 8")]
    [DataRow("deploy", "deploy-mismatch", 160, "is not what was written", "cable")]
    [DataRow("deploy", "deploy-ok-at-1B0000", 0, "put the application at 0x1B0000, not at 0x1E0000", "dotnet tool update")]
    [DataRow("deploy", "deploy-nothing", 0, "without saying that it did anything", "--nanoff")]
    [DataRow("network", "network-no-answer", 208, "does not answer", "reset button")]
    [DataRow("network", "network-initialize", 210, "application does not start", "right --board")]
    [DataRow("network", "network-no-ethernet", 210, "has no Ethernet", "right --board")]
    [DataRow("network", "network-refused", 210, "did not store its network settings", "--config")]
    [DataRow("network", "network-silent", 0, "without saying that it did anything", "--nanoff")]
    [DataRow("files", "files-failed", 0, "did not store the settings file", "--config")]
    [DataRow("files", "files-broke", 0, "connection broke", "--config")]
    public void A_failure_is_told_with_what_to_do(string step, string output, int exit, string what, string remedy)
    {
        using var bench = new FlashBench();
        bench.Nanoff.Play(step, output, exit);
        Assert.AreEqual(1, bench.Run(bench.Request()), bench.Output);
        Assert.Contains(what, bench.Output);
        Assert.Contains(remedy, bench.Output);
        Assert.DoesNotContain("The device answers", bench.Output);
        AssertNothingLeft(bench);
    }

    [TestMethod]
    public void Nothing_is_flashed_when_an_input_is_wrong()
    {
        using var bench = new FlashBench();
        string settings = bench.Write("bad.cfg", "[boot]\ndefault = nope\n"u8);
        Assert.AreEqual(2, bench.Run(bench.Request() with { Settings = settings }));
        Assert.Contains("line 2", bench.Output);
        Assert.AreEqual(2, bench.Run(bench.Request() with { Mirror = "ftp://x" }));
        Assert.AreEqual(2, bench.Run(bench.Request() with { Board = "pdp11" }));
        Assert.AreEqual(2, bench.Run(bench.Request() with { Target = "ESP32_S3_QUAD" }));
        Assert.AreEqual(2, bench.Run(bench.Request() with { Password = "short" }));
        Assert.AreEqual(2, bench.Run(bench.Request() with { Image = bench.Write("no.bin", "GIF89a"u8) }));
        Assert.AreEqual(2, bench.Run(bench.Request() with { Image = bench.Write("big.bin", [.. "NFMRK2"u8, .. new byte[0x1C0000]]) }));
        Assert.AreEqual(2, bench.Run(bench.Request("esp32")));
        bench.PortRefusal = NanoffCodes.PortBusy;
        Assert.AreEqual(1, bench.Run(bench.Request()));
        Assert.IsEmpty(bench.Nanoff.Calls);
    }

    [TestMethod]
    public void A_device_that_stays_silent_is_a_failure_and_the_password_was_still_shown()
    {
        using var bench = new FlashBench { DeviceAnswers = false };
        Assert.AreEqual(1, bench.Run(bench.Request()));
        Assert.Contains("nothing answers there", bench.Output);
        Assert.Contains("shown only once", bench.Output);
    }

    private static void AssertNothingLeft(FlashBench bench)
    {
        string folder = bench.Nanoff.Read("update.environment").Split('\n')
            .Single(line => line.StartsWith("TMPDIR=", StringComparison.Ordinal))["TMPDIR=".Length..];
        Assert.IsFalse(Directory.Exists(folder), folder);
    }
}
