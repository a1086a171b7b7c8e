using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The settings as text without secrets (see <see cref="SettingsText.WriteWithoutSecrets"/>), part by part, for who has no room for all of
/// it at once.
/// </summary>
public sealed class SettingsParts
{
    private readonly SettingsWriter _writer;

    /// <summary>The text of <paramref name="settings"/>.</summary>
    public SettingsParts(DeviceSettings settings)
    {
        _writer = new SettingsWriter(settings, null) { HidesSecrets = true };
    }

    /// <summary>Writes the next part, at most 900 bytes (four initrds), often nothing; false when there are no more.</summary>
    public bool Next(ByteWriter writer) => _writer.WritePart(writer);
}
