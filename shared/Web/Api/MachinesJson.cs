using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>The machines as JSON (see Web/README.md): those of the journal, then those of the settings that were not heard; a piece for each.</summary>
public sealed class MachinesJson : HttpPieces
{
    private readonly NetbootDevice _device;
    private readonly DeviceSettings _settings;
    private readonly MachineRecord _record = new MachineRecord();
    private readonly int _heard;
    private readonly long _now;
    private bool _first = true;

    /// <summary>The machines at a time of the device's clock.</summary>
    public MachinesJson(NetbootDevice device, long now)
    {
        _device = device;
        _settings = device.Rules.Settings;
        _heard = device.Journal.Count;
        _now = now;
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (index == 0)
        {
            writer.Text("{\"now\":").Number((int)_now).Text(",\"machines\":[");
            return true;
        }

        index--;
        if (index < _heard)
        {
            if (_device.Journal.Read(index, _record, _now))
            {
                WriteHeard(writer);
            }

            return true;
        }

        index -= _heard;
        if (index < _settings.Machines.Count)
        {
            _settings.Machines.CopyMac(index, _record.Mac, 0);
            if (!_device.Journal.Find(_record.Mac, 0, _record, _now))
            {
                WriteHead(writer, index);
                writer.Text(",\"seen\":null,\"state\":\"never\"}");
            }

            return true;
        }

        if (index == _settings.Machines.Count)
        {
            writer.Text("]}");
            return true;
        }

        return false;
    }

    private void WriteHead(ByteWriter writer, int machine)
    {
        writer.Text(_first ? "{\"mac\":\"" : ",{\"mac\":\"").Mac(_record.Mac, 0, ':').Byte('"');
        _first = false;
        if (machine < 0)
        {
            writer.Text(",\"known\":false");
            return;
        }

        MachineTable machines = _settings.Machines;
        writer.Text(",\"known\":true");
        if (machines.HasName(machine))
        {
            // Names and profiles are checked by the settings: nothing in them needs an escape.
            writer.Text(",\"name\":\"");
            machines.WriteName(machine, writer);
            writer.Byte('"');
        }

        WriteProfile(writer, ",\"profile\":\"", machines.Profile(machine));
        WriteProfile(writer, ",\"once\":\"", machines.Once(machine));
    }

    private void WriteProfile(ByteWriter writer, string key, int profile)
    {
        if (profile != MachineTable.None)
        {
            writer.Text(key).Raw(_settings.Profiles[profile].Name).Byte('"');
        }
    }

    private void WriteHeard(ByteWriter writer)
    {
        WriteHead(writer, _settings.Machines.FindMac(_record.Mac, 0));
        if (_record.HasUuid)
        {
            UuidText.Write(writer.Text(",\"uuid\":\""), _record.Uuid, 0);
            writer.Byte('"');
        }

        if (_record.Address != 0)
        {
            var address = new byte[4];
            Octets.WriteInt32(address, 0, _record.Address);
            writer.Text(",\"address\":\"").Address(address, 0).Byte('"');
        }

        _record.WriteFirmware(writer.Text(",\"firmware\":\""));
        writer.Text("\",\"seen\":").Number(_record.Ago).Text(",\"state\":\"").Text(StateOf(_record.State));
        writer.Text("\",\"stage\":\"").Text(StageNames.Of(_record.Stage)).Byte('"');
        if (_record.Why != WhyCode.None)
        {
            WriteWhy(writer);
        }

        writer.Text(",\"boots\":[");
        for (int boot = 0; boot < _record.Boots; boot++)
        {
            WriteBoot(writer, boot);
        }

        writer.Text("]}");
    }

    private void WriteWhy(ByteWriter writer)
    {
        var text = new ByteWriter(192, 384);
        _record.WriteWhy(text);
        writer.Text(",\"why\":{\"code\":\"").Text(WhyText.NameOf(_record.Why)).Text("\",\"text\":");
        JsonText.String(writer, text.Buffer, 0, text.Length).Byte('}');
    }

    private void WriteBoot(ByteWriter writer, int boot)
    {
        writer.Text(boot == 0 ? "{\"ago\":" : ",{\"ago\":").Number(_record.BeganAgo(boot)).Text(",\"stages\":[");
        string comma = "";
        for (int stage = 0; stage < StageNames.Count; stage++)
        {
            int at = _record.At(boot, stage);
            if (at < 0)
            {
                continue;
            }

            writer.Text(comma).Text("[").Number(stage).Byte(',').Number(at);
            if (stage == (int)BootStage.Loader && _record.LoaderBytes(boot) > 0)
            {
                writer.Byte(',').Number(_record.LoaderBytes(boot)).Byte(',').Number(_record.LoaderMilliseconds(boot));
            }

            writer.Byte(']');
            comma = ",";
        }

        writer.Text("]}");
    }

    /// <summary>The name of a state.</summary>
    public static string StateOf(MachineState state)
    {
        switch (state)
        {
            case MachineState.Booting: return "booting";
            case MachineState.Up: return "up";
            case MachineState.Failed: return "failed";
            case MachineState.Refused: return "refused";
            case MachineState.Quiet: return "quiet";
            default: return "never";
        }
    }
}
