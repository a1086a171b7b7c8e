using System;
using Netboot.Api;
using Netboot.Board;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Http;
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
    private const int Counters = 2;
    private const int Others = 3;
    private const int Relays = 4;
    private const int Loaders = 5;

    private readonly DeviceApi _device;
    private readonly Counter _counter = new Counter();
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
        _stage == Counters ? LargestCounter : _stage == Others || _stage == Relays ? OthersJson.Largest : PieceSize;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        switch (_stage)
        {
            case Board:
                WriteBoard(writer);
                return Next();
            case Memory:
                WriteMemory(writer);
                return Next();
            case Counters:
                if (_counter.Read(_device, _index))
                {
                    WriteCounter(writer);
                    _index++;
                    return true;
                }

                writer.Text("}},");
                return Next();
            case Others:
                if (OthersJson.Write(writer, _device.Others, _index, _now))
                {
                    _index++;
                    return true;
                }

                writer.Byte(',');
                return Next();
            case Relays:
                if (OthersJson.WriteRelay(writer, _device.Served, ref _index, _now))
                {
                    return true;
                }

                writer.Text(",\"loaders\":[");
                return Next();
            case Loaders:
                if (_device.Files.Describe(_index, _loader))
                {
                    WriteLoader(writer);
                    _index++;
                    return true;
                }

                writer.Text("],\"loadersFrom\":");
                JsonText.String(writer, _device.Rules.Settings.LoadersUrl).Text(",\"missingLoaders\":[");
                WriteMissing(writer);
                writer.Text("]}");
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

    private void WriteBoard(ByteWriter writer)
    {
        IBoard board = _device.Board;
        JsonText.String(writer.Text("{\"name\":"), _device.Rules.Settings.Name);
        writer.Text(",\"version\":\"").Text(NetbootVersion.Text);
        JsonText.String(writer.Text("\",\"board\":"), board.Target);
        JsonText.String(writer.Text(",\"firmware\":"), board.FirmwareVersion);
        JsonText.String(writer.Text(",\"address\":"), _device.Authority);
        byte[] mac = board.MacAddress;
        writer.Text(",\"mac\":");
        if (mac == null)
        {
            writer.Text("null");
        }
        else
        {
            writer.Byte('"').Mac(mac, 0, ':').Byte('"');
        }

        writer.Text(",\"clock\":");
        WriteClock(writer, board.UtcNow);
    }

    private void WriteMemory(ByteWriter writer)
    {
        writer.Text(",\"uptime\":").Number((int)((_now - _device.Started) / 1000));
        writer.Text(",\"freeMemory\":").Number(_device.Supervisor.FreeMemory);
        writer.Text(",\"settingsRoom\":").Number(_device.SettingsRoom);
        writer.Text(",\"restarts\":").Number(_device.Supervisor.Restarts).Text(",\"faults\":").Number(_device.Faults);
        JsonText.String(writer.Text(",\"lastRestart\":"), _device.Supervisor.LastReason);
        JsonText.String(writer.Text(",\"mirror\":"), _device.Rules.Settings.MirrorUrl);
        writer.Text(",\"counters\":{");
    }

    private void WriteCounter(ByteWriter writer)
    {
        if (_counter.IsFirst)
        {
            writer.Text(_index == 0 ? "\"" : "},\"").Text(_counter.Service).Text("\":{\"");
        }
        else
        {
            writer.Text(",\"");
        }

        writer.Text(_counter.Name).Text("\":").Number(_counter.Value);
    }

    private void WriteMissing(ByteWriter writer)
    {
        string comma = "\"";
        for (int i = 0; i < LoaderNames.Usual; i++)
        {
            byte[] name = _device.Files.Missing(i, _device.Rules.Settings);
            if (name != null)
            {
                writer.Text(comma).Raw(name).Byte('"');
                comma = ",\"";
            }
        }
    }

    private void WriteLoader(ByteWriter writer)
    {
        JsonText.String(writer.Text(_index == 0 ? "{\"name\":" : ",{\"name\":"), _loader.Name).Text(",\"source\":\"");
        writer.Text(_loader.Source == LoaderSource.Storage ? "storage" : _loader.Source == LoaderSource.Firmware ? "firmware" : "mirror");
        writer.Text("\",\"bytes\":");
        if (_loader.Length < 0)
        {
            writer.Text("null");
        }
        else
        {
            writer.Number(_loader.Length);
        }

        JsonText.String(writer.Text(",\"version\":"), _loader.Version);
        JsonText.String(writer.Text(",\"hash\":"), _loader.Hash).Byte('}');
    }

    /// <summary>A time as RFC 3339 has it, or null while nobody has told the board what time it is.</summary>
    private static void WriteClock(ByteWriter writer, DateTime time)
    {
        if (time == DateTime.MinValue)
        {
            writer.Text("null");
            return;
        }

        writer.Byte('"').Number(time.Year);
        Two(writer.Byte('-'), time.Month);
        Two(writer.Byte('-'), time.Day);
        Two(writer.Byte('T'), time.Hour);
        Two(writer.Byte(':'), time.Minute);
        Two(writer.Byte(':'), time.Second);
        writer.Text("Z\"");
    }

    private static void Two(ByteWriter writer, int number) => writer.Byte('0' + (number / 10)).Byte('0' + (number % 10));
}
