namespace Netboot.Settings;

/// <summary>
/// Reads a text that replaces all settings, part by part as it comes. Nothing is changed by it: it gives new settings in the end,
/// or says why there are none.
/// </summary>
public sealed class SettingsReader
{
    private readonly BackupCheck _check;
    private SettingsParser _parser;

    /// <summary>
    /// A reader that tells <paramref name="error"/> what is wrong. Of a backup the checksum is looked at. A password in the text is looked
    /// at and counts for nothing, see <see cref="DeviceSettings.TakeSecrets"/>.
    /// </summary>
    public SettingsReader(bool isBackup, SettingsError error)
    {
        Error = error;
        _check = isBackup ? new BackupCheck() : null;
        _parser = new SettingsParser(error) { IgnoresPassword = true };
    }

    /// <summary>What is wrong.</summary>
    public SettingsError Error { get; }

    /// <summary>Takes the next part.</summary>
    public void Feed(byte[] text, int offset, int length)
    {
        if (_check != null)
        {
            _check.Feed(text, offset, length);
        }

        if (_parser != null && !_parser.Feed(text, offset, length))
        {
            // What it has read needs its room no more; a backup is looked at to its end, for damage is the better reason.
            _parser = null;
        }
    }

    /// <summary>The settings of all that came, or null.</summary>
    public DeviceSettings Finish()
    {
        if (_check != null && !_check.Finish(Error))
        {
            return null;
        }

        DeviceSettings settings = _parser == null ? null : _parser.Finish();
        _parser = null;
        return settings;
    }
}
