using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Terminal;

namespace Netboot.Firmware;

/// <summary>
/// Writes the log to the board's debug line as it grows, with the address whenever it changes. Console text leaves by ets_printf on UART0
/// at 921600 baud (facts 5.3), which blocks until the text is out; so a burst is written a few lines at a time.
/// </summary>
public sealed class LogLines : IPolled
{
    private readonly Log _log;
    private readonly INetwork _network;
    private readonly LogPrinter _printer;
    private readonly ByteWriter _line = new ByteWriter(new byte[64]);
    private byte[] _address;

    /// <summary>The lines of <paramref name="log"/>; <paramref name="network"/> is where the page is.</summary>
    public LogLines(Log log, INetwork network)
    {
        _log = log;
        _network = network;
        _printer = new LogPrinter(log, new UsbLog());
    }

    /// <inheritdoc/>
    public string Name
    {
        get { return "log"; }
    }

    /// <inheritdoc/>
    public void Poll(long now)
    {
        byte[] address = _network.Address;
        if (address != _address)
        {
            NoteAddress(address);
            _address = address;
        }

        _printer.Step();
    }

    private void NoteAddress(byte[] address)
    {
        if (address == null)
        {
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "No address: no link, or no DHCP server answers");
        }
        else if (_address == null || !Octets.Equal(address, 0, _address, 0, 4))
        {
            _line.Clear();
            _line.Text("Page and status: http://").Address(address, 0).Byte('/');
            _log.Add(Subsystem.Init, LogEvent.Note, null, 0, 0, 0, 0, _line.Buffer, 0, _line.Length);
        }
    }
}
