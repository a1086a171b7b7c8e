using System;
using Netboot.Terminal;

namespace Netboot.Firmware;

/// <summary>
/// Log lines on the USB port: raw text at 921,600 baud when no debugger is attached. The platform writes them itself (ets_printf) and waits
/// until they are out; there is nothing that could be read back.
/// </summary>
internal sealed class UsbLog : ILogSink
{
    /// <inheritdoc/>
    public void Print(string line)
    {
        Console.WriteLine(line);
    }
}
