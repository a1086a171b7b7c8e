using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Http;
using Netboot.Logging;
using HttpMethod = System.Net.Http.HttpMethod;

namespace Netboot.Tests.Http;

/// <summary>The service over real sockets, against clients that are not ours.</summary>
[TestClass]
[DoNotParallelize]
public class HttpServiceTests
{
    [TestMethod]
    public async Task HttpClient_gets_texts_queries_and_errors()
    {
        using var bench = new HttpBench();
        using HttpClient client = bench.Client();
        using HttpResponseMessage response = await client.GetAsync("/hello");
        Assert.AreEqual("hello", await response.Content.ReadAsStringAsync());
        Assert.AreEqual("no-store", response.Headers.CacheControl!.ToString());
        Assert.IsTrue(response.Headers.ConnectionClose == true);
        Assert.AreEqual("52:54:00:12:34:56", await client.GetStringAsync("/query?uuid=1&mac=52%3A54:00:12:34:56"));
        Assert.AreEqual(HttpStatusCode.NotFound, (await client.GetAsync("/nothing")).StatusCode);
        Assert.AreEqual(HttpStatusCode.InternalServerError, (await client.GetAsync("/throws")).StatusCode);
        Assert.AreEqual(HttpStatusCode.BadGateway, (await client.GetAsync("/failed")).StatusCode);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, (await client.DeleteAsync("/hello")).StatusCode);
        using HttpResponseMessage head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/file"));
        Assert.AreEqual(HttpBench.FileLength, (int)head.Content.Headers.ContentLength!.Value);
        bench.AssertAtRest();
        Assert.AreEqual(1, bench.Log.Counts[Counter.HttpFaults]);
        Assert.AreEqual(1, bench.Log.Counts[Counter.HttpBad]);
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(5, true)]
    [DataRow(16384, false)]
    [DataRow(16384, true)]
    public async Task HttpClient_posts(int length, bool expect)
    {
        using var bench = new HttpBench();
        using HttpClient client = bench.Client();
        string text = new('p', length);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = new StringContent(text) };
        request.Headers.ExpectContinue = expect;
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.AreEqual(text, await response.Content.ReadAsStringAsync());
        bench.AssertAtRest();
    }

    [TestMethod]
    public async Task Body_that_is_too_long_is_told_so_while_it_is_still_sent()
    {
        using var bench = new HttpBench();
        string answer = await Task.Run(() =>
            bench.Ask("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n" + new string('p', 60000)));
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 413 ", StringComparison.Ordinal), answer);
        Assert.IsTrue(answer.EndsWith("16384 bytes.\n", StringComparison.Ordinal), answer);
        bench.AssertAtRest();
    }

    [TestMethod]
    public void Chunked_body_is_refused_with_a_text()
    {
        using var bench = new HttpBench();
        string answer = bench.Ask("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 411 ", StringComparison.Ordinal) && answer.Contains("Transfer-Encoding"), answer);
    }

    [TestMethod]
    public async Task Ranges_are_answered()
    {
        using var bench = new HttpBench();
        using HttpClient client = bench.Client();
        byte[] part = await Range(client, "/flash", 999_000, null, HttpStatusCode.PartialContent);
        Assert.AreEqual(1000, part.Length);
        Assert.IsTrue(HttpBench.IsFile(part, 999_000));
        part = await Range(client, "/flash", 5000, 104_999, HttpStatusCode.PartialContent);
        Assert.AreEqual(100_000, part.Length);
        Assert.IsTrue(HttpBench.IsFile(part, 5000));
        Assert.AreEqual(HttpBench.FileLength, (await Range(client, "/file", 5000, 6000, HttpStatusCode.OK)).Length);
        Assert.AreEqual(0, (await Range(client, "/flash", 1_000_000, null, HttpStatusCode.RequestedRangeNotSatisfiable)).Length);
        bench.AssertAtRest();
    }

    [TestMethod]
    public async Task Sixteen_machines_load_at_once()
    {
        using var bench = new HttpBench();
        byte[][] files = await Task.WhenAll(Enumerable.Range(1, 16).Select(async i =>
        {
            using HttpClient client = bench.Client(i);
            return await client.GetByteArrayAsync("/file");
        }));
        foreach (byte[] file in files)
        {
            Assert.AreEqual(HttpBench.FileLength, file.Length);
            Assert.IsTrue(HttpBench.IsFile(file, 0));
        }

        Assert.AreEqual(16, bench.Readers.Count);
        Assert.AreEqual(0, bench.Log.Counts[Counter.HttpEvicted]);
        bench.AssertAtRest();
    }

    [TestMethod]
    public async Task One_download_more_than_a_machines_share_all_end()
    {
        using var bench = new HttpBench();
        using HttpClient client = bench.Client();
        byte[][] files = await Task.WhenAll(Enumerable.Range(0, HttpLimits.ConnectionsPerSource + 1)
            .Select(_ => client.GetByteArrayAsync("/file")));
        Assert.IsTrue(files.All(f => f.Length == HttpBench.FileLength));
        bench.AssertAtRest();
    }

    [TestMethod]
    [DataRow("/short")]
    [DataRow("/throws-late")]
    public async Task Source_that_fails_midway_is_noticed_by_the_client(string path)
    {
        using var bench = new HttpBench();
        using HttpClient client = bench.Client();
        bool failed = false;
        try
        {
            await client.GetByteArrayAsync(path);
        }
        catch (HttpRequestException)
        {
            // What is expected: the body is shorter than its length.
            failed = true;
        }

        Assert.IsTrue(failed);
        bench.AssertAtRest();
        Assert.AreEqual("hello", await client.GetStringAsync("/hello"));
    }

    [TestMethod]
    public async Task Slow_loris_in_every_slot_keeps_nobody_out()
    {
        using var bench = new HttpBench();
        var attackers = new List<Socket>();
        for (int i = 0; i < HttpLimits.Connections * 2; i++)
        {
            Socket socket = bench.Connect(100 + i);
            socket.Send("GET / HTTP/1.1\r\nX-A: "u8);
            attackers.Add(socket);
        }

        HttpBench.Until(() => bench.Service.Active >= HttpLimits.Connections, 2000, "the table must fill");
        using var stop = new CancellationTokenSource();
        Task drip = Drip(attackers, stop.Token);
        for (int i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            using HttpClient client = bench.Client(50 + i);
            Assert.AreEqual("hello", await client.GetStringAsync("/hello"));
            Assert.IsTrue(watch.ElapsedMilliseconds < 1500, "served after " + watch.ElapsedMilliseconds + " ms");
        }

        Assert.IsTrue(bench.Log.Counts[Counter.HttpEvicted] > 0);
        await stop.CancelAsync();
        await drip;
        attackers.ForEach(s => s.Dispose());
        Assert.IsTrue(bench.LongestStep < 400, "no step may wait: " + bench.LongestStep + " ms");
        bench.AssertAtRest();
    }

    [TestMethod]
    public async Task One_address_that_takes_all_it_can_leaves_room_for_others()
    {
        using var bench = new HttpBench();
        var attackers = new List<Socket>();
        for (int i = 0; i < 12; i++)
        {
            Socket socket = bench.Connect(200);
            socket.Send("GET /flash HTTP/1.1\r\nHost: h\r\n\r\n"u8);
            attackers.Add(socket);
        }

        // Its share, the one that waits, and the others were turned away.
        HttpBench.Until(() => bench.Log.Counts[Counter.HttpConnections] == 12, 2000, "all must be looked at");
        Assert.AreEqual(HttpLimits.ConnectionsPerSource + 1, bench.Service.Active);
        var watch = Stopwatch.StartNew();
        using HttpClient client = bench.Client(2);
        Assert.AreEqual("hello", await client.GetStringAsync("/hello"));
        Assert.IsTrue(watch.ElapsedMilliseconds < 500, "served after " + watch.ElapsedMilliseconds + " ms");
        attackers.ForEach(s => s.Dispose());
        bench.AssertAtRest();
    }

    [TestMethod]
    public async Task Client_that_leaves_midway_frees_its_slot_and_its_reader()
    {
        using var bench = new HttpBench();
        for (int i = 0; i < 8; i++)
        {
            using Socket socket = bench.Connect(i + 1);
            socket.Send("GET /file HTTP/1.1\r\nHost: h\r\n\r\n"u8);
            socket.Receive(new byte[1000]);
            if (i % 2 == 0)
            {
                socket.LingerState = new LingerOption(true, 0);
            }
        }

        bench.AssertAtRest();
        Assert.AreEqual(8, bench.Readers.Count);
        using HttpClient client = bench.Client();
        Assert.AreEqual("hello", await client.GetStringAsync("/hello"));
    }

    [TestMethod]
    public void Body_that_breaks_off_frees_its_slot()
    {
        using var bench = new HttpBench();
        using (Socket socket = bench.Connect())
        {
            socket.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\nabc"u8);
            HttpBench.Until(() => bench.Service.Active == 1, 1000, "it must be taken");
        }

        bench.AssertAtRest();
        Assert.AreEqual(0, bench.Log.Counts[Counter.HttpRequests]);
    }

    [TestMethod]
    public void Request_byte_by_byte_is_answered()
    {
        using var bench = new HttpBench();
        using Socket socket = bench.Connect();
        foreach (byte b in "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz"u8.ToArray())
        {
            // So that each comes by itself.
            socket.Send([b]);
            Thread.Sleep(1);
        }

        Assert.IsTrue(HttpBench.ReadAll(socket).EndsWith("\r\n\r\nxyz", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Pipelined_garbage_does_not_destroy_the_answer()
    {
        using var bench = new HttpBench();
        for (int i = 0; i < 5; i++)
        {
            string answer = bench.Ask("GET /hello HTTP/1.1\r\nHost: h\r\n\r\nGET /hello HTTP/1.1\r\n" + new string('\u00ff', 20000));
            Assert.IsTrue(answer.EndsWith("\r\n\r\nhello", StringComparison.Ordinal), answer);
        }

        bench.AssertAtRest();
        Assert.AreEqual(5, bench.Log.Counts[Counter.HttpRequests]);
    }

    [TestMethod]
    public void Half_closed_client_gets_its_answer()
    {
        using var bench = new HttpBench();
        using Socket socket = bench.Connect();
        socket.Send("GET /flash HTTP/1.0\r\n\r\n"u8);
        socket.Shutdown(SocketShutdown.Send);
        Assert.IsTrue(HttpBench.ReadAll(socket).Length > HttpBench.FileLength);
    }

    [TestMethod]
    public void Huge_header_is_read_past_or_refused()
    {
        using var bench = new HttpBench();
        Assert.IsTrue(bench.Ask("GET /hello HTTP/1.1\r\nHost: h\r\nX: " + new string('x', 7000) + "\r\n\r\n")
            .EndsWith("hello", StringComparison.Ordinal));
        Assert.IsTrue(bench.Ask("GET /hello HTTP/1.1\r\nHost: h\r\nX: " + new string('x', 50000) + "\r\n\r\n")
            .StartsWith("HTTP/1.1 431 ", StringComparison.Ordinal));
        Assert.IsTrue(bench.Ask("GET /" + new string('x', 5000) + " HTTP/1.1\r\n\r\n")
            .StartsWith("HTTP/1.1 414 ", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Silent_connections_end_in_time()
    {
        using var bench = new HttpBench();
        using Socket silent = bench.Connect(1);
        using Socket half = bench.Connect(2);
        half.Send("GET /hel"u8);
        var watch = Stopwatch.StartNew();
        Assert.AreEqual("", HttpBench.ReadAll(silent));
        Assert.IsTrue(HttpBench.ReadAll(half).StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal));
        Assert.IsTrue(watch.ElapsedMilliseconds is > 4000 and < 7000, watch.ElapsedMilliseconds + " ms");
    }

    [TestMethod]
    public async Task Reset_closes_everything_and_the_next_step_serves_again()
    {
        using var bench = new HttpBench();
        using Socket socket = bench.Connect();
        socket.Send("GET /file HTTP/1.1\r\nHost: h\r\n\r\n"u8);
        socket.Receive(new byte[100]);
        bench.Between(bench.Service.Reset);
        using HttpClient client = bench.Client(2);
        Assert.AreEqual("hello", await client.GetStringAsync("/hello"));
        bench.AssertAtRest();
    }

    [TestMethod]
    public void Curl_gets_a_file_and_a_head_and_resumes()
    {
        using var bench = new HttpBench();
        string url = "http://127.0.0.1:" + bench.Port;
        Assert.AreEqual("200 1000000", Curl("-s", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", url + "/flash"));
        Assert.AreEqual("206 1000", Curl("-s", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", "-r", "-1000", url + "/flash"));
        Assert.AreEqual("200 0", Curl("-s", "-I", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", url + "/file"));
        Assert.AreEqual("a=b&c", Curl("-s", "-d", "a=b&c", url + "/echo"));
        Assert.AreEqual("200 hello", Curl("-s", "--http1.0", "-w", "%{http_code} ", "-o", "/dev/null", url + "/hello")
            + Curl("-s", url + "/hello"));
        Assert.AreEqual("400", Curl("-s", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is", url + "/a/../b"));
    }

    private static string Curl(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("curl", arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("curl is not installed");
            return null;
        }
    }

    private static async Task Drip(List<Socket> sockets, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (Socket socket in sockets)
            {
                try
                {
                    socket.Send("x"u8);
                }
                catch (SocketException)
                {
                    // Evicted; the attack goes on with the others.
                }
            }

            // The attack's pace.
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task<byte[]> Range(HttpClient client, string path, long from, long? to, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(from, to);
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.AreEqual(expected, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
