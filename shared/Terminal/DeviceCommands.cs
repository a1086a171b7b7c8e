using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Terminal;

/// <summary>The commands about the device itself: its state, log, loaders, restart.</summary>
internal static class DeviceCommands
{
    private const int UsualLines = 20;

    /// <summary><c>wake MAC|NAME</c>. False: it is used wrongly.</summary>
    internal static bool Wake(ConsoleSession session, Words words)
    {
        string word = words.Next();
        if (word == null || !words.AtEnd)
        {
            return false;
        }

        var mac = new byte[MacText.Size];
        if (!SettingsCommands.FindMac(session.Device.Rules.Settings.Machines, word, mac))
        {
            session.Text.Text(JournalView.NoSuchMachine);
        }
        else if (session.Device.Wake(mac, session.Error))
        {
            session.Text.Text("Sent. Wake-on-LAN must be enabled in its firmware; 'machines' shows it when it boots.\n");
        }
        else
        {
            session.Text.Text("Not sent: ").Text(session.Error.ToString()).Text(".\n");
        }

        return true;
    }

    /// <summary><c>log [LINES | follow]</c>. False: it is used wrongly.</summary>
    internal static bool Log(ConsoleSession session, Words words)
    {
        Log log = session.Device.Log;
        string word = words.Next();
        if (word == "follow")
        {
            session.Following = true;
            session.NextEntry = log.Added;
            session.Text.Text("Showing new lines; press any key to stop.\n");
            return true;
        }

        int lines = UsualLines;
        if (word != null)
        {
            byte[] text = Octets.Of(word);
            lines = Octets.ParseNumber(text, 0, text.Length);
            if (lines < 1)
            {
                return false;
            }
        }

        session.Show(new ConsoleListing(session, lines));
        return true;
    }

    /// <summary>Restarts when everything is shown.</summary>
    internal static void Reboot(ConsoleSession session)
    {
        session.Text.Text("Restarting.\n");
        session.Rebooting = true;
    }

    /// <summary>Removes all settings, and restarts.</summary>
    internal static void FactoryReset(ConsoleSession session)
    {
        session.Error.Clear();
        if (!session.Device.Erase(session.Error))
        {
            session.Text.Text("Not everything could be erased: ").Text(session.Error.ToString()).Byte('\n');
            return;
        }

        session.Text.Text("All settings are erased. ");
        Reboot(session);
    }
}
