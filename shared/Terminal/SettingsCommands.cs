using Netboot.Api;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>The commands that show and change settings.</summary>
internal static class SettingsCommands
{
    /// <summary><c>set SECTION.KEY [[+] VALUE]</c>. False: it is used wrongly.</summary>
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

    /// <summary><c>profile [NAME [KEY [+] VALUE | remove]]</c>.</summary>
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

    /// <summary><c>machine MAC|NAME [KEY VALUE | once PROFILE | let-in | remove]</c>; in place of an address <c>52:54:00:*</c>.</summary>
    internal static bool Machine(ConsoleSession session, Words words)
    {
        string name = words.Next();
        if (name == null)
        {
            return false;
        }

        var mac = new byte[MacText.Size];
        if (FindMac(session.Device.Rules.Settings.Machines, name, mac))
        {
            name = new ByteWriter(17, 17).Mac(mac, 0, ':').ToString();
        }
        else if (name.IndexOf('*') < 0)
        {
            byte[] text = Octets.Of(name);
            session.Text.Text("No machine has the name ").Text(SettingsError.Quote(text, 0, text.Length));
            session.Text.Text(". Enter a new one by its Ethernet address, such as 52:54:00:12:34:56.\n");
            return true;
        }

        return Section(session, "machine " + name, words);
    }

    /// <summary><c>show [SECTION [NAME]]</c>.</summary>
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
        else if (key == "let-in" && words.AtEnd && section.StartsWith("machine "))
        {
            LetIn(session, section);
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

    // A section of its own, with nothing in it, makes a machine a known one.
    private static void LetIn(ConsoleSession session, string section)
    {
        if (SettingsEditor.Has(session.Device.Rules.Settings, section))
        {
            session.Text.Text("It is in the settings already.\n");
        }
        else
        {
            session.Apply(new KeyChange(section, "profile", ""));
        }
    }

    private static void Change(ConsoleSession session, string section, string key, string value)
    {
        byte[] name = Octets.Of(section);
        session.Apply(new KeyChange(Values(session.Device.Rules.Settings, name, section, key, value)));
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

    // Section, key and value; with a + before it the value comes behind those that the profile's key has.
    private static string[] Values(DeviceSettings settings, byte[] name, string section, string key, string value)
    {
        const string Profile = "profile ";
        if (!value.StartsWith("+ "))
        {
            return new[] { section, key, value };
        }

        bool isProfile = name.Length > Profile.Length && Octets.IsIgnoreCase(name, 0, Profile.Length, Profile);
        int number = isProfile ? settings.FindProfile(name, Profile.Length, name.Length - Profile.Length) : -1;
        byte[] word = Octets.Of(key);
        int found = SettingsTable.Find(SettingsSection.Profile, word, 0, word.Length, out int _);
        int count = 0;
        while (number >= 0 && found >= 0 && settings.Profiles[number].Find((SettingsKey)found, count) >= 0)
        {
            count++;
        }

        var words = new string[(count + 1) * 3];
        for (int i = 0; i <= count; i++)
        {
            byte[] old = i < count ? settings.Profiles[number].Value((SettingsKey)found, i) : null;
            words[i * 3] = section;
            words[(i * 3) + 1] = key;
            words[(i * 3) + 2] = old == null ? value.Substring(2) : Octets.Text(old, 0, old.Length);
        }

        return words;
    }

    /// <summary>Finds the Ethernet address of a machine's name, or reads one; false when the word is neither.</summary>
    internal static bool FindMac(MachineTable machines, string word, byte[] mac)
    {
        byte[] text = Octets.Of(word);
        if (MacText.Parse(text, 0, text.Length, mac, 0))
        {
            return true;
        }

        var name = new ByteWriter(SettingsLimits.Name, SettingsLimits.Name);
        for (int i = 0; i < machines.Count; i++)
        {
            name.Clear();
            machines.WriteName(i, name);
            if (name.Length > 0 && Octets.Is(name.Buffer, 0, name.Length, text))
            {
                machines.CopyMac(i, mac, 0);
                return true;
            }
        }

        return false;
    }
}
