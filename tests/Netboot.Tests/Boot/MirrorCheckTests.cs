using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using Netboot.Api;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;
using Netboot.Tests.Captures;
using Netboot.Tests.Device;
using Netboot.Tests.Journal;

namespace Netboot.Tests.Boot;

/// <summary>The check of the mirror against one that does what mirrors do, and what it tells a person.</summary>
[TestClass]
public class MirrorCheckTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestMethod]
    [DoNotParallelize]
    [DataRow("whole-3000000", true, 200, 2097152, "2 MB in ")]
    [DataRow("whole-5000", true, 200, 5000, "4 KB in ")]
    [DataRow("script", true, 200, 19, "a script, 19 bytes in ")]
    [DataRow("chunked", true, 200, 5, "5 bytes in ")]
    [DataRow("no-length", true, 200, 5, "5 bytes in ")]
    [DataRow("late-2100", true, 200, 5, ": good, but the answer took 2.1 s: was its disk asleep?")]
    [DataRow("missing", false, 404, 0, "HOST answers 404: file not found; check the path here and on the server")]
    [DataRow("status-403", false, 403, 0, "HOST answers 403: access denied")]
    [DataRow("status-503", false, 503, 0, "HOST answers 503: the web server has an internal error")]
    [DataRow("status-304", false, 304, 0, "HOST answers 304: the file was not sent")]
    [DataRow("page", false, 200, 29, "HOST sends a web page, not the file")]
    [DataRow("html", false, 200, 0, "HOST sends a web page, not the file")]
    [DataRow("text.ipxe", false, 200, 5, "the file is not an iPXE script: it must begin with #!ipxe")]
    [DataRow("empty", false, 200, 0, "the file is empty")]
    [DataRow("gzip", false, 200, 0, "HOST sends it compressed (Content-Encoding)")]
    [DataRow("packed", true, 200, 40, "40 bytes in ")]
    [DataRow("broken-300001-5000", false, 200, 5000, "HOST stopped partway: 5000 of 300001 bytes in ")]
    [DataRow("huge-5000", false, 200, 5000, "HOST stopped partway: 5000 of 99999999999 bytes in ")]
    [DataRow("huge-3000000", true, 200, 2097152, "; it is larger than 2 GB")]
    [DataRow("ssh", false, 0, 0, "what answers at HOST does not speak HTTP")]
    [DataRow("hangup", false, 0, 0, "HOST does not answer: is it on, and is its web server running?")]
    [DataRow("https", false, 0, 0, "HOST redirects to https://nas/file, which this board cannot fetch: make HOST answer over http too")]
    public void What_the_mirror_does_is_told(string path, bool ok, int status, int bytes, string words)
    {
        using var mirror = new TinyMirror();
        MirrorCheck check = Checked(mirror.Url + path);
        Assert.AreEqual(ok, check.Ok, check.Text);
        Assert.AreEqual(status, check.Status);
        Assert.AreEqual(bytes, check.Bytes);
        Assert.Contains(words.Replace("HOST", new Uri(mirror.Url).Authority), check.Text);
        Assert.AreEqual(path == "script", check.Script);
        Assert.AreEqual(ok && (path.StartsWith("whole") || path.StartsWith("huge")), ok && check.Length > 100);
        SpinWait.SpinUntil(() => mirror.Connections == 0, TimeSpan.FromSeconds(5));
        Assert.AreEqual(0, mirror.Connections);
        Assert.AreEqual(1, mirror.Requests);
    }

    /// <summary>What a machine could not be sent is not called good.</summary>
    [TestMethod]
    [DataRow("chunked")]
    [DataRow("no-length")]
    [DataRow("huge-3000000")]
    [DataRow("packed")]
    [DataRow("page")]
    [DataRow("html")]
    [DataRow("gzip")]
    [DataRow("empty")]
    [DataRow("missing")]
    [DataRow("https")]
    [DataRow("to-1-missing")]
    [DataRow("ssh")]
    public void Of_a_loader_the_check_says_what_a_machine_is_told(string path)
    {
        using var mirror = new TinyMirror();
        string url = mirror.Url + path + "/snponly.efi";
        MirrorCheck check = Checked(url, $"[mirror]\nurl = {mirror.Url}\n");
        LoaderReader reader = new Mirror(new Log(new LogText())).Open(url);
        Assert.AreEqual(StreamReading.FailureOf(reader, () => reader.Length), check.Text);
        Assert.IsFalse(check.Ok);
        reader.Close();
    }

    [TestMethod]
    [DataRow("to-1-missing", "HOST redirects to http://HOST/missing: HOST answers 404: file not found")]
    [DataRow("to-1-silent", "HOST redirects to http://HOST/silent: HOST does not answer")]
    [DataRow("to-1-page", "HOST redirects to http://HOST/page: HOST sends a web page, not the file")]
    [DataRow("to-1-broken-300001-5000", "HOST redirects to http://HOST/broken-300001-5000: HOST stopped partway: 5000 of 300001")]
    [DataRow("dead", "HOST redirects to http://127.0.0.1:1/file: 127.0.0.1:1 cannot be reached: socket error ")]
    public void What_is_wrong_behind_a_redirection_is_told_of_the_address_that_it_leads_to(string path, string words)
    {
        using var mirror = new TinyMirror();
        MirrorCheck check = Checked(mirror.Url + path);
        Assert.StartsWith(words.Replace("HOST", new Uri(mirror.Url).Authority), check.Text);
        Assert.IsFalse(check.Ok);
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_fast_mirror_is_good_and_a_slow_one_is_told_with_what_that_means()
    {
        using var mirror = new TinyMirror();
        MirrorCheck fast = Checked(mirror.Url + "whole-3000000");
        Assert.EndsWith("MB/s: good", fast.Text);
        Assert.IsGreaterThan(WhyText.FastMirror, fast.BytesPerSecond);
        MirrorCheck slow = Checked(mirror.Url + "slow-400000");
        Assert.IsTrue(slow.Ok);
        Assert.IsLessThan(WhyText.FastMirror, slow.BytesPerSecond);
        Assert.IsTrue(Math.Abs(slow.BytesPerSecond - (400_000L * 1000 / slow.Milliseconds)) < slow.BytesPerSecond / 5,
            "the rate is bytes by time");
        Assert.MatchesRegex(@"^390 KB in \d\.\d s, \d+ KB/s: slow; a 60 MB initrd takes \d+ (minutes|seconds)$", slow.Text);
    }

    [TestMethod]
    public void A_mirror_where_nobody_listens_is_unreachable_at_once()
    {
        var watch = Stopwatch.StartNew();
        MirrorCheck check = Checked(TinyMirror.Nobody());
        Assert.MatchesRegex(@"^127\.0\.0\.1:\d+ cannot be reached: socket error \d+ \(nothing listens on that address and port: is its web server running\?\)$", check.Text);
        Assert.AreEqual(0, check.Status);
        Assert.IsFalse(check.Ok);
        Assert.IsLessThan(5_000, watch.ElapsedMilliseconds);
    }

    /// <summary>
    /// Without a mirror it is the menu on the internet that is asked: there is no mirror to be switched on. No test goes there itself.
    /// </summary>
    [TestMethod]
    [DataRow(FetchFault.UnknownName)]
    [DataRow(FetchFault.Unreachable)]
    [DataRow(FetchFault.NoAnswer)]
    public void The_public_menu_is_not_called_the_mirror(FetchFault fault)
    {
        NetbootDevice device = new JournalBench("").Device;
        Assert.IsNull(MirrorTarget.Find(null, device.Rules.Settings, out string url));
        Assert.AreEqual(DeviceSettings.PublicScript, url);
        var text = new ByteWriter(64, 512);
        Assert.IsFalse(MirrorVerdict.Write(text, device.MirrorCheck, new FailedFetch(fault), url, 0));
        text.Text(MirrorVerdict.Advice(url, device.Rules.Settings));
        Assert.EndsWith("; no mirror is set, so machines get this public menu: is there an internet connection?", text.ToString());
        Assert.DoesNotContain("the mirror", text.ToString());
        Assert.AreEqual("", MirrorVerdict.Advice(url, new JournalBench().Device.Rules.Settings), "asked for by somebody who has a mirror");
        Assert.AreEqual("", MirrorVerdict.Advice("http://10.77.0.3/", device.Rules.Settings), "another address");
    }

    /// <summary>An image that fetches https goes where a mirror sends on to; without that it says that it cannot.</summary>
    [TestMethod]
    [DoNotParallelize]
    public void A_mirror_that_sends_on_to_https_is_followed_by_an_image_that_can()
    {
        using var mirror = new TinyMirror();
        Fetch.Https = new PlainHttps(mirror.Url);
        try
        {
            MirrorCheck check = Checked(mirror.Url + "https");
            Assert.StartsWith("5 KB in ", check.Text);
            Assert.EndsWith(
                "; it comes from https://nas/file, which that address redirects to, so a machine's loader has to fetch https too", check.Text);
            Assert.IsTrue(check.Ok);
            LoaderReader reader = new Mirror(new Log(new LogText())).Open(mirror.Url + "https");
            StreamReading.ReadAll(reader, 5555);
            reader.Close();
        }
        finally
        {
            Fetch.Https = null;
        }
    }

    /// <summary>Whoever reads only the log sees both addresses as well: the one that was asked for, and the one that it leads to.</summary>
    [TestMethod]
    public void A_redirection_to_https_is_in_the_log_with_both_addresses()
    {
        using var mirror = new TinyMirror();
        var bench = new JournalBench();
        MirrorCheck check = bench.Device.MirrorCheck;
        Assert.IsTrue(check.Start(mirror.Url + "https", Environment.TickCount64));
        Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
        Log log = bench.Device.Log;
        var line = new ByteWriter(Log.LineCapacity, Log.LineCapacity);
        Assert.IsTrue(log.Write(log.Added - 1, line, out long _));
        Assert.Contains(mirror.Url + "https: ", line.ToString());
        Assert.Contains(" redirects to https://nas/file, which this board cannot fetch", line.ToString());
        Assert.AreEqual(mirror.Url + "https", Url(check));
    }

    [TestMethod]
    public void A_mirror_that_goes_quiet_is_let_go_by_the_device_s_tick()
    {
        using var mirror = new TinyMirror();
        using var device = new RunningDevice(RunningDevice.BoardWithSettings());
        MirrorCheck check = device.Device.MirrorCheck;
        Assert.IsTrue(check.Start(mirror.Url + "stalled-300001-5000", Environment.TickCount64));
        Assert.IsFalse(check.Start(mirror.Url + "whole-5", Environment.TickCount64), "one at a time");
        Assert.AreEqual("running", State(check));
        Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
        Assert.MatchesRegex(@"^127\.0\.0\.1:\d+ stopped partway: 5000 of 300001 bytes in 1[0-1]\.\d s$", check.Text);
        Assert.IsFalse(check.Ok);
        Assert.IsTrue(check.Start(mirror.Url + "silent", Environment.TickCount64), "the next one may start");
        Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
        Assert.Contains(" does not answer: is it on, and is its web server running?", check.Text);
        Assert.AreEqual(0, device.Device.Log.Counts[Counter.LoopFaults]);
    }

    [TestMethod]
    public void Closing_ends_a_check_at_once()
    {
        using var mirror = new TinyMirror();
        MirrorCheck check = new JournalBench().Device.MirrorCheck;
        check.Start(mirror.Url + "stalled-300001-5000", Environment.TickCount64);
        Assert.IsTrue(SpinWait.SpinUntil(() => check.Bytes == 5000, Limit));
        var watch = Stopwatch.StartNew();
        check.Close();
        Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
        Assert.IsLessThan(5_000, watch.ElapsedMilliseconds);
    }

    /// <summary>A fetch must throw nothing; one that does must not leave the check "running" for ever, which nothing would end.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DataRow("new")]
    [DataRow("open")]
    [DataRow("read")]
    [DataRow("close")]
    public void A_fetch_that_throws_ends_the_check_with_what_it_threw(string where)
    {
        Fetch.Https = new ThrowingHttps(where);
        try
        {
            MirrorCheck check = new JournalBench().Device.MirrorCheck;
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(check.Start("https://nas/file", Environment.TickCount64), "the next one may start");
                Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
                Assert.Contains(FaultText.Of(new InvalidOperationException(where)), check.Text);
                Assert.IsFalse(check.Ok);
            }
        }
        finally
        {
            Fetch.Https = null;
        }
    }

    [TestMethod]
    public void The_json_is_what_the_page_reads()
    {
        MirrorCheck check = new JournalBench().Device.MirrorCheck;
        Assert.AreEqual(
            "{\"state\":\"idle\",\"url\":null,\"ok\":false,\"status\":0,\"bytes\":0,\"milliseconds\":0,\"bytesPerSecond\":0,\"script\":false,\"text\":null}",
            Json(check));
        using var mirror = new TinyMirror();
        check = Checked(mirror.Url + "script");
        JsonElement json = JsonDocument.Parse(Json(check)).RootElement;
        Assert.AreEqual("done", json.GetProperty("state").GetString());
        Assert.AreEqual(mirror.Url + "script", json.GetProperty("url").GetString());
        Assert.IsTrue(json.GetProperty("script").GetBoolean());
        Assert.AreEqual(check.Text, json.GetProperty("text").GetString());
        check.Start("http://x/\"<b>", 0);
        json = JsonDocument.Parse(Json(check)).RootElement;
        Assert.AreEqual("http://x/\"<b>", json.GetProperty("url").GetString());
        Assert.DoesNotContain("<", Json(check));
    }

    /// <summary>The diagnosis "slow (with the rate)", from the machine's report to the text on page, console and log.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DataRow("slow-300000", @"the mirror is slow: kernel in 31 s, \d+ KB/s")]
    [DataRow("whole-3000000",
        @"is slow itself: kernel in 31 s, but the mirror gives this board [\d.]+ MB/s, so check the machine's own cable or switch port")]
    public void A_slow_boot_is_measured_and_told_with_the_rate(string kernel, string words)
    {
        using var mirror = new TinyMirror();
        var bench =
            new JournalBench($"[mirror]\nurl = {mirror.Url}\n[boot]\ndefault = p\n[profile p]\nkernel = {kernel}\ninitrd = missing\n");
        bench.Packet(BiosIpxe.Discover00, false);
        bench.Request(BiosIpxe.Request03);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, true);
        bench.Wait(31000);
        bench.Reported(BootStage.Kernel);
        bench.Says(WhyCode.MirrorSlow, "the mirror is slow: kernel in 31 s");
        var slow = new SlowMirror(bench.Device);
        Assert.IsTrue(SpinWait.SpinUntil(() => Measured(bench, slow), Limit));
        var text = new ByteWriter(100, 400);
        bench.Record.WriteWhy(text);
        Assert.MatchesRegex("^" + words + "$", text.ToString());
        bench.Says(WhyCode.MirrorSlow, text.ToString());
        Assert.AreEqual(MachineState.Booting, bench.Record.State);
        Assert.AreEqual(mirror.Url + kernel, Url(bench.Device.MirrorCheck));
        Assert.AreEqual(1, mirror.Requests, "measured once");

        // The rate stays when the next stage is late as well.
        bench.Wait(25000);
        bench.Reported(BootStage.Start);
        slow.Step(Environment.TickCount64);
        text.Clear();
        bench.Record.WriteWhy(text);
        Assert.MatchesRegex("^" + words.Replace("kernel in 31 s", "initrd in 2. s") + "$", text.ToString());
        Assert.AreEqual(1, mirror.Requests);
    }

    [TestMethod]
    public void The_device_s_own_tick_measures_for_the_journal()
    {
        using var mirror = new TinyMirror();
        var bench = new JournalBench($"[mirror]\nurl = {mirror.Url}\n[boot]\ndefault = p\n[profile p]\nkernel = whole-3000000\n");
        bench.Packet(BiosIpxe.Discover00, false);
        bench.ScriptSent(0x0a4d006a, ProfileKind.Linux, false);
        bench.Wait(62000);
        bench.Says(WhyCode.MirrorSlow, "the mirror is slow: no kernel after 6");
        bench.Device.Tick();
        MirrorCheck check = bench.Device.MirrorCheck;
        Assert.IsTrue(SpinWait.SpinUntil(() => check.State == MirrorCheckState.Done, Limit));
        Assert.AreEqual(1, check.Runs);
        bench.Device.Tick();
        bench.Device.Stop();
        bench.Says(WhyCode.MirrorSlow, "s, but the mirror gives this board ");
    }

    private static bool Measured(JournalBench bench, SlowMirror slow)
    {
        slow.Step(Environment.TickCount64);
        Thread.Sleep(20);
        return bench.Record.Argument > 0;
    }

    private static MirrorCheck Checked(string url, string settings = null)
    {
        MirrorCheck check = (settings == null ? new JournalBench() : new JournalBench(settings)).Device.MirrorCheck;
        Assert.IsTrue(check.Start(url, Environment.TickCount64));
        Assert.IsTrue(SpinWait.SpinUntil(
            () =>
            {
                check.Tick(Environment.TickCount64);
                return check.State == MirrorCheckState.Done;
            },
            Limit));
        return check;
    }

    private static string Json(MirrorCheck check)
    {
        var writer = new ByteWriter(256, 2048);
        check.Write(new JsonWriter(writer));
        Assert.IsFalse(writer.Overflowed);
        return writer.ToString();
    }

    private sealed class FailedFetch : Fetch
    {
        public FailedFetch(FetchFault fault) => Fault = fault;

        public override bool Open(string url) => false;

        public override int Read(byte[] buffer, int offset, int count, int milliseconds) => -1;

        public override void Close()
        {
        }
    }

    // Stands for TLS: whatever https:// URL is asked for, a file of the mirror comes.
    private sealed class PlainHttps(string mirror) : IHttps
    {
        public Fetch New() => new PlainFetch(mirror);
    }

    private sealed class PlainFetch(string mirror) : Fetch
    {
        private readonly HttpFetch _inner = new HttpFetch();

        public override bool Open(string url)
        {
            bool opened = _inner.Open(mirror + "whole-5555");
            Status = _inner.Status;
            Length = _inner.Length;
            Fault = _inner.Fault;
            return opened;
        }

        public override int Read(byte[] buffer, int offset, int count, int milliseconds) =>
            _inner.Read(buffer, offset, count, milliseconds);

        public override void Close() => _inner.Close();
    }

    private static string State(MirrorCheck check) => JsonDocument.Parse(Json(check)).RootElement.GetProperty("state").GetString();

    private static string Url(MirrorCheck check) => JsonDocument.Parse(Json(check)).RootElement.GetProperty("url").GetString();
}
