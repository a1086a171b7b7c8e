using System;
using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.IlOperations;

/// <summary>The decision for a machine that is not among 64: by address, by UUID, by platform.</summary>
public sealed class UnknownMachine
{
    private readonly BootRules _rules;
    private readonly BootChoice _choice = new();
    private readonly byte[] _mac = [0x52, 0x54, 0, 1, 2, 3];
    private readonly byte[] _uuid = new byte[16];

    public UnknownMachine()
    {
        var writer = new ByteWriter(1024, SettingsLimits.Text);
        SettingsText.Write(Board.WithMachines(63).Rules.Settings, writer);
        writer.Text("\n[machine 52:54:00:aa:01:00]\nuuid = 00112233-4455-6677-8899-aabbccddeeff\n");
        _rules = new BootRules(SettingsText.Parse(writer.Buffer, 0, writer.Length, new SettingsError()));
    }

    public string Name => "boot decision, 64 machines, none matches";

    public void Run()
    {
        if (_rules.Choose(_mac, 0, _uuid, 0, Platform.X64, _choice).Rule != BootRule.Platform)
        {
            throw new InvalidOperationException(_choice.Rule.ToString());
        }
    }
}

/// <summary>The script of a listed machine with kernel, initrd and command line, without the HTTP around it.</summary>
public sealed class LinuxScript
{
    private readonly BootRules _rules = Board.WithMachines(64).Rules;
    private readonly BootChoice _choice = new();
    private readonly byte[] _buffer = new byte[SettingsLimits.Script];
    private readonly byte[] _mac = [0x52, 0x54, 0, 0xaa, 0, 0x3f];

    public string Name => "script, kernel and initrd";

    public void Run()
    {
        // Twice through: for its length, and for its bytes.
        var script = new ScriptReader(_rules.Settings, _rules.Choose(_mac, 0, null, 0, Platform.X64, _choice), null, Board.Address, _mac);
        if (script.Length < 1000 || script.Read(0, _buffer, 0, _buffer.Length) != script.Length)
        {
            throw new InvalidOperationException("no script");
        }
    }
}

/// <summary>The script of a menu with as many items as there may be, for a machine with a default of its own.</summary>
public sealed class MenuOf16
{
    private readonly BootRules _rules;
    private readonly BootChoice _choice = new();
    private readonly byte[] _buffer = new byte[SettingsLimits.Script];
    private readonly byte[] _mac = [0x52, 0x54, 0, 0xaa, 0, 0x3f];

    public MenuOf16()
    {
        var text = new ByteWriter(1024, SettingsLimits.Text);
        text.Text("[boot]\ndefault = menu\n[machine 52:54:00:aa:00:3f]\nname = attic\nmenu-default = item-9\n");
        for (int i = 0; i < SettingsLimits.MenuItems; i++)
        {
            text.Text("[profile item-").Number(i).Text("]\nkernel = http://192.168.1.10/").Number(i).Text("/vmlinuz\n");
        }

        text.Text("[profile menu]\nshell = yes\n");
        for (int i = 0; i < SettingsLimits.MenuItems; i++)
        {
            text.Text("item = item-").Number(i).Text(" The installer of distribution ").Number(i).Byte('\n');
        }

        _rules = new BootRules(SettingsText.Parse(text.Buffer, 0, text.Length, new SettingsError()));
    }

    public string Name => "script, menu of 16 items";

    public void Run()
    {
        var script = new ScriptReader(_rules.Settings, _rules.Choose(_mac, 0, null, 0, Platform.X64, _choice), null, Board.Address, _mac);
        if (script.Length < 1000 || script.Read(0, _buffer, 0, _buffer.Length) != script.Length)
        {
            throw new InvalidOperationException("no script");
        }
    }
}

/// <summary>
/// The settings of 64 machines and 16 profiles (6.4 KB) read at start or after a change: some 100 instructions a byte, a second and more.
/// </summary>
public sealed class ReadSettings
{
    private readonly ByteWriter _text = new(1024, SettingsLimits.Text);

    public ReadSettings()
    {
        SettingsText.Write(Board.WithMachines(64).Rules.Settings, _text);
    }

    public string Name => "settings of 64 machines and 16 profiles read";

    public void Run()
    {
        var error = new SettingsError();
        if (SettingsText.Parse(_text.Buffer, 0, _text.Length, error) == null)
        {
            throw new InvalidOperationException(error.ToString());
        }
    }
}

/// <summary>The same settings written, as after each "once".</summary>
public sealed class WriteSettings
{
    private readonly ByteWriter _text = new(1024, SettingsLimits.Text);
    private readonly DeviceSettings _settings = Board.WithMachines(64).Rules.Settings;

    public string Name => "settings of 64 machines and 16 profiles written";

    public void Run()
    {
        _text.Clear();
        SettingsText.Write(_settings, _text);
        if (_text.Overflowed || _text.Length < 5000)
        {
            throw new InvalidOperationException(_text.ToString());
        }
    }
}
