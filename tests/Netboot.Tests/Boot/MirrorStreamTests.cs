using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Device;
using static Netboot.Tests.Boot.StreamReading;

namespace Netboot.Tests.Boot;

/// <summary>Loaders streamed from a mirror that does what mirrors do on bad days.</summary>
[TestClass]
public class MirrorStreamTests
{
    /// <summary>More than the mirror's ring holds many times over; a loader's size.</summary>
    private const int Large = 300_001;

    private readonly Log _log = new Log(new LogText());

    [TestMethod]
    [DataRow("whole-1")]
    [DataRow("whole-1468")]
    [DataRow("whole-8192")]
    [DataRow("whole-8193")]
    [DataRow("whole-300001")]
    [DataRow("slow-40000")]
    [DataRow("crumbs-2000")]
    [DataRow("to-1-whole-5000")]
    [DataRow("to-3-whole-300001")]
    public void A_file_comes_whole(string path)
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + path);
        ReadAll(reader, int.Parse(path.Split('-')[^1]));
        reader.Close();
        AssertClosed(mirror);
        int redirections = path.StartsWith("to-") ? path[3] - '0' : 0;
        Assert.AreEqual(1 + redirections, mirror.Requests);
        Assert.AreEqual(redirections > 0, LogLines().Contains(" redirects to " + mirror.Url + "whole-"), LogLines());
    }

    /// <summary>A fetch must throw nothing; one that does must not end the program, or keep a stream from the next file.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DataRow("new")]
    [DataRow("open")]
    [DataRow("read")]
    [DataRow("close")]
    public void A_fetch_that_throws_is_a_failure_and_the_next_file_gets_its_stream(string where)
    {
        Fetch.Https = new ThrowingHttps(where);
        try
        {
            var mirror = new Mirror(_log);
            for (int i = 0; i <= Mirror.Streams; i++)
            {
                LoaderReader reader = mirror.Open("https://nas/file");
                int at = 0;
                var buffer = new byte[Block];
                Assert.IsTrue(SpinWait.SpinUntil(
                    () =>
                    {
                        int count = reader.Read(at, buffer, 0, Block);
                        at += count > 0 ? count : 0;
                        reader.Release(at);
                        return where == "close" ? at == ThrowingFetch.Size : count == LoaderReader.Failed;
                    }, Soon), "it does not end");
                Assert.IsTrue(SpinWait.SpinUntil(() => LogLines().Contains("InvalidOperationException " + where), Soon), LogLines());
                try
                {
                    reader.Close();
                }
                catch (InvalidOperationException) when (where == "close")
                {
                    // Whoever closes it sees that, and goes on: see HttpConnection.
                }
            }
        }
        finally
        {
            Fetch.Https = null;
        }
    }

    [TestMethod]
    public void A_missing_file_is_missing()
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + "missing");
        Assert.AreEqual(Authority(mirror) + " answers 404: file not found; check the path here and on the server",
            FailureOf(reader, () => reader.Length));
        Assert.IsTrue(reader.Missing);
        Assert.AreEqual(LoaderReader.Failed, reader.Read(0, new byte[Block], 0, Block));
        reader.Close();
        AssertClosed(mirror);
    }

    [TestMethod]
    [DataRow("chunked", "HOST sends no Content-Length, so a loader cannot be streamed")]
    [DataRow("no-length", "HOST sends no Content-Length, so a loader cannot be streamed")]
    [DataRow("empty", "the file is empty")]
    [DataRow("huge", "the file is larger than 2 GB, which is too large for a loader")]
    [DataRow("gzip", "HOST sends it compressed (Content-Encoding), which no firmware can read: turn that off for this file")]
    [DataRow("packed", "HOST sends it compressed, which no firmware can read")]
    [DataRow("page", "HOST sends a web page, not the file: the address is that of a page")]
    [DataRow("html", "HOST sends a web page, not the file: the address is that of a page")]
    [DataRow("https", "HOST redirects to https://nas/file, which this board cannot fetch: make HOST answer over http too")]
    [DataRow("dead", "HOST redirects to http://127.0.0.1:1/file: 127.0.0.1:1 cannot be reached: socket error ")]
    [DataRow("to-4-whole-5", "HOST redirects too often, last to http://HOST/whole-5")]
    [DataRow("loop", "HOST redirects too often, last to http://HOST/loop")]
    [DataRow("nowhere", "HOST redirects to an unusable address")]
    [DataRow("ssh", "what answers at HOST does not speak HTTP")]
    [DataRow("hangup", "HOST does not answer")]
    [DataRow("drop-500", "HOST closed the connection early")]
    public void What_is_no_loader_fails_with_the_reason(string path, string reason)
    {
        using var mirror = new TinyMirror();
        reason = reason.Replace("HOST", new Uri(mirror.Url).Authority);
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + path);
        Assert.StartsWith(reason, FailureOf(reader, () => reader.Length));
        Assert.IsFalse(reader.Missing);

        // A log entry has an end; the reason's beginning is what is compared.
        Assert.Contains(path + ": " + reason[..Math.Min(reason.Length, 40)], LogLines());
        reader.Close();
        AssertClosed(mirror);
    }

    [TestMethod]
    public void A_mirror_that_breaks_off_fails_with_the_place()
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + "broken-300001-5000");
        string failure = FailureOf(reader, () => reader.Read(3 * Block, new byte[Block], 0, Block));
        Assert.StartsWith(Authority(mirror) + " stopped after 5000 of 300001 bytes", failure);
        reader.Close();
        AssertClosed(mirror);
    }

    [TestMethod]
    public void An_address_where_nobody_listens_fails_at_once()
    {
        LoaderReader reader = new Mirror(_log).Open(TinyMirror.Nobody());
        Assert.Contains(" cannot be reached: socket error ", FailureOf(reader, () => reader.Length));
        reader.Close();
    }

    [TestMethod]
    public void A_name_that_nobody_knows_is_told_as_such()
    {
        LoaderReader reader = new Mirror(_log).Open("http://no-such-host.invalid/file");
        Assert.StartsWith("the name no-such-host.invalid cannot be resolved", FailureOf(reader, () => reader.Length));
        reader.Close();
    }

    [TestMethod]
    public void Every_redirection_is_told_whatever_comes_of_it()
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + "to-2-missing");
        Assert.Contains(" answers 404: ", FailureOf(reader, () => reader.Length));
        reader.Close();
        Assert.Contains(" redirects to " + mirror.Url + "to-1-missing", LogLines());
        Assert.Contains(" redirects to " + mirror.Url + "missing", LogLines());
    }

    [TestMethod]
    public void A_mirror_that_takes_no_connection_is_let_go_of_in_time()
    {
        using var mirror = new DeafMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url);
        var watch = Stopwatch.StartNew();
        Assert.Contains(" does not answer: is it on, and is its web server running?",
            FailureOf(reader, () => reader.Length, TimeSpan.FromSeconds(20)));
        Assert.IsGreaterThan(9_000, watch.ElapsedMilliseconds);
        reader.Close();
    }

    [TestMethod]
    [DataRow(1_000, 1992, 1992)]
    [DataRow(12_700, 3984, 1992)]
    [DataRow(1_000_000, 5976, 1992)]
    public void A_ring_takes_what_memory_leaves_and_both_streams_come_whole(int free, int first, int second)
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log, new VirtualBoard { Free = free });
        LoaderReader one = device.Open(mirror.Url + "whole-300001");
        Wait(() => one.Length == 300_001);
        LoaderReader two = device.Open(mirror.Url + "whole-300001");
        Wait(() => two.Length == 300_001);
        Assert.AreEqual(first, one.Keeps);
        Assert.AreEqual(second, two.Keeps);
        ReadAll(two, 300_001);
        two.Close();
        ReadAll(one, 300_001);
        one.Close();
        AssertClosed(mirror);
    }

    [TestMethod]
    [DataRow("silent")]
    [DataRow("drop-30000")]
    public void A_mirror_that_never_answers_fails_after_its_time(string path)
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + path);
        var watch = Stopwatch.StartNew();
        Assert.Contains(" does not answer: is it on, and is its web server running?",
            FailureOf(reader, () => reader.Length, TimeSpan.FromSeconds(20)));
        Assert.IsGreaterThan(9_000, watch.ElapsedMilliseconds);
        reader.Close();
        AssertClosed(mirror);
    }

    [TestMethod]
    [DataRow("silent")]
    [DataRow("stalled-300001-5000")]
    [DataRow("stalled-9000000-5000")]
    [DataRow("whole-300001")]
    public void Closing_frees_every_stream_at_once_whatever_the_mirror_does(string path)
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        for (int round = 0; round < 3; round++)
        {
            var readers = Enumerable.Range(0, Mirror.Streams).Select(_ => device.Open(mirror.Url + path)).ToArray();
            foreach (LoaderReader reader in readers)
            {
                // Begun, and for those that can, past the start: not parked.
                Assert.IsTrue(reader.Length is LoaderReader.NotYet or > 0);
                Wait(() => path == "silent" || reader.Read(0, new byte[Block], 0, Block) == Block);
                reader.Release(1);
            }

            Wait(() => path == "whole-300001" || mirror.Connections >= Mirror.Streams);
            foreach (LoaderReader reader in readers)
            {
                reader.Close();
                reader.Close();
            }

            // Every stream can be used again, so its thread has ended.
            ReadAllOfThree(device, mirror);
        }

        AssertClosed(mirror);
        Assert.AreEqual("", LogLines(), "what was closed on purpose is no failure");
    }

    [TestMethod]
    public void A_closed_reader_reads_nothing_of_the_stream_s_next_file()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        LoaderReader first = device.Open(mirror.Url + "whole-5000");
        Wait(() => first.Length == 5000);
        Wait(() => first.Read(0, new byte[Block], 0, Block) == Block);
        first.Release(Block);
        first.Close();
        LoaderReader second = device.Open(mirror.Url + "whole-6000");
        Wait(() => second.Length == 6000);
        Assert.AreEqual(LoaderReader.NotYet, first.Length);
        Assert.AreEqual(LoaderReader.NotYet, first.Read(0, new byte[Block], 0, Block));
        first.Release(6000);
        first.Close();
        ReadAll(second, 6000);
        second.Close();
    }

    /// <summary>edk2 asks for the size, says ERROR 8, and asks again.</summary>
    [TestMethod]
    [DataRow("whole-300001")]
    [DataRow("whole-5000")]
    public void A_file_opened_twice_is_fetched_once(string path)
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        int size = int.Parse(path.Split('-')[1]);
        LoaderReader probe = device.Open(mirror.Url + path);
        Wait(() => probe.Length == size);
        probe.Close();
        LoaderReader reader = device.Open(mirror.Url + path);
        Assert.AreEqual(size, reader.Length, "known already");
        ReadAll(reader, size);
        reader.Close();
        Assert.AreEqual(1, mirror.Requests);
        AssertClosed(mirror);
    }

    [TestMethod]
    public void A_file_asked_for_again_too_late_is_fetched_again()
    {
        // More than the system's buffers hold: the mirror is not done before the stream is.
        const int size = 20_000_000;
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        LoaderReader probe = device.Open(mirror.Url + "whole-" + size);
        Wait(() => probe.Length == size);
        probe.Close();
        // The stream lets go of the mirror by itself, though nobody asks.
        AssertClosed(mirror);
        LoaderReader reader = device.Open(mirror.Url + "whole-" + size);
        Wait(() => reader.Length == size);
        reader.Close();
        Assert.AreEqual(2, mirror.Requests);
    }

    [TestMethod]
    public void A_parked_stream_makes_room_for_who_waits()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        for (int i = 0; i < Mirror.Streams; i++)
        {
            LoaderReader probe = device.Open(mirror.Url + "whole-30000" + i);
            Wait(() => probe.Length > 0);
            probe.Close();
        }

        LoaderReader other = device.Open(mirror.Url + "whole-5000");
        ReadAll(other, 5000);
        LoaderReader last = device.Open(mirror.Url + "whole-30000" + (Mirror.Streams - 1));
        Assert.IsGreaterThan(0, last.Length, "only the oldest had to make room");
        other.Close();
        last.Close();
    }

    [TestMethod]
    public void Ten_machines_on_three_streams_all_get_their_file()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(_log);
        var readers = Enumerable.Range(0, 10).Select(i => device.Open(mirror.Url + "whole-" + (40_000 + i))).ToArray();
        var at = new int[readers.Length];
        var left = new HashSet<int>(Enumerable.Range(0, readers.Length));
        var watch = Stopwatch.StartNew();
        while (left.Count > 0)
        {
            Assert.IsLessThan(Soon.TotalSeconds * 4, watch.Elapsed.TotalSeconds, "still waiting: " + string.Join(" ", left));
            // As the packet loop does: each in turn, nobody waits for another.
            foreach (int i in left.ToArray())
            {
                if (ReadSome(readers[i], ref at[i], 40_000 + i))
                {
                    readers[i].Close();
                    left.Remove(i);
                }
            }
        }

        Assert.AreEqual(readers.Length, mirror.Requests);
        AssertClosed(mirror);
    }

    [TestMethod]
    public void What_was_let_go_of_cannot_be_read_again()
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + "whole-300001");
        var buffer = new byte[Block];
        Wait(() => reader.Read(0, buffer, 0, Block) == Block);
        Assert.AreEqual(Block, reader.Read(0, buffer, 0, Block), "not let go of yet: sent again");
        reader.Release(Block);
        Assert.AreEqual(LoaderReader.Failed, reader.Read(0, buffer, 0, Block));
        Assert.IsFalse(reader.Seekable);
        reader.Close();
    }

    /// <summary>TFTP sends an empty block behind a file of whole blocks, and again when that is lost.</summary>
    [TestMethod]
    public void The_end_can_be_read_after_all_was_let_go_of()
    {
        using var mirror = new TinyMirror();
        LoaderReader reader = new Mirror(_log).Open(mirror.Url + "whole-5120");
        ReadAll(reader, 5120);
        AssertClosed(mirror);
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(0, reader.Read(5120, new byte[Block], 0, Block), reader.Failure);
        }

        reader.Close();
    }

    private static void ReadAllOfThree(Mirror device, TinyMirror mirror)
    {
        var readers = Enumerable.Range(0, Mirror.Streams).Select(i => device.Open(mirror.Url + "whole-2000" + i)).ToArray();
        for (int i = 0; i < readers.Length; i++)
        {
            Wait(() => readers[i].Length == 20_000 + i);
        }

        for (int i = 0; i < readers.Length; i++)
        {
            ReadAll(readers[i], 20_000 + i);
            readers[i].Close();
        }
    }

    private static void AssertClosed(TinyMirror mirror) =>
        Assert.IsTrue(SpinWait.SpinUntil(() => mirror.Connections == 0, Soon), mirror.Connections + " connections are open");

    private static string Authority(TinyMirror mirror) => new Uri(mirror.Url).Authority;

    private string LogLines()
    {
        var lines = new List<string>();
        var writer = new ByteWriter(new byte[512]);
        for (int i = 0; i < _log.Added; i++)
        {
            writer.Clear();
            if (_log.Write(i, writer, out _))
            {
                lines.Add(writer.ToString());
            }
        }

        return string.Join("\n", lines);
    }
}
