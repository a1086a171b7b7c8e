using System;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// A generated iPXE script as a file. It is not kept anywhere: its length is counted, and each read writes the part that is asked for,
/// straight into the buffer that is sent. One pass takes a thousand IL instructions or two.
/// </summary>
public sealed class ScriptReader : LoaderReader
{
    private const int MacLength = 17;

    // Null: autoexec.ipxe.
    private readonly ScriptFacts _facts;
    private readonly byte[] _authority;
    private readonly PartWriter _writer = new PartWriter();
    private int _length = -1;

    /// <summary><c>autoexec.ipxe</c> for a device at <paramref name="authority"/>, its address as URLs have it.</summary>
    public ScriptReader(byte[] authority)
    {
        _authority = authority;
    }

    /// <summary>
    /// The script for <paramref name="choice"/>, or (<paramref name="chosen"/>) for the profile that the machine chose from a menu.
    /// <paramref name="mac"/> is the machine's Ethernet address, or null when it did not say. What the choice and the address are is
    /// copied: both may be used again.
    /// </summary>
    public ScriptReader(DeviceSettings settings, BootChoice choice, Profile chosen, byte[] authority, byte[] mac)
    {
        var who = new ByteWriter(new byte[SettingsLimits.Name + 1 + MacLength]);
        _facts = new ScriptFacts
        {
            Settings = settings, Profile = chosen ?? choice.Profile, Authority = authority, IsChosen = chosen != null,
        };
        _facts.HasTemplates = _facts.Profile.HasTemplates;
        int own = MachineTable.None;
        if (choice.Machine >= 0)
        {
            settings.Machines.WriteName(choice.Machine, who);
            _facts.NameLength = who.Length;
            own = settings.Machines.MenuDefault(choice.Machine);
        }

        if (mac != null)
        {
            if (who.Length > 0)
            {
                who.Byte(' ');
            }

            who.Mac(mac, 0, ':');
        }

        if (_facts.Profile.Kind == ProfileKind.Menu)
        {
            MenuScript.Prepare(_facts, own);
        }

        _facts.Who = who.Buffer;
        _facts.WhoLength = who.Length;
    }

    /// <summary>
    /// The script for what a boot API says (<paramref name="answer"/>) the machine boots, which is number <paramref name="machine"/> of the
    /// settings, or -1.
    /// </summary>
    public ScriptReader(DeviceSettings settings, int machine, Profile answer, byte[] authority, byte[] mac)
        : this(settings, new BootChoice { Machine = machine, Profile = answer }, null, authority, mac)
    {
        _facts.IsOfApi = true;
    }

    /// <inheritdoc/>
    public override int Length
    {
        get
        {
            if (_length < 0)
            {
                _writer.Count();
                Write();
                _length = _writer.Counted;
            }

            return _length;
        }
    }

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count)
    {
        if (position >= Length)
        {
            return 0;
        }

        _writer.Keep(position, buffer, offset, count);
        Write();
        return _writer.At - offset;
    }

    private void Write()
    {
        if (_facts == null)
        {
            AutoexecScript.Write(_writer, _authority);
        }
        else
        {
            BootScript.Write(_writer, _facts);
        }
    }
}
