using System;
using System.Text;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Settings;
using Netboot.Tests.Support;

namespace Netboot.Tests.Terminal;

/// <summary>Keys at random, with whole commands among them: the console never throws, never hangs, and never shows the password.</summary>
[TestClass]
public class ConsoleFuzzTests
{
    private const string Password = "Tr0ub4dor&3 horse";
    private const int KeysOfABench = 2_000;

    private static readonly string[] Pieces =
    {
        "\r", "\r", "\n", "\r\n", "\u0003", "\u0015", "\u007f", "\u001b[A", "\u001b[B", "\u001b[C", "\u001b[D", "\u001b[H", "\u001b[F",
            "\u001b[3~", "\u001b[", "\u001bO", "\u001b",
        "\0", "é", "\t", "\t", "\"", "\"\"", ".", " ", "help\r", "status\r", "machines\r", "machine ", "profile ", "show ", "show changes\r", "set ",
        "mirror.url ", "page.password ", "http://nas/",
        "profile a kind local\r", "profile a.b.c kind deny\r", "profile a remove\r", "machine 525400000001 once a\r",
        "machine 525400000001 name x\r", "machine x once \"\"\r",
        "loaders\r", "log\r", "log 5\r", "log follow\r", "net\r", "net wifi a\r", "net static 1.2.3.4 255.255.255.0 1.2.3.1\r",
        "password\r", Password + "\r",
        "backup\r", "restore\r", "\r.\r", "[page]\rpassword = " + Password + "\r", "[device]\rname = a\r", "YES\r",
        "set \"profile x\".kernel y\r", "set profile.a.\r", "set .\r", "set \"",
        "set boot.default a\r",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    };

    [TestMethod]
    public void No_keys_throw()
    {
        int left = Fuzz.Packets;
        for (int seed = 0; left > 0; seed++, left -= KeysOfABench)
        {
            Run(seed);
        }
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var bench = new ConsoleBench();
        bench.Line("password");
        bench.Line(Password);
        bench.Line(Password);
        for (int keys = 0; keys < KeysOfABench; keys++)
        {
            bench.Terminal.Type(random.Next(4) == 0
                ? [(byte)random.Next(256)] : Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
            bench.Console.Step(bench.Advance(random.Next(30)));
            if (random.Next(50) == 0)
            {
                bench.Device.Log.Add(Subsystem.Init, LogEvent.Note, 0, "something happened");
                bench.Console.Reset();
            }

            // What the console set as it does: a text that can be read again.
            if (random.Next(200) == 0)
            {
                string written = SettingsTextTests.Written(bench.Device.Rules.Settings);
                Assert.AreEqual(written, SettingsTextTests.Written(SettingsTextTests.Good(written)), $"seed {seed}");
            }
        }

        bench.Run();
        bench.Type("\u0003\u0003");
        byte[] form = bench.Device.Rules.Settings.Value(SettingsKey.PagePassword);
        string all = Octets.Text(bench.Terminal.Shown.Buffer, 0, bench.Terminal.Shown.Length);
        Assert.IsTrue(all.EndsWith("> ", StringComparison.Ordinal), $"seed {seed}: {all[^Math.Min(200, all.Length)..]}");
        Assert.IsFalse(all.Contains("pbkdf2-sha256:1000", StringComparison.Ordinal), $"seed {seed}");
        if (form != null)
        {
            Assert.IsFalse(all.Contains(Encoding.UTF8.GetString(form)[20..], StringComparison.Ordinal), $"seed {seed}");
        }

        Assert.IsTrue(bench.Terminal.LargestPiece <= 64);
    }
}
