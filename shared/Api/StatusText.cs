using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Http;
using Netboot.Logging;

namespace Netboot.Api;

/// <summary>The device's state as plain text, for people with a browser, curl or the console; piece by piece. It holds no secret.</summary>
public sealed class StatusText : HttpPieces
{
    /// <summary>
    /// Log lines shown: a page on a phone, and within the budget of IL instructions for a page. One less for each other server.
    /// </summary>
    private const int LogLines = 19;

    // Bytes of a line with its age.
    private const int LargestLine = Log.LineCapacity + 32;

    // The pieces before the log's lines.
    private const int Head = 0;
    private const int Loaders = 1;
    private const int Counted = 2;
    private const int Others = 3;
    private const int FirstLine = 4;

    private readonly DeviceApi _device;
    private readonly long _now;
    private readonly int _first;
    private readonly int _end;
    private int _written;

    /// <summary>The state at <paramref name="now"/> on the device's clock.</summary>
    public StatusText(DeviceApi device, long now)
    {
        _device = device;
        _now = now;
        _end = device.Log.Added;
        int lines = LogLines - device.Others.Count;
        _first = _end > lines ? _end - lines : 0;
    }

    /// <inheritdoc/>
    public override int Largest => _written < FirstLine ? PieceSize : LargestLine;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        _written = index + 1;
        switch (index)
        {
            case Head:
                WriteHead(writer);
                return true;
            case Loaders:
                _device.Files.WriteCatalogue(writer.Text("\n\nLoaders:\n"));
                return true;
            case Counted:
                WriteCounters(writer);
                return true;
            case Others:
                WriteOthers(writer);
                writer.Text("\nLog, newest last:\n");
                return true;
            default:
                return WriteLine(_first + index - FirstLine, writer);
        }
    }

    private void WriteHead(ByteWriter writer)
    {
        writer.Text("Netboot ").Text(NetbootVersion.Text).Text(", ").Raw(_device.Rules.Settings.Name).Text(" at ");
        if (_device.Authority != null)
        {
            writer.Raw(_device.Authority);
        }

        writer.Text("\nUp ").Number((int)((_now - _device.Started) / 1000)).Text(" s\nMirror: ");
        byte[] mirror = _device.Rules.Settings.MirrorUrl;
        if (mirror == null)
        {
            writer.Text("none");
        }
        else
        {
            writer.Raw(mirror);
        }
    }

    private bool WriteLine(int line, ByteWriter writer)
    {
        if (line >= _end)
        {
            return false;
        }

        int start = writer.Length;
        if (_device.Log.Write(line, writer, out long time))
        {
            writer.Text("  (").Number((int)((_now - time) / 1000)).Text(" s ago)\n");
        }
        else
        {
            writer.Truncate(start);
        }

        return true;
    }

    private void WriteOthers(ByteWriter writer)
    {
        var address = new byte[4];
        for (int i = 0; _device.Others.Read(i, address, out OtherServerKind kind, out long heard); i++)
        {
            writer.Text("\nOther server ").Address(address, 0).Text(": ");
            OtherServers.WriteKind(writer, kind);
            writer.Text(" (").Number((int)((_now - heard) / 1000)).Text(" s ago)");
        }

        int index = 0;
        while (_device.Served.ReadHeard(ref index, address, out long asked))
        {
            writer.Text("\nRelay agent ").Address(address, 0).Text(" is not allowed, see [dhcp] relays (")
                .Number((int)((_now - asked) / 1000)).Text(" s ago)");
        }

        writer.Byte('\n');
    }

    private void WriteCounters(ByteWriter writer)
    {
        int[] counts = _device.Log.Counts;
        for (int counter = 0; counter < Counter.Shown; counter++)
        {
            string service = Counter.ServiceFrom(counter);
            writer.Text(service == null ? ", " : "\n" + service.ToUpper() + ": ");
            writer.Text(Counter.NameOf(counter)).Byte(' ').Number(counts[counter]);
        }

        writer.Text("\nFaults survived: ").Number(counts[Counter.LoopFaults]);
    }
}
