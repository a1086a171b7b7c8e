using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tests.Setup;
using Netboot.Tests.Support;
using Netboot.Tool.Run;

namespace Netboot.Tool.Tests.Run;

/// <summary>
/// The virtual device's name, asked for by Avahi over a cable between two namespaces. (dig 9.18 is no help as a resolver of unicast DNS: it
/// asks the group, but hears only what the group's address answers.)
/// </summary>
[TestClass]
public sealed class NameOnTheLanTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    // First both announcements go by, so that what is found was asked for. In a mount namespace of its own: its D-Bus and its files in /run
    // are not the host's. Ends what it started.
    private const string Resolve =
        """
        sleep 2
        mount -t tmpfs none /run
        mkdir -p /run/dbus /run/avahi-daemon
        chown avahi /run/avahi-daemon
        dbus-daemon --system --nofork --nopidfile >/dev/null 2>&1 &
        bus=$!
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -S /run/dbus/system_bus_socket ] || sleep 0.2; done
        avahi-daemon --no-drop-root --no-rlimits --no-chroot >/dev/null 2>&1 &
        avahi=$!
        for i in 1 2 3 4 5 6 7 8 9 10; do avahi-resolve -n "$(hostname).local" >/dev/null 2>&1 && break; sleep 0.5; done
        for name in "$@"; do avahi-resolve -4 -n "$name" 2>&1; done
        kill $avahi $bus
        wait
        """;

    [TestMethod]
    public void Avahi_finds_the_virtual_device_by_its_name()
    {
        DebianPackages.Need("iproute2", "avahi-daemon", "avahi-utils", "dbus");
        using var folder = new TestFolder();
        using var namespaces = new NetworkNamespaces();
        Client(namespaces, "ip address add 192.168.4.20/24 dev wlan");
        Client(namespaces, "ip route add default dev wlan");
        Client(namespaces, "ip link set lo up");
        var settings = folder.Write("settings", Encoding.ASCII.GetBytes("[device]\nname = Shelf-7\n"));
        var script = folder.Write("resolve", Encoding.ASCII.GetBytes(Resolve));
        Directory.CreateDirectory(Path.Combine(folder.Path, "loaders"));
        using Process device = Start(namespaces.Server, settings, Path.Combine(folder.Path, "loaders"));
        try
        {
            var log = new StringBuilder();
            Assert.IsTrue(UntilListening(device, log), log.ToString());

            var avahi = Client(namespaces, $"unshare -m sh {script} shelf-7.local shelf-8.local");
            Assert.Contains("shelf-7.local\t192.168.4.1", avahi);
            Assert.Contains("Failed to resolve host name 'shelf-8.local': Timeout reached", avahi);
        }
        finally
        {
            device.Kill();
            device.WaitForExit();
        }
    }

    private static string Client(NetworkNamespaces namespaces, string command)
    {
        var output = namespaces.InClient(command, out var code);
        Assert.AreEqual(0, code, command + ": " + output);
        return output;
    }

    private static Process Start(string space, string settings, string loaders)
    {
        // "ip netns exec" becomes the program that it starts, so killing it kills the device.
        var start = new ProcessStartInfo("/usr/sbin/ip") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "netns", "exec", space, "dotnet", typeof(RunCommand).Assembly.Location, "run", "--interface", "air", "--settings", settings,
                "--loaders", loaders, "--plain",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static bool UntilListening(Process device, StringBuilder log)
    {
        Task<string> errors = device.StandardError.ReadToEndAsync();
        var lines = Task.Run(() =>
        {
            while (device.StandardOutput.ReadLine() is { } line)
            {
                log.AppendLine(line);
                if (line.Contains("Listening on port 5353", StringComparison.Ordinal))
                {
                    _ = device.StandardOutput.ReadToEndAsync();
                    return true;
                }
            }

            log.Append(errors.Result);
            return false;
        });
        return lines.Wait(s_limit) && lines.Result;
    }
}
