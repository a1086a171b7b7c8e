using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// The machines as JSON (see Web/README.md): those of the journal, then those of the settings that were not heard; two pieces for one
/// that was heard, one for the others. One answer holds a part of them, so that none takes a board longer than 120 ms; and only what
/// changed, for who knows the rest.
/// </summary>
public sealed class MachinesJson : HttpPieces
{
    /// <summary>What an answer may cost: one that was heard counts <see cref="HeardCost"/>, one that was not counts 1.</summary>
    public const int MostCost = 32;

    /// <summary>See <see cref="MostCost"/>.</summary>
    public const int HeardCost = 8;

    // Bytes of one that was not heard, with the list's end: its name and two profiles' of 24 bytes each.
    private const int LargestListed = 256;

    // Bytes of a boot with all its stages, each at a time of ten digits.
    private const int LargestBoot = 216;

    private readonly DeviceApi _device;
    private readonly DeviceSettings _settings;
    private readonly MachineRecord _record = new MachineRecord();
    private readonly int _heard;
    private readonly int _age;
    private readonly long _now;
    private readonly int _clock;
    private int _next;
    private int _cost;
    private bool _first = true;
    private bool _ended;

    // The boots of the machine in _record are due.
    private bool _boots;

    /// <summary>
    /// The machines at a time of the device's clock, from number <paramref name="from"/> on. With <paramref name="since"/> (the <c>now</c>
    /// of an earlier answer, 0 for all) only those that changed after it; of the settings' others none.
    /// </summary>
    public MachinesJson(DeviceApi device, int from, int since, long now)
    {
        _device = device;
        _settings = device.Rules.Settings;
        _heard = device.Journal.Count;
        _next = from;

        // The device's clock in 31 bits: differences stay right when it begins anew after 24 days.
        _clock = (int)now & int.MaxValue;
        _age = since == 0 ? int.MaxValue : (_clock - since) & int.MaxValue;
        _now = now;
    }

    /// <inheritdoc/>
    public override int Largest => _boots ? _record.Boots * LargestBoot : _next < _heard ? PieceSize : LargestListed;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (index == 0)
        {
            writer.Text("{\"now\":").Number(_clock).Text(",\"settings\":").Number(_device.SettingsNumber).Text(",\"machines\":[");
            return true;
        }

        if (_ended)
        {
            return false;
        }

        if (_boots)
        {
            WriteBoots(writer);
            return true;
        }

        int all = _age == int.MaxValue ? _heard + _settings.Machines.Count : _heard;
        if (_next >= all || _cost >= MostCost)
        {
            _ended = true;
            writer.Text("],\"next\":");
            if (_next < all)
            {
                writer.Number(_next).Byte('}');
            }
            else
            {
                writer.Text("null}");
            }

            return true;
        }

        int number = _next++;
        if (number < _heard)
        {
            WriteHeard(writer, number);
        }
        else
        {
            WriteListed(writer, number - _heard);
        }

        return true;
    }

    private void WriteListed(ByteWriter writer, int machine)
    {
        _cost++;
        _settings.Machines.CopyMac(machine, _record.Mac, 0);
        if (!_device.Journal.Knows(_record.Mac, 0))
        {
            WriteHead(writer, machine);
            writer.Text(",\"seen\":null,\"state\":\"never\"}");
        }
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
            _settings.Profiles[profile].WriteName(writer.Text(key));
            writer.Byte('"');
        }
    }

    private void WriteHeard(ByteWriter writer, int number)
    {
        if (!_device.Journal.Read(number, _age, _record, _now))
        {
            return;
        }

        _cost += HeardCost;
        WriteHead(writer, _settings.Machines.FindMac(_record.Mac, 0));
        if (_record.HasUuid)
        {
            UuidText.WriteMixed(writer.Text(",\"uuid\":\""), _record.Uuid, 0);
            writer.Byte('"');
        }

        if (_record.Address != 0)
        {
            var address = new byte[4];
            Octets.WriteInt32(address, 0, _record.Address);
            writer.Text(",\"address\":\"").Address(address, 0).Byte('"');
        }

        _record.WriteFirmware(writer.Text(",\"firmware\":\""));
        writer.Text("\",\"seen\":").Number(_record.Ago).Text(",\"state\":\"").Text(MachineStates.NameOf(_record.State));
        writer.Text("\",\"stage\":\"").Text(StageNames.Of(_record.Stage)).Byte('"');
        if (_record.Why != WhyCode.None)
        {
            WriteWhy(writer);
        }

        _boots = true;
    }

    private void WriteBoots(ByteWriter writer)
    {
        _boots = false;
        writer.Text(",\"boots\":[");
        for (int boot = 0; boot < _record.Boots; boot++)
        {
            WriteBoot(writer, boot);
        }

        writer.Text("]}");
    }

    private void WriteWhy(ByteWriter writer)
    {
        var text = new ByteWriter(192, 448);
        _record.WriteWhy(text);
        MirrorTarget.WriteUrl(text, _record, _device.Rules);
        writer.Text(",\"why\":{\"code\":\"").Text(WhyText.NameOf(_record.Why)).Text("\",\"text\":");
        JsonText.Printable(writer, text.Buffer, 0, text.Length).Byte('}');
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
}
