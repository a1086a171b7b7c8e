using System.IO.Hashing;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>The settings as text without secrets, and the same as a backup between two comment lines with a checksum (see <see cref="Backup"/>).</summary>
internal sealed class SettingsPieces : HttpPieces
{
    private readonly DeviceSettings _settings;
    private readonly SettingsParts _parts;
    private readonly Crc32 _crc;
    private bool _ended;

    internal SettingsPieces(DeviceSettings settings, bool backup)
    {
        _settings = settings;
        _parts = new SettingsParts(settings);
        _crc = backup ? new Crc32() : null;
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_ended)
        {
            return false;
        }

        if (index == 0 && _crc != null)
        {
            Backup.WriteBegin(_settings, writer);
            return true;
        }

        int start = writer.Length;
        if (_parts.Next(writer))
        {
            if (_crc != null)
            {
                Backup.Append(_crc, writer.Buffer, start, writer.Length);
            }

            return true;
        }

        _ended = true;
        if (_crc == null)
        {
            return false;
        }

        Backup.WriteEnd((int)_crc.GetCurrentHashAsUInt32(), writer);
        return true;
    }
}
