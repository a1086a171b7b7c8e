using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Asks before something that cannot be taken back.</summary>
internal sealed class ConfirmDialog : ConsoleDialog
{
    private readonly DeviceSettings _settings;

    /// <summary>Before <paramref name="command"/>; <paramref name="settings"/> are those that it is about to store, or null.</summary>
    internal ConfirmDialog(DeviceSettings settings)
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Question => _settings == null ? "Type YES or the device's name to continue: " : "Type YES to continue: ";

    /// <inheritdoc/>
    public override bool Hidden => false;

    /// <inheritdoc/>
    public override ConsoleDialog Answer(ConsoleSession session, byte[] line, int length, bool unusable)
    {
        bool yes = Octets.Is(line, 0, length, Octets.Of("YES"))
            || (_settings == null && Octets.Is(line, 0, length, session.Device.Rules.Settings.Name));
        if (!yes)
        {
            session.Text.Text("Nothing was changed.\n");
        }
        else if (_settings != null)
        {
            RestoreText.Store(session, _settings);
        }
        else
        {
            DeviceCommands.FactoryReset(session);
        }

        return null;
    }
}
