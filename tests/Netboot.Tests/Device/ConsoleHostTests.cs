using System;
using System.Text;
using System.Threading;
using Netboot.Device;
using Netboot.Tests.Terminal;

namespace Netboot.Tests.Device;

/// <summary>A board's console takes memory only while somebody uses it.</summary>
[TestClass]
public class ConsoleHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestMethod]
    public void An_offered_console_opens_with_the_first_key_closes_when_nobody_types_and_opens_again()
    {
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, board, board, board, board, 80);
        var terminal = new FakeTerminal();
        var host = new ConsoleHost(device, board);
        host.Offer(terminal, null);
        host.Watch(0);
        Assert.IsFalse(host.IsOpen);
        try
        {
            for (int time = 1; time < 3; time++)
            {
                Type(terminal, "\r");
                long now = Environment.TickCount64;
                host.Watch(now);
                Assert.IsTrue(host.IsOpen, "time " + time);
                Assert.IsTrue(SpinWait.SpinUntil(() => Prompts(terminal) >= 2 * time, Limit), Shown(terminal));
                host.Watch(now + ConsoleHost.UnusedMilliseconds - 1);
                Assert.IsTrue(host.IsOpen);
                host.Watch(now + (2 * ConsoleHost.UnusedMilliseconds));
                Assert.IsFalse(host.IsOpen);
            }
        }
        finally
        {
            host.Close();
        }
    }

    [TestMethod]
    public void A_console_with_a_line_that_was_begun_stays_open()
    {
        var board = new VirtualBoard();
        var device = new NetbootDevice(board, board, board, board, board, 80);
        var terminal = new FakeTerminal();
        var host = new ConsoleHost(device, board);
        host.Offer(terminal, null);
        Type(terminal, "set device.na");
        try
        {
            long now = Environment.TickCount64;
            host.Watch(now);
            Assert.IsTrue(SpinWait.SpinUntil(() => Shown(terminal).EndsWith("set device.na", StringComparison.Ordinal), Limit),
                Shown(terminal));
            host.Watch(now + (2 * ConsoleHost.UnusedMilliseconds));
            host.Spare();
            Assert.IsTrue(host.IsOpen);
        }
        finally
        {
            host.Close();
        }
    }

    private static void Type(FakeTerminal terminal, string text) => terminal.Type(Encoding.ASCII.GetBytes(text));

    private static string Shown(FakeTerminal terminal) => terminal.Shown.ToString();

    private static int Prompts(FakeTerminal terminal) => Shown(terminal).Split("netboot> ").Length - 1;
}
