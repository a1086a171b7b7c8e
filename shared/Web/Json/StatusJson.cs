using System;
using Netboot.Api;
using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Loops;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary><c>GET /api/status</c>: the device itself; in pieces, the counters, servers and loaders one by one.</summary>
internal sealed class StatusJson : HttpPieces
{
    // Bytes of a counter: its name, the service's, a number.
    private const int LargestCounter = 96;

    private const int Board = 0;
    private const int Memory = 1;
    private const int Counted = 2;
    private const int Others = 3;
    private const int Relays = 4;
    private const int Loaders = 5;

    private readonly DeviceApi _device;
    private readonly JsonWriter _json = new JsonWriter();
    private readonly LoaderInfo _loader = new LoaderInfo();
    private readonly long _now;
    private int _stage;
    private int _index;

    internal StatusJson(DeviceApi device, long now)
    {
        _device = device;
        _now = now;
    }

    /// <inheritdoc/>
    public override int Largest =>
        _stage == Counted ? LargestCounter : _stage == Others || _stage == Relays ? OthersJson.Largest : PieceSize;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        JsonWriter json = _json.In(writer);
        switch (_stage)
        {
            case Board:
                WriteBoard(json);
                return Next();
            case Memory:
                WriteMemory(json);
                return Next();
            case Counted:
                if (_index < Counter.Shown)
                {
                    WriteCounter(json, _index);
                    _index++;
                    return true;
                }

                json.End('}').End('}');
                return Next();
            case Others:
                if (OthersJson.Write(json, _device.Others, _index, _now))
                {
                    _index++;
                    return true;
                }

                return Next();
            case Relays:
                if (OthersJson.WriteRelay(json, _device.Served, ref _index, _now))
                {
                    return true;
                }

                json.Name("loaders").Begin('[');
                return Next();
            case Loaders:
                if (_device.Files.Describe(_index, _loader))
                {
                    WriteLoader(json);
                    _index++;
                    return true;
                }

                json.End(']').Name("loadersFrom").Value(_device.Rules.Settings.LoadersUrl).Name("missingLoaders").Begin('[');
                WriteMissing(json);
                json.End(']').End('}');
                return Next();
            default:
                return false;
        }
    }

    private bool Next()
    {
        _stage++;
        _index = 0;
        return true;
    }

    private void WriteBoard(JsonWriter json)
    {
        IBoard board = _device.Board;
        json.Begin('{').Name("name").Value(_device.Rules.Settings.Name).Name("version").Word(NetbootVersion.Text);
        json.Name("board").Value(board.Target).Name("firmware").Value(board.FirmwareVersion).Name("address").Value(_device.Authority);
        byte[] mac = board.MacAddress;
        json.Name("mac");
        if (mac == null)
        {
            json.Null();
        }
        else
        {
            json.Mac(mac, 0);
        }

        WriteClock(json.Name("clock"), board.UtcNow);
    }

    private void WriteMemory(JsonWriter json)
    {
        Supervisor supervisor = _device.Supervisor;
        json.Name("uptime").Value((int)((_now - _device.Started) / 1000)).Name("freeMemory").Value(supervisor.FreeMemory);
        json.Name("settingsRoom").Value(_device.SettingsRoom);
        json.Name("restarts").Value(supervisor.Restarts).Name("faults").Value(_device.Log.Counts[Counter.LoopFaults]);
        json.Name("lastRestart").Value(supervisor.LastReason).Name("mirror").Value(_device.Rules.Settings.MirrorUrl);
        json.Name("counters").Begin('{');
    }

    private void WriteCounter(JsonWriter json, int counter)
    {
        string service = Counter.ServiceFrom(counter);
        if (service != null)
        {
            if (counter > 0)
            {
                json.End('}');
            }

            json.Name(service).Begin('{');
        }

        json.Name(Counter.NameOf(counter)).Value(_device.Log.Counts[counter]);
    }

    private void WriteMissing(JsonWriter json)
    {
        for (int i = 0; i < LoaderNames.Usual; i++)
        {
            byte[] name = _device.Files.Missing(i, _device.Rules.Settings);
            if (name != null)
            {
                json.Value(name);
            }
        }
    }

    private void WriteLoader(JsonWriter json)
    {
        LoaderSource source = _loader.Source;
        json.Begin('{').Name("name").Value(_loader.Name);
        json.Name("source").Word(source == LoaderSource.Storage ? "storage" : source == LoaderSource.Firmware ? "firmware" : "mirror");
        json.Name("bytes");
        if (_loader.Length < 0)
        {
            json.Null();
        }
        else
        {
            json.Value(_loader.Length);
        }

        json.Name("version").Value(_loader.Version).Name("hash").Value(_loader.Hash).End('}');
    }

    /// <summary>A time as RFC 3339 has it, or null while nobody has told the board what time it is.</summary>
    private static void WriteClock(JsonWriter json, DateTime time)
    {
        if (time == DateTime.MinValue)
        {
            json.Null();
            return;
        }

        ByteWriter writer = json.BeginText().Number(time.Year);
        Two(writer.Byte('-'), time.Month);
        Two(writer.Byte('-'), time.Day);
        Two(writer.Byte('T'), time.Hour);
        Two(writer.Byte(':'), time.Minute);
        Two(writer.Byte(':'), time.Second);
        writer.Byte('Z');
        json.EndText();
    }

    private static void Two(ByteWriter writer, int number) => writer.Byte('0' + (number / 10)).Byte('0' + (number % 10));
}
