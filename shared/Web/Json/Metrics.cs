using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Loops;

namespace Netboot.Web;

/// <summary><c>GET /metrics</c>: the counters in Prometheus' text format 0.0.4, and how many machines are in which state.</summary>
internal sealed class Metrics : HttpPieces
{
    // Bytes of a counter's two lines: its name twice, a number.
    private const int LargestCounter = 160;

    private readonly DeviceApi _device;
    private readonly MachineRecord _record = new MachineRecord();
    private readonly long _now;
    private string _service;
    private int _stage;
    private int _index;

    internal Metrics(DeviceApi device, long now)
    {
        _device = device;
        _now = now;
    }

    /// <inheritdoc/>
    public override int Largest => _stage == 0 ? LargestCounter : PieceSize;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        switch (_stage)
        {
            case 0:
                WriteCounter(writer, _index++);
                _stage = _index < Counter.Shown ? 0 : 1;
                return true;
            case 1:
                _stage++;
                WriteDevice(writer);
                return true;
            case 2:
                _stage++;
                WriteMachines(writer);
                return true;
            default:
                return false;
        }
    }

    private void WriteCounter(ByteWriter writer, int counter)
    {
        _service = Counter.ServiceFrom(counter) ?? _service;
        bool isGauge = Counter.IsGauge(counter);
        writer.Text("# TYPE ");
        int name = writer.Length;
        writer.Text("netboot_").Text(_service).Byte('_').Text(Counter.NameOf(counter)).Text(isGauge ? "" : "_total");
        int length = writer.Length - name;
        writer.Text(isGauge ? " gauge\n" : " counter\n").Raw(writer.Buffer, name, length).Byte(' ')
            .Number(_device.Log.Counts[counter]).Byte('\n');
    }

    private void WriteDevice(ByteWriter writer)
    {
        writer.Text("# TYPE netboot_info gauge\nnetboot_info{version=\"").Text(NetbootVersion.Text).Text("\"} 1\n");
        Gauge(writer, "uptime_seconds", (int)((_now - _device.Started) / 1000));
        Gauge(writer, "faults", _device.Log.Counts[Counter.LoopFaults]);
        Gauge(writer, "thread_restarts", _device.Supervisor.Restarts);
        if (_device.Supervisor.FreeMemory >= 0)
        {
            Gauge(writer, "free_memory_bytes", _device.Supervisor.FreeMemory);
        }
    }

    private void WriteMachines(ByteWriter writer)
    {
        var counts = new int[(int)MachineState.Silent + 1];
        for (int i = 0; _device.Journal.Read(i, _record, _now); i++)
        {
            counts[(int)_record.State]++;
        }

        writer.Text("# TYPE netboot_machines gauge\n");
        for (int i = 1; i < counts.Length; i++)
        {
            writer.Text("netboot_machines{state=\"").Text(MachineStates.NameOf((MachineState)i)).Text("\"} ").Number(counts[i]).Byte('\n');
        }
    }

    private static void Gauge(ByteWriter writer, string name, int value) =>
        writer.Text("# TYPE netboot_").Text(name).Text(" gauge\nnetboot_").Text(name).Byte(' ').Number(value).Byte('\n');
}
