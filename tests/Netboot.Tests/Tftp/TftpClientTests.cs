using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Netboot.Logging;
using Netboot.Tests.Support;

namespace Netboot.Tests.Tftp;

/// <summary>The service with real clients: tftp-hpa, atftp and curl, over loopback.</summary>
[TestClass]
public class TftpClientTests
{
    // Longest time for one fetch, far above what the slowest needs on a busy machine.
    private const int Patience = 60000;

    private static readonly int[] Sizes = { 0, 1, 511, 512, 513, 1468, 1468 * 7, 301056 };

    [ClassInitialize]
    public static void NeedClients(TestContext context)
    {
        _ = context;
        DebianPackages.Need("tftp-hpa", "atftp", "curl");
    }

    [TestMethod]
    [DataRow("curl --tftp-no-options")]
    [DataRow("curl")]
    [DataRow("curl --tftp-blksize 8")]
    [DataRow("curl --tftp-blksize 1468")]
    [DataRow("curl --tftp-blksize 65464")]
    [DataRow("tftp")]
    [DataRow("atftp")]
    [DataRow("atftp --option 'blksize 1468' --option 'tsize enable'")]
    [DataRow("atftp --option 'blksize 1468' --option 'windowsize 4'")]
    [DataRow("atftp --option 'blksize 512' --option 'windowsize 64'")]
    [DataRow("atftp --option 'blksize 1432' --option 'timeout 2' --option 'windowsize 3'")]
    public void Client_gets_files_of_sizes_around_one_block_and_of_many_blocks(string client)
    {
        using var board = new LoopbackBoard();
        int fetched = 0;
        foreach (int size in Sizes)
        {
            // 301,056 bytes in blocks of 8 would only repeat what the wrap-around test shows.
            if (size > 100000 && client.EndsWith(" 8"))
            {
                continue;
            }

            // curl takes "tsize 0" in an OACK for an error of the server's (exit code 71), whatever RFC 2349 says of the size of an empty
            // file.
            if (size == 0 && client.StartsWith("curl") && !client.EndsWith("no-options"))
            {
                continue;
            }

            Fetch(client, board.Port, size, out string output);
            fetched++;
            Assert.AreEqual(0, board.Log.Counts[Counter.TftpFailed], client + " " + size + "\n" + output + board.Lines());
        }

        WaitFor(() =>
            board.Log.Counts[Counter.TftpCompleted] == fetched, client + ": completed " + board.Log.Counts[Counter.TftpCompleted] + " of " + fetched);
        Assert.AreEqual(0, board.Log.Counts[Counter.TftpRepeated], client + ": nothing needs to be sent twice on loopback");
    }

    [TestMethod]
    [DataRow("curl --tftp-blksize 8", (65536 * 8) + 1000)]
    [DataRow("atftp --option 'blksize 8' --option 'windowsize 4'", (65536 * 8) + 1000)]
    [DataRow("tftp", (65536 * 512) + 1000)]
    public void Block_numbers_wrap_as_the_client_expects(string client, int size)
    {
        using var board = new LoopbackBoard();
        Fetch(client, board.Port, size, out _);
        Assert.AreEqual(0, board.Log.Counts[Counter.TftpFailed], client);
    }

    [TestMethod]
    public void Clients_get_whole_files_over_a_lossy_relay()
    {
        string[] clients =
        {
            // With options curl negotiates a timeout of 6 s, and every loss takes that long.
            "curl --tftp-no-options",
            "atftp --tftp-timeout 2 --option 'blksize 1468' --option 'windowsize 4'",
            "atftp --tftp-timeout 2 --option 'blksize 1024' --option 'timeout 1'",
        };
        using var board = new LoopbackBoard();
        var tasks = new Task[clients.Length];
        var lost = new int[clients.Length];
        for (int i = 0; i < clients.Length; i++)
        {
            int index = i;
            tasks[i] = Task.Run(() =>
            {
                using var relay = new LossyRelay(board.Port, 7 + index, 3);
                var watch = Stopwatch.StartNew();
                Fetch(clients[index], relay.Port, 40000, out _);
                Console.WriteLine(clients[index] + ": " + watch.ElapsedMilliseconds + " ms");
                lost[index] = relay.Lost;
            });
        }

        Task.WaitAll(tasks);
        Console.WriteLine("lost " + string.Join(", ", lost) + ", sent again " + board.Log.Counts[Counter.TftpRepeated]);
        Assert.IsTrue(board.Log.Counts[Counter.TftpRepeated] > 0, "losses were made good");
    }

