using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>
/// The settings as text without secrets, and the same as a backup between two comment lines with a checksum (see <see cref="Backup"/>).
/// </summary>
internal sealed class SettingsPieces : HttpPieces
{
    private readonly DeviceSettings _settings;
    private readonly SettingsWriter _parts;
    private readonly TextSum _sum;
    private bool _ended;

    internal SettingsPieces(DeviceSettings settings, bool backup)
    {
        _settings = settings;
        _parts = new SettingsWriter(settings);
        _sum = backup ? new TextSum() : null;
    }

    /// <inheritdoc/>
    public override int Largest => _parts.NextLength;

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_ended)
        {
            return false;
        }

        if (index == 0 && _sum != null)
        {
            Backup.WriteBegin(_settings, writer);
            return true;
        }

        int start = writer.Length;
        if (_parts.WritePart(writer))
        {
            if (_sum != null)
            {
                _sum.Add(writer.Buffer, start, writer.Length);
            }

            return true;
        }

        _ended = true;
        if (_sum == null)
        {
            return false;
        }

        Backup.WriteEnd(_sum.Finish(), writer);
        return true;
    }
}
