// Netboot.Tool.Tests has it too.
#nullable disable

using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Netboot.Tests.Support;

/// <summary>Real programs that tests run against the device, such as TFTP clients, from Debian's packages.</summary>
public static class DebianPackages
{
    /// <summary>Another apt may be at work, the system's own or a second run: it is waited for.</summary>
    private const int WaitSeconds = 300;

    private static readonly object Lock = new();
    private static readonly HashSet<string> Present = new();

    /// <summary>
    /// Makes sure that <paramref name="packages"/> are installed: installs what is missing with apt-get when the tests run as root, and
    /// otherwise fails the test with the command that a person has to run.
    /// </summary>
    public static void Need(params string[] packages)
    {
        lock (Lock)
        {
            var missing = new List<string>();
            foreach (string package in packages)
            {
                if (!Present.Contains(package) && !IsInstalled(package))
                {
                    missing.Add(package);
                }
            }

            if (missing.Count > 0)
            {
                Install(string.Join(" ", missing));
            }

            Present.UnionWith(packages);
        }
    }

    private static bool IsInstalled(string package)
    {
        return File.Exists("/usr/bin/dpkg-query")
            && Run("/usr/bin/dpkg-query", "-W -f ${db:Status-Status} " + package, out string state) == 0 && state == "installed";
    }

    private static void Install(string packages)
    {
        string command = "apt-get install -y " + packages;
        if (!File.Exists("/usr/bin/apt-get") || System.Environment.UserName != "root")
        {
            Assert.Fail("This test runs real clients. On Debian, as root: " + command);
        }

        if (AptGet("install -y --no-install-recommends " + packages, out string output) != 0)
        {
            // A fresh container has no package lists yet.
            AptGet("update", out _);
            if (AptGet("install -y --no-install-recommends " + packages, out output) != 0)
            {
                Assert.Fail(command + " failed:\n" + output);
            }
        }
    }

    // For dpkg's own lock apt-get waits by itself; for those of the package lists and of what was downloaded it does not.
    private static int AptGet(string arguments, out string output)
    {
        Stopwatch waited = Stopwatch.StartNew();
        int exit;
        while ((exit = Run("/usr/bin/apt-get", $"-o DPkg::Lock::Timeout={WaitSeconds} {arguments}", out output)) != 0
            && output.Contains("Could not get lock") && waited.Elapsed.TotalSeconds < WaitSeconds)
        {
            System.Threading.Thread.Sleep(1000);
        }

        return exit;
    }

    private static int Run(string program, string arguments, out string output)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start);
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd();
        output += errors.Result;
        process.WaitForExit();
        return process.ExitCode;
    }
}
