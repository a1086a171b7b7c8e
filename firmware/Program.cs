using System.Threading;

namespace Netboot.Firmware;

/// <summary>The firmware's entry point.</summary>
public static class Program
{
    /// <summary>Never returns: a board whose last thread has ended sits dead until somebody pulls the plug.</summary>
    public static void Main()
    {
        Thread.Sleep(Timeout.Infinite);
    }
}
