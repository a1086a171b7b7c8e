using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Netboot.Board;
using Netboot.Tool.Mirror;

namespace Netboot.Tool.Tests.Run;

/// <summary>What goes wrong with the netboot command from outside is told in one line that says what to do, not by a stack trace.</summary>
[TestClass]
public sealed class OneLineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task A_mirror_on_an_address_of_another_machine_says_so()
    {
        string error = await Refused(2, "mirror", ".", "--listen", "192.0.2.1:8080");
        Assert.StartsWith("Cannot listen on 192.0.2.1:8080: that address is not one of this machine's. It has: ", error);
    }

    [TestMethod]
    public async Task A_mirror_on_a_port_that_is_taken_names_who_has_it()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        string error = await Refused(2, "mirror", ".", "--listen", other.LocalEndPoint!.ToString()!);
        Assert.StartsWith($"Cannot listen on {other.LocalEndPoint}: TCP port {((IPEndPoint)other.LocalEndPoint).Port} is taken by ", error);
    }

    [TestMethod]
    public async Task The_embedded_mirrors_port_that_is_taken_is_told_the_same_way()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            other.Bind(new IPEndPoint(IPAddress.Loopback, 8081));
            other.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // By another run of this test: as good.
        }

        string error = await Refused(2, "run", "--interface", "lo", "--serve", ".", "--http-port", "8580", "--plain");
        Assert.StartsWith("Cannot listen on 127.0.0.1:8081: TCP port 8081 is taken by ", error);
    }

    [TestMethod]
    public async Task A_storage_that_is_a_file_is_told_in_one_line()
    {
        using var folder = new TestFolder();
        string file = folder.Write("file", [1]);
        string error = await Refused(1, "run", "--interface", "lo", "--storage", file, "--http-port", "8581", "--plain");
        Assert.Contains(file, error);
    }

    [TestMethod]
    public async Task A_loader_folder_that_is_not_there_is_named()
    {
        string error = await Refused(2, "run", "--interface", "lo", "--loaders", "/no/such/folder", "--http-port", "8582", "--plain");
        Assert.AreEqual("There is no '/no/such/folder' for --loaders.", error.Trim());
    }

    [TestMethod]
    [DataRow("192.168.1.10", "192.168.1.10:8080")]
    [DataRow("192.168.1.10:0", "192.168.1.10:0")]
    [DataRow("127.0.0.1:81", "127.0.0.1:81")]
    [DataRow("[::1]:81", "[::1]:81")]
    [DataRow("::1", "[::1]:8080")]
    [DataRow("nas:81", null)]
    [DataRow("", null)]
    public void An_address_without_a_port_listens_on_the_usual_one(string given, string? expected) =>
        Assert.AreEqual(expected, MirrorCommand.EndPointOf(given)?.ToString());

    [TestMethod]
    public async Task The_version_is_the_devices()
    {
        using Process process = Start("--version");
        string version = await process.StandardOutput.ReadToEndAsync();
        Assert.AreEqual(NetbootVersion.Text, version.Trim());
    }

    private static async Task<string> Refused(int exit, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail("it runs: " + await output);
        }

        Assert.AreEqual(exit, process.ExitCode, await error);
        Assert.HasCount(1, (await error).Trim().Split('\n'), await error);
        return await error;
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(MirrorCommand).Assembly.Location, .. arguments]) { RedirectStandardOutput = true,
        RedirectStandardError = true })!;
}