    [TestMethod]
    public void Eight_clients_of_one_address_that_start_at_once_all_get_their_files()
    {
        // All from one address: four have a place, four wait in their own retry and come in as places get free.
        using var board = new LoopbackBoard();
        var tasks = new Task[8];
        for (int i = 0; i < tasks.Length; i++)
        {
            int size = 200000 + i;
            tasks[i] = Task.Run(() => Fetch("atftp --tftp-timeout 1 --option 'blksize 1468'", board.Port, size, out _));
        }

        Task.WaitAll(tasks);
        WaitFor(() => board.Log.Counts[Counter.TftpCompleted] == 8, "completed " + board.Log.Counts[Counter.TftpCompleted]);
    }

    [TestMethod]
    public void Missing_file_ends_at_once_with_not_found()
    {
        using var board = new LoopbackBoard();
        var watch = Stopwatch.StartNew();
        string output = Run("curl -sS tftp://127.0.0.1:" + board.Port + "/revocations.efi", out int code);
        Assert.AreEqual(68, code, "curl: TFTP file not found; " + output);
        output = Run("tftp -m binary 127.0.0.1 " + board.Port + " -c get revocations.efi /dev/null", out _);
        StringAssert.Contains(output, "file not found", "tftp-hpa");
        output = Run("tftp -m netascii 127.0.0.1 " + board.Port + " -c get size-5 /dev/null", out _);
        StringAssert.Contains(output, "only octet (binary) mode", "netascii");
        Assert.IsTrue(watch.ElapsedMilliseconds < 5000, "at once");
        StringAssert.Contains(board.Lines(), "[TFTP] No such file for 127.0.0.1: revocations.efi", "log");
    }

    [TestMethod]
    public void Writing_is_refused()
    {
        using var board = new LoopbackBoard();
        string output = Run("echo x > upload.bin; tftp -m binary 127.0.0.1 " + board.Port + " -c put upload.bin size-9", out _);
        StringAssert.Contains(output, "read-only server", "tftp-hpa");
    }

    private static void Fetch(string client, int port, int size, out string output)
    {
        string file = Path.Combine(Path.GetTempPath(), "netboot-" + Guid.NewGuid().ToString("N"));
        string name = "size-" + size;
        string command = client.StartsWith("curl")
            ? client + " -sS -o " + file + " tftp://127.0.0.1:" + port + "/" + name
            : client.StartsWith("atftp")
                ? client + " -g -r " + name + " -l " + file + " 127.0.0.1 " + port
                : client + " -m binary 127.0.0.1 " + port + " -c get " + name + " " + file;
        output = Run(command, out int code);
        string what = command + " said " + code + " " + output;
        Assert.AreEqual(0, code, what);

        // curl makes no file when there is nothing to put in it.
        byte[] content = File.Exists(file) ? File.ReadAllBytes(file) : size == 0 ? Array.Empty<byte>() : null;
        Assert.IsNotNull(content, what);
        File.Delete(file);
        LoopbackBoard.AssertContent(content, size, what);
    }

    private static string Run(string command, out int code)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        using Process process = Process.Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(true);
            Assert.Fail(command + " did not end in " + Patience + " ms");
        }

        code = process.ExitCode;
        return output.Result + errors.Result;
    }

    private static void WaitFor(Func<bool> condition, string what)
    {
        for (int i = 0; i < 300 && !condition(); i++)
        {
            System.Threading.Thread.Sleep(10);
        }

        Assert.IsTrue(condition(), what);
    }
}
