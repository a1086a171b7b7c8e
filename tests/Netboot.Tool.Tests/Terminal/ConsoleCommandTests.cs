using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using Netboot.Tool.Terminal;

namespace Netboot.Tool.Tests.Terminal;

/// <summary><c>netboot console</c> on a pseudo-terminal whose other end answers as a device would.</summary>
[TestClass]
public class ConsoleCommandTests
{
    [TestMethod]
    public async Task A_script_is_sent_line_by_line_and_answered()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Pseudo-terminals of Linux are needed.");
        }

        var name = new StringBuilder(256);
        Assert.AreEqual(0, OpenPty(out int master, out int slave, name, IntPtr.Zero, IntPtr.Zero));
        using var device = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        using var other = new SafeFileHandle(slave, ownsHandle: true);
        using Process console = Start(name.ToString());
        string longLine = "profile p command-line " + new string('x', 500);
        await console.StandardInput.WriteAsync($"help\n{longLine}\n");
        console.StandardInput.Close();
        Task<string> shown = console.StandardOutput.ReadToEndAsync();
        Assert.AreEqual("help\r", await Line(device));
        device.Write("help\r\nanswer one\r\n> "u8);
        Assert.AreEqual(longLine + "\r", await Line(device));
        device.Write("answer two\r\n> "u8);
        Assert.AreEqual("help\r\nanswer one\r\n> answer two\r\n> ", await shown.WaitAsync(TimeSpan.FromSeconds(20)));
        await console.WaitForExitAsync();
        Assert.AreEqual(0, console.ExitCode, await console.StandardError.ReadToEndAsync());
    }

    [TestMethod]
    public async Task A_port_that_is_not_there_is_named()
    {
        using Process console = Start("/dev/no-such-port");
        string error = await console.StandardError.ReadToEndAsync();
        await console.WaitForExitAsync();
        Assert.AreEqual(2, console.ExitCode);
        Assert.IsTrue(error.StartsWith("/dev/no-such-port: ", StringComparison.Ordinal), error);
    }

    [TestMethod]
    [DataRow(ConsoleKey.UpArrow, '\0', "\u001b[A")]
    [DataRow(ConsoleKey.Delete, '\0', "\u001b[3~")]
    [DataRow(ConsoleKey.Enter, '\n', "\r")]
    [DataRow(ConsoleKey.Backspace, '\b', "\u007f")]
    [DataRow(ConsoleKey.C, '\u0003', "\u0003")]
    [DataRow(ConsoleKey.A, 'a', "a")]
    [DataRow(ConsoleKey.F5, '\0', "")]
    public void Keys_are_sent_as_terminals_send_them(ConsoleKey key, char character, string expected) =>
        Assert.AreEqual(expected,
        Encoding.UTF8.GetString(KeyBytes.Of(new ConsoleKeyInfo(character, key, shift: false, alt: false, control: false))));

    private static Process Start(string port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KeyBytes).Assembly.Location, "console", port])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    // What the port gets up to a CR.
    private static async Task<string> Line(FileStream device)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length == 0 || line[^1] != '\r')
        {
            int count = await Task.Run(() => device.Read(one, 0, 1)).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.AreEqual(1, count);
            line.Append((char)one[0]);
        }

        return line.ToString();
    }

    [DllImport("libc", EntryPoint = "openpty")]
    private static extern int OpenPty(out int master, out int slave, StringBuilder name, IntPtr terminal, IntPtr size);
}
