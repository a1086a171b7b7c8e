using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Asks before something that cannot be taken back.</summary>
internal sealed class ConfirmDialog : ConsoleDialog
{
    private readonly ConsoleCommand _command;
    private readonly DeviceSettings _settings;

    /// <summary>Before <paramref name="command"/>; <paramref name="settings"/> are those that it is about to store, or null.</summary>
    internal ConfirmDialog(ConsoleCommand command, DeviceSettings settings)
    {
        _command = command;
        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Question
    {
        get { return _command == ConsoleCommand.FactoryReset ? "Type YES or the device's name to go on: " : "Type YES to go on: "; }
    }

    /// <inheritdoc/>
    public override bool Hidden
    {
        get { return false; }
    }

    /// <inheritdoc/>
    public override ConsoleDialog Answer(ConsoleSession session, byte[] line, int length, bool unusable)
    {
        bool yes = Octets.Is(line, 0, length, Octets.Of("YES"))
            || (_command == ConsoleCommand.FactoryReset && Octets.Is(line, 0, length, session.Device.Rules.Settings.Name));
        if (!yes)
        {
            session.Text.Text("Nothing was changed.\n");
        }
        else if (_command == ConsoleCommand.Restore)
        {
            RestoreText.Store(session, _settings);
        }
        else if (_command == ConsoleCommand.FactoryReset)
        {
            DeviceCommands.FactoryReset(session);
        }
        else
        {
            DeviceCommands.Reboot(session);
        }

        return null;
    }
}
