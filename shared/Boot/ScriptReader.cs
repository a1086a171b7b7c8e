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

    private readonly DeviceSettings _settings;
    private readonly Profile _profile;
    private readonly byte[] _authority;
    private readonly byte[] _who;
    private readonly int _whoLength;
    private readonly PartWriter _writer = new PartWriter();
    private int _length = -1;

    /// <summary><c>autoexec.ipxe</c> for a device at <paramref name="authority"/>, its address as URLs have it.</summary>
    public ScriptReader(byte[] authority)
    {
        _authority = authority;
    }

    /// <summary>
    /// The script for <paramref name="choice"/>. <paramref name="mac"/> is the machine's Ethernet address, or null when it did not say.
    /// What the choice and the address are is copied: both may be used again.
    /// </summary>
    public ScriptReader(DeviceSettings settings, BootChoice choice, byte[] authority, byte[] mac, int macOffset)
    {
        _settings = settings;
        _profile = choice.Profile;
        _authority = authority;
        var who = new ByteWriter(new byte[SettingsLimits.Name + 1 + MacLength]);
        if (choice.Machine >= 0 && settings.Machines.HasName(choice.Machine))
        {
            settings.Machines.WriteName(choice.Machine, who);
        }

        if (mac != null)
        {
            if (who.Length > 0)
            {
                who.Byte(' ');
            }

            who.Mac(mac, macOffset, ':');
        }

        _who = who.Buffer;
        _whoLength = who.Length;
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
        if (_profile == null)
        {
            AutoexecScript.Write(_writer, _authority);
        }
        else
        {
            BootScript.Write(_writer, _settings, _profile, _authority, _who, _whoLength);
        }
    }
}
