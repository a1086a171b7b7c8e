using System;
using System.Diagnostics;
using System.Threading;
using Netboot.Boot;
using Netboot.Journal;
using static Netboot.Tests.Boot.StreamReading;

namespace Netboot.Tests.Boot;

/// <summary>Both streams of the mirror are in use, and somebody else waits.</summary>
[TestClass]
public class MirrorHolderTests
{
    private const int Size = 300_001;

    private readonly Log _log = new Log();

    [TestMethod]
    [DataRow(0)]
    [DataRow(8)]
    public void Who_takes_less_than_the_least_rate_gives_way(int bytesInAMillisecond)
    {
        using var tiny = new TinyMirror();
        var mirror = new Mirror(_log);
        LoaderReader[] crawling = [mirror.Open(tiny.Url + "whole-300001"), mirror.Open(tiny.Url + "whole-300001")];
        Wait(() => crawling[0].Length > 0 && crawling[1].Length > 0);
        LoaderReader waiting = mirror.Open(tiny.Url + "whole-20000");
        var buffer = new byte[400];
        var watch = Stopwatch.StartNew();
        int at = 0;
        bool done = false;
        for (int taken = 0; !done && watch.Elapsed < TimeSpan.FromSeconds(20);)
        {
            done = ReadSome(waiting, ref at, 20000);
            if (watch.ElapsedMilliseconds * bytesInAMillisecond > taken + buffer.Length)
            {
                foreach (LoaderReader reader in crawling)
                {
                    if (reader.Read(taken, buffer, 0, buffer.Length) > 0)
                    {
                        reader.Release(taken + buffer.Length);
                    }
                }

                taken += buffer.Length;
            }

            Thread.Sleep(1);
        }

        Console.WriteLine($"served after {watch.ElapsedMilliseconds} ms");
        Assert.IsTrue(done, "served");
        LoaderReader loser = crawling[0].Length == LoaderReader.Failed ? crawling[0] : crawling[1];
        Assert.AreEqual(LoaderReader.Failed, loser.Read(0, buffer, 0, 1));
        Assert.AreEqual("the machine took it too slowly, and others wait", loser.Failure);
        foreach (LoaderReader reader in crawling)
        {
            reader.Close();
        }

        waiting.Close();
        LoaderReader next = mirror.Open(tiny.Url + "whole-5000");
        ReadAll(next, 5000);
        next.Close();
    }

    [TestMethod]
    [DataRow("whole-300001", 20)]
    [DataRow("slow-40000", 0)]
    public void Who_takes_what_there_is_keeps_its_stream(string path, int pause)
    {
        using var tiny = new TinyMirror();
        var mirror = new Mirror(_log);
        int size = int.Parse(path.Split('-')[1]);
        LoaderReader[] readers = [mirror.Open(tiny.Url + path), mirror.Open(tiny.Url + path)];
        LoaderReader waiting = mirror.Open(tiny.Url + "whole-20000");
        int[] at = [0, 0, 0];
        bool[] done = [false, false, false];
        var watch = Stopwatch.StartNew();
        while (!(done[0] && done[1] && done[2]) && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            for (int i = 0; i < 2; i++)
            {
                if (!done[i] && ReadSome(readers[i], ref at[i], size))
                {
                    done[i] = true;
                    readers[i].Close();
                }
            }

            done[2] = done[2] || ReadSome(waiting, ref at[2], 20000);
            Thread.Sleep(pause);
        }

        Assert.IsTrue(done[0] && done[1] && done[2]);
        waiting.Close();
    }

    [TestMethod]
    public void Who_asked_first_is_served_first_and_who_left_holds_nobody_up()
    {
        using var tiny = new TinyMirror();
        var mirror = new Mirror(_log);
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
}
