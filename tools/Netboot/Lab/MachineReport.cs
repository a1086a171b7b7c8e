using System;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>What the booted machine itself said on its console, and whether that is right.</summary>
internal sealed class MachineReport
{
    public const string CommandLineMark = "NETBOOT-CMDLINE";
    public const string MacMark = "NETBOOT-MAC";
    public const string OkMark = "NETBOOT-OK";

    public string? CommandLine { get; private set; }

    public string? Mac { get; private set; }

    public bool SaidOk { get; private set; }

    /// <summary>Takes a console line. A mark counts only at the line's start: the kernel prints its command line too, elsewhere.</summary>
    public void Take(string line)
    {
        if (Value(line, CommandLineMark) is { } commandLine)
        {
            CommandLine = commandLine;
        }
        else if (Value(line, MacMark) is { } mac)
        {
            Mac = mac;
        }
        else if (line == OkMark)
        {
            SaidOk = true;
        }
    }

    /// <summary>Null if the machine is the one that was started, and booted what it was told to; otherwise what is wrong.</summary>
    public string? Fault(string expectedCommandLine, string expectedMac)
    {
        if (!SaidOk)
        {
            return $"the machine did not say {OkMark}";
        }

        // A loader may add a parameter of its own (initrd=…, BOOT_IMAGE=…); it may not lose or change one.
        var given = (CommandLine ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lacking = expectedCommandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(given).ToArray();
        if (lacking.Length > 0)
        {
            return $"the machine's command line lacks {string.Join(' ', lacking)}; it is \"{CommandLine}\"";
        }

        return string.Equals(Mac, expectedMac, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"the machine's address is {Mac ?? "unknown"}, not {expectedMac}";
    }

    private static string? Value(string line, string mark) =>
        line.StartsWith(mark + " ", StringComparison.Ordinal) ? line[(mark.Length + 1)..].Trim() : null;
}
