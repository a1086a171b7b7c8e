using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Journal;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// The machines as JSON (see Web/README.md): those of the journal, then those of the settings that were not heard, and what is set there
/// for all machines whose addresses begin alike; two pieces for one that was heard, one for the others. One answer holds a part of them, so
/// that none takes a board longer than 120 ms; and only what
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
    private readonly JsonWriter _json = new JsonWriter();
    private readonly DeviceSettings _settings;
    private readonly MachineRecord _record = new MachineRecord();
    private readonly int _heard;
    private readonly int _age;
    private readonly long _now;
    private readonly int _clock;
    private int _next;
    private int _cost;
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
        JsonWriter json = _json.In(writer);
        if (index == 0)
        {
            json.Begin('{').Name("now").Value(_clock).Name("settings").Value(_device.SettingsNumber).Name("machines").Begin('[');
            return true;
        }

        if (_ended)
        {
            return false;
        }

        if (_boots)
        {
            WriteBoots(json);
            return true;
        }

        int all = _age == int.MaxValue ? _heard + _settings.Machines.Count : _heard;
        if (_next >= all || _cost >= MostCost)
        {
            _ended = true;
            json.End(']').Name("next");
            if (_next < all)
            {
                json.Value(_next);
            }
            else
            {
                json.Null();
            }

            json.End('}');
            return true;
        }

        int number = _next++;
        if (number < _heard)
        {
            WriteHeard(json, number);
        }
        else
        {
            WriteListed(json, number - _heard);
        }

        return true;
    }

    private void WriteListed(JsonWriter json, int machine)
    {
        _cost++;
        if (_settings.Machines.IsPrefix(machine))
        {
            WritePrefix(json.Begin('{'), machine);
            WriteOwn(json.Name("known").Value(true), machine);
            json.End('}');
            return;
        }

        _settings.Machines.CopyMac(machine, _record.Mac, 0);
        if (!_device.Journal.Knows(_record.Mac, 0))
        {
            WriteHead(json, machine);
            json.Name("seen").Null().Name("state").Word("never").End('}');
        }
    }

    // Names and profiles are checked by the settings: nothing in them needs an escape.
    private void WriteHead(JsonWriter json, int machine)
    {
        json.Begin('{').Name("mac").Mac(_record.Mac, 0).Name("known").Value(machine >= 0);
        if (machine >= 0)
        {
            WriteOwn(json, machine);
        }
    }

    private void WritePrefix(JsonWriter json, int machine)
    {
        _settings.Machines.WriteKey(machine, json.Name("prefix").BeginText());
        json.EndText();
    }

    private void WriteOwn(JsonWriter json, int machine)
    {
        MachineTable machines = _settings.Machines;
        if (machines.HasName(machine))
        {
            machines.WriteName(machine, json.Name("name").BeginText());
            json.EndText();
        }

        WriteProfile(json, "profile", machines.Profile(machine));
        WriteProfile(json, "once", machines.Once(machine));
    }

    private void WriteProfile(JsonWriter json, string name, int profile)
    {
        if (profile != MachineTable.None)
        {
            _settings.Profiles[profile].WriteName(json.Name(name).BeginText());
            json.EndText();
        }
    }

    private void WriteHeard(JsonWriter json, int number)
    {
        if (!_device.Journal.Read(number, _age, _record, _now))
        {
            return;
        }

        _cost += HeardCost;
        MachineTable machines = _settings.Machines;
        int own = machines.FindMac(_record.Mac, 0);
        WriteHead(json, own);
        if (own < 0 && machines.HasPrefixes)
        {
            WriteSectionOf(json);
        }

        if (_record.HasUuid)
        {
            UuidText.WriteMixed(json.Name("uuid").BeginText(), _record.Uuid, 0);
            json.EndText();
        }

        if (_record.Address != 0)
        {
            var address = new byte[4];
            Octets.WriteInt32(address, 0, _record.Address);
            json.Name("address").Address(address, 0);
        }

        _record.WriteFirmware(json.Name("firmware").BeginText());
        json.EndText().Name("seen").Value(_record.Ago).Name("state").Word(MachineStates.NameOf(_record.State));
        json.Name("stage").Word(StageNames.Of(_record.Stage));
        if (_record.Why != WhyCode.None)
        {
            WriteWhy(json);
        }

        _boots = true;
    }

    // The section that counts for a machine without one of its own, unless that is another's by its UUID.
    private void WriteSectionOf(JsonWriter json)
    {
        MachineTable machines = _settings.Machines;
        int section = _record.HasUuid && machines.FindUuid(_record.Uuid, 0) >= 0 ? -1 : machines.FindPrefix(_record.Mac, 0);
        if (section >= 0)
        {
            WritePrefix(json, section);
        }
    }

    private void WriteBoots(JsonWriter json)
    {
        _boots = false;
        json.Name("boots").Begin('[');
        for (int boot = 0; boot < _record.Boots; boot++)
        {
            WriteBoot(json, boot);
        }

        json.End(']').End('}');
    }

    private void WriteWhy(JsonWriter json)
    {
        var text = new ByteWriter(192, 448);
        _record.WriteWhy(text);
        MirrorTarget.WriteUrl(text, _record, _device.Rules);
        json.Name("why").Begin('{').Name("code").Word(WhyText.NameOf(_record.Why));
        json.Name("text").Printable(text).End('}');
    }

    private void WriteBoot(JsonWriter json, int boot)
    {
        json.Begin('{').Name("ago").Value(_record.BeganAgo(boot)).Name("stages").Begin('[');
        for (int stage = 0; stage < StageNames.Count; stage++)
        {
            int at = _record.At(boot, stage);
            if (at >= 0)
            {
                json.Begin('[').Value(stage).Value(at);
                if (stage == (int)BootStage.Loader && _record.LoaderBytes(boot) > 0)
                {
                    json.Value(_record.LoaderBytes(boot)).Value(_record.LoaderMilliseconds(boot));
                }

                json.End(']');
            }
        }

        json.End(']').End('}');
    }
}
