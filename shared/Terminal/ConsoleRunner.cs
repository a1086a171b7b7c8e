using Netboot.Api;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Finds and runs the command of a line.</summary>
internal static class ConsoleRunner
{
    /// <summary>Runs the line of <paramref name="editor"/>. It is kept for Up and Down unless it may hold a password.</summary>
    internal static void Run(ConsoleSession session, LineEditor editor)
    {
        var words = new Words(editor.Line, editor.Length);
        if (words.AtEnd)
        {
            return;
        }

        string name = words.Next();
        var commands = new ConsoleCommands();
        int command = commands.Find(name);
        if (command < 0)
        {
            Unknown(session, commands, name);
            return;
        }

        if ((ConsoleCommand)command != ConsoleCommand.Set || !MayHoldSecret(editor))
        {
            editor.Remember();
        }

        if (!Run(session, commands, (ConsoleCommand)command, words))
        {
            session.Text.Text("Usage: ");
            commands.WriteUsage(command, session.Text);
            session.Text.Byte('\n');
        }
    }

    // False: the command is used wrongly.
    private static bool Run(ConsoleSession session, ConsoleCommands commands, ConsoleCommand command, Words words)
    {
        switch (command)
        {
            case ConsoleCommand.Help:
                return Help(session, commands, words);
            case ConsoleCommand.Machine:
                return SettingsCommands.Machine(session, words);
            case ConsoleCommand.Profile:
                return SettingsCommands.Profile(session, words);
            case ConsoleCommand.Show:
                return SettingsCommands.Show(session, words);
            case ConsoleCommand.Set:
                return SettingsCommands.Set(session, words);
            case ConsoleCommand.Why:
                return JournalView.Why(session, words);
            case ConsoleCommand.Wake:
                return DeviceCommands.Wake(session, words);
            case ConsoleCommand.Log:
                return DeviceCommands.Log(session, words);
            case ConsoleCommand.Net:
                return NetworkCommands.Run(session, words);
            default:
                return words.AtEnd && RunAlone(session, command);
        }
    }

    // The commands that take no arguments.
    private static bool RunAlone(ConsoleSession session, ConsoleCommand command)
    {
        switch (command)
        {
            case ConsoleCommand.Status:
                session.Show(new StatusText(session.Device, session.Now));
                break;
            case ConsoleCommand.Machines:
                session.Show(new ConsoleListing(session, Listing.Machines));
                break;
            case ConsoleCommand.Loaders:
                session.Device.Files.WriteCatalogue(session.Text);
                break;
            case ConsoleCommand.Password:
                session.Dialog = new PasswordDialog();
                break;
            case ConsoleCommand.Backup:
                session.Show(new SettingsPieces(session.Device.Rules.Settings, true));
                break;
            case ConsoleCommand.Restore:
                session.Text.Text("Paste the settings (they are not shown), then a line with a single period. Ctrl-C cancels.\n");
                session.Restoring = new RestoreText();
                break;
            case ConsoleCommand.Reboot:
                DeviceCommands.Reboot(session);
                break;
            default:
                session.Text.Text("This erases all settings and the password: mirror, profiles, machines, and the key of the board's own access point. The network settings stay.\n");
                session.Dialog = new ConfirmDialog(null);
                break;
        }

        return true;
    }

    private static bool Help(ConsoleSession session, ConsoleCommands commands, Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            session.Show(new ConsoleListing(session, Listing.Commands));
            return true;
        }

        int command = commands.Find(name);
        if (command < 0)
        {
            Unknown(session, commands, name);
        }
        else
        {
            commands.WriteHelp(command, session.Text);
        }

        return true;
    }

    private static void Unknown(ConsoleSession session, ConsoleCommands commands, string name)
    {
        byte[] bytes = Octets.Of(name);
        string nearest = commands.Nearest(name);
        session.Text.Text("Unknown command ").Text(Settings.SettingsError.Quote(bytes, 0, bytes.Length)).Text(". ");
        if (nearest != null)
        {
            session.Text.Text("Did you mean '").Text(nearest).Text("'? ");
        }

        session.Text.Text("'help' lists all commands.\n");
    }

    // "set page.password …" is refused, but was typed.
    private static bool MayHoldSecret(LineEditor editor)
    {
        var words = new Words(editor.Line, editor.Length);
        words.Next();
        byte[] page = Octets.Of("page");
        byte[] rest = Octets.Of(words.Rest());
        int start = rest.Length > 0 && rest[0] == (byte)'"' ? 1 : 0;
        return rest.Length - start >= page.Length && Octets.IsIgnoreCase(rest, start, page.Length, page);
    }
}
