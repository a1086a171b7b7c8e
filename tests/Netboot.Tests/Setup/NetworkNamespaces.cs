// Netboot.Tool.Tests has it too.
#nullable disable

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Netboot.Tests.Setup;

/// <summary>
/// Two network namespaces of this test's own with a cable between them: a server's and a client's. Nothing outside them is touched.
/// </summary>
internal sealed class NetworkNamespaces : IDisposable
{
    private const int CloneNewNet = 0x40000000;

    public NetworkNamespaces()
    {
        string name = "nbt" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Server = name + "s";
        Client = name + "c";
        Ip("netns add " + Server);
        Ip("netns add " + Client);
        Ip($"-n {Server} link add air type veth peer name wlan netns {Client}");
        Ip($"-n {Server} address add 192.168.4.1/24 dev air");
        Ip($"-n {Server} link set air up");
        Ip($"-n {Server} route add default dev air");
        Ip($"-n {Client} link set wlan up");
    }

    /// <summary>The server's namespace; its end of the cable is <c>air</c>, 192.168.4.1.</summary>
    public string Server { get; }

    /// <summary>The client's namespace; its end of the cable is <c>wlan</c>.</summary>
    public string Client { get; }

    /// <summary>Runs a command in the client's namespace; gives its output and exit code.</summary>
    public string InClient(string command, out int code) => Run("/usr/sbin/ip", $"netns exec {Client} {command}", out code);

    /// <summary>
    /// Runs <paramref name="action"/> on a thread of its own in the server's namespace; threads and sockets that it makes are there too.
    /// </summary>
    public void InServer(Action action)
    {
        Exception fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle("/run/netns/" + Server);
                if (SetNamespace((int)handle.DangerousGetHandle(), CloneNewNet) != 0)
                {
                    throw new IOException("setns failed: " + Marshal.GetLastPInvokeError());
                }

                action();
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        if (fault != null)
        {
            throw new IOException("in the server's namespace", fault);
        }
    }

    public void Dispose()
    {
        Run("/usr/sbin/ip", "netns delete " + Server, out _);
        Run("/usr/sbin/ip", "netns delete " + Client, out _);
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(int handle, int kind);

    private static void Ip(string arguments)
    {
        string output = Run("/usr/sbin/ip", arguments, out int code);
        Assert.AreEqual(0, code, "ip " + arguments + ": " + output);
    }

    private static string Run(string program, string arguments, out int code)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        code = process.ExitCode;
        return output;
    }
}
