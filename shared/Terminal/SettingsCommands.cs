using Netboot.Api;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>The commands that show and change settings.</summary>
internal static class SettingsCommands
{
    /// <summary><c>set SECTION.KEY [VALUE]</c>. False: it is used wrongly.</summary>
    internal static bool Set(ConsoleSession session, Words words)
    {
        if (!words.NextKey(out string section, out string key))
        {
            return false;
        }

        byte[] name = Octets.Of(section);
        if (Octets.IsIgnoreCase(name, 0, name.Length, Octets.Of("page")) && key != "metrics" && key != "names")
        {
            session.Text.Text("That would show the password on screen; use 'password', which hides it.\n");
        }
        else if (words.AtEnd)
        {
            SettingsView.Show(session, section);
        }
        else
        {
            Change(session, section, key, words.Rest());
        }

        return true;
    }

    /// <summary><c>profile [NAME [KEY VALUE | remove]]</c>.</summary>
    internal static bool Profile(ConsoleSession session, Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            session.Show(new ConsoleListing(session, Listing.Profiles));
            return true;
        }

        return Section(session, "profile " + name, words);
    }

    /// <summary><c>machine MAC|NAME [KEY VALUE | once PROFILE | remove]</c>.</summary>
    internal static bool Machine(ConsoleSession session, Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            return false;
        }

        var mac = new byte[MacText.Size];
        byte[] text = Octets.Of(name);
        if (!MacText.Parse(text, 0, text.Length, mac, 0))
        {
            int machine = FindName(session.Device.Rules.Settings.Machines, text);
            if (machine < 0)
            {
                session.Text.Text("No machine has the name ").Text(SettingsError.Quote(text, 0, text.Length));
                session.Text.Text(". Enter a new one by its Ethernet address, such as 52:54:00:12:34:56.\n");
                return true;
            }

            session.Device.Rules.Settings.Machines.CopyMac(machine, mac, 0);
        }

        return Section(session, "machine " + new ByteWriter(17, 17).Mac(mac, 0, ':').ToString(), words);
    }

    /// <summary><c>show [SECTION [NAME] | changes]</c>.</summary>
    internal static bool Show(ConsoleSession session, Words words)
    {
        string what = words.Rest();
        SettingsView.Show(session, what == "" ? null : what);
        return true;
    }

    private static bool Section(ConsoleSession session, string section, Words words)
    {
        string key = words.Next();
        if (key == null)
        {
            SettingsView.Show(session, section);
        }
        else if (key == "remove" && words.AtEnd)
        {
            session.Apply(new SectionRemoval(section));
        }
        else if (words.AtEnd)
        {
            return false;
        }
        else
        {
            Change(session, section, key, words.Rest());
        }

        return true;
    }

    private static void Change(ConsoleSession session, string section, string key, string value)
    {
        byte[] name = Octets.Of(section);
        bool machine = !Octets.StartsWith(name, 0, name.Length, Octets.Of("profile "));
        if (!machine && key == "initrd")
        {
            value = Lines(value);
        }

        session.Apply(new KeyChange(section, key, value));
        byte[] url = session.Device.Rules.Settings.MirrorUrl;
        if (url != null && Octets.IsIgnoreCase(name, 0, name.Length, "mirror") && session.Error.Message == null && !HasAddress(url))
        {
            session.Text.Text("Machines look that name up themselves. While the board does, for a loader or a check, everything on it stops: an address is better.\n");
        }
    }

    // One rule for names, told where one is set: see the refusal of [log] syslog.
    private static bool HasAddress(byte[] url)
    {
        int host = MirrorUrl.HostOffset(url, 0, url.Length);
        return AddressText.Parse(url, host, Octets.IndexOf(url, host, url.Length - host, (byte)'/') - host, 1, out int _) != null;
    }

    // Several initrds stand on one line here; a URL holds no blank.
    private static string Lines(string value)
    {
        byte[] bytes = Octets.Of(value);
        var lines = new ByteWriter(bytes.Length + 1, bytes.Length + 1);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)' ')
            {
                lines.Byte(bytes[i]);
            }
            else if (bytes[i - 1] != (byte)' ')
            {
                lines.Byte('\n');
            }
        }

        return lines.ToString();
    }

    /// <summary>The machine of a name, or -1.</summary>
    internal static int FindName(MachineTable machines, byte[] name)
    {
        var writer = new ByteWriter(SettingsLimits.Name, SettingsLimits.Name);
        for (int i = 0; i < machines.Count; i++)
        {
            writer.Clear();
            machines.WriteName(i, writer);
            if (writer.Length > 0 && Octets.Is(writer.Buffer, 0, writer.Length, name))
            {
                return i;
            }
        }

        return -1;
    }
}
