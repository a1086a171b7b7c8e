using System;
using System.Threading;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Tests.Tftp;
using static Netboot.Tests.Boot.StreamReading;

namespace Netboot.Tests.Boot;

/// <summary>Who has a stream and does not use it, while others wait for one.</summary>
[TestClass]
public class MirrorHolderTests
{
    private const int Size = 300_001;

    [TestMethod]
    public void Machines_that_were_told_and_do_not_answer_lose_their_stream_and_may_come_back()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(new Log(new LogText()));
        LoaderReader one = Told(device, mirror.Url + "whole-300001");
        LoaderReader two = Told(device, mirror.Url + "whole-300002");
        LoaderReader third = device.Open(mirror.Url + "whole-300003");
        ReadAll(third, Size + 2);
        third.Close();

        // Its answer comes late, and is as good as ever.
        one.Release(0);
        two.Close();
        ReadAll(one, Size);
        one.Close();
    }

    [TestMethod]
    public void The_same_file_goes_on_to_the_next_without_being_fetched_again()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(new Log(new LogText()));
        string url = mirror.Url + "whole-300001";
        LoaderReader one = Told(device, url);
        LoaderReader two = Told(device, url);
        LoaderReader third = device.Open(url);
        ReadAll(third, Size);
        Assert.AreEqual(2, mirror.Requests);
        one.Close();
        two.Close();
        third.Close();
    }

    [TestMethod]
    public void Crawling_readers_give_way_when_somebody_waits()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(new Log(new LogText()));
        var buffer = new byte[Block];
        LoaderReader[] crawlers = [device.Open(mirror.Url + "whole-300001"), device.Open(mirror.Url + "whole-300002")];
        foreach (LoaderReader crawler in crawlers)
        {
            Wait(() => crawler.Read(0, buffer, 0, Block) == Block);
            crawler.Release(Block);
        }

        LoaderReader third = device.Open(mirror.Url + "whole-5000");
        int at = 0;
        int crawled = Block;
        Assert.IsTrue(
            SpinWait.SpinUntil(
                () =>
                {
                    // Some bytes again and again: neither silent nor in use.
                    Thread.Sleep(100);
                    crawled += 8;
                    foreach (LoaderReader crawler in crawlers)
                    {
                        crawler.Read(crawled, buffer, 0, 8);
                        crawler.Release(crawled);
                    }

                    return ReadSome(third, ref at, 5000);
                },
                TimeSpan.FromSeconds(20)),
            "the third is served");
        int lost = Array.FindAll(crawlers, c => c.Length == LoaderReader.Failed && c.Failure == "read too slowly while others were waiting")
            .Length;
        Assert.AreEqual(1, lost, "one was enough");
        third.Close();
        Array.ForEach(crawlers, c => c.Close());
    }

    [TestMethod]
    public void A_mirror_that_is_slow_costs_nobody_the_stream()
    {
        using var mirror = new TinyMirror();
        var device = new Mirror(new Log(new LogText()));
        LoaderReader[] readers = [device.Open(mirror.Url + "crumbs-9000"), device.Open(mirror.Url + "crumbs-9001"),
            device.Open(mirror.Url + "whole-5000")];
        int[] sizes = [9000, 9001, 5000];
        var at = new int[3];
        bool[] done = new bool[3];
        Assert.IsTrue(
            SpinWait.SpinUntil(
                () =>
                {
                    for (int i = 0; i < readers.Length; i++)
                    {
                        if (!done[i] && ReadSome(readers[i], ref at[i], sizes[i]))
                        {
                            done[i] = true;
                            readers[i].Close();
                        }
                    }

                    return Array.TrueForAll(done, d => d);
                },
                TimeSpan.FromSeconds(60)),
            "all come whole");
    }

    [TestMethod]
    public void Who_asked_first_is_served_first_and_who_left_holds_nobody_up()
    {
        using var tiny = new TinyMirror();
        var mirror = new Mirror(new Log(new LogText()));
        LoaderReader[] busy = [mirror.Open(tiny.Url + "whole-300001"), mirror.Open(tiny.Url + "whole-300001")];
        Wait(() => busy[0].Length > 0 && busy[1].Length > 0);
        LoaderReader left = mirror.Open(tiny.Url + "whole-1");
        LoaderReader first = mirror.Open(tiny.Url + "whole-2");
        LoaderReader second = mirror.Open(tiny.Url + "whole-3");
        Assert.AreEqual(LoaderReader.NotYet, left.Length);
        Assert.AreEqual(LoaderReader.NotYet, first.Length);
        left.Close();
        Assert.AreEqual(LoaderReader.NotYet, first.Length);
        Assert.AreEqual(LoaderReader.NotYet, second.Length);
        busy[0].Read(0, new byte[10], 0, 10);
        busy[0].Release(10);
        busy[0].Close();
        Wait(() => second.Length == LoaderReader.NotYet && first.Length == 2);
        Assert.AreEqual(LoaderReader.NotYet, second.Length);
        first.Read(0, new byte[2], 0, 2);
        first.Release(2);
        first.Close();
        Wait(() => second.Length == 3);
        second.Close();
        busy[1].Close();
    }

    [TestMethod]
    public void A_thread_that_cannot_start_does_not_keep_its_stream()
    {
        using var mirror = new TinyMirror();
        var device = new WithoutThreads();
        for (int i = 0; i < 4; i++)
        {
            LoaderReader reader = device.Open(mirror.Url + "whole-5000");
            try
            {
                Assert.AreEqual(LoaderReader.Failed, reader.Length);
            }
            catch (NullReferenceException)
            {
                // Even the line in the log took memory that is not there.
            }

            reader.Close();
        }

        device.Threads = true;
        LoaderReader[] readers = [device.Open(mirror.Url + "whole-5000"), device.Open(mirror.Url + "whole-5001")];
        ReadAll(readers[0], 5000);
        ReadAll(readers[1], 5001);
        Array.ForEach(readers, r => r.Close());
    }

    // Opened, its length told to a machine, which has not answered.
    private static LoaderReader Told(Mirror device, string url)
    {
        LoaderReader reader = device.Open(url);
        Wait(() => reader.Length > 0);
        reader.Offer();
        return reader;
    }

    /// <summary>No memory for a thread, nor for a line of the log (it has none).</summary>
    private sealed class WithoutThreads() : Mirror(null)
    {
        public bool Threads { get; set; }

        protected override void Launch(ThreadStart run)
        {
            if (!Threads)
            {
                throw new OutOfMemoryException();
            }

            base.Launch(run);
        }
    }
}
