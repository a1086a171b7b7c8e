using Netboot.Boot;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Shows settings: all of them or a section, the profiles, the machines. Secrets are left out.</summary>
internal static class SettingsView
{
    private const int UsualSize = 1024;

    // [ and ] and the line end.
    private const int Brackets = 3;

    // Columns of the lists.
    private const int NameColumn = SettingsLimits.Name + 1;

    /// <summary>The settings with the changes, as their text.</summary>
    internal static ByteWriter Text(DeviceSettings settings)
    {
        var writer = new ByteWriter(UsualSize, SettingsLimits.Text * 2);
        SettingsText.WriteWithoutSecrets(settings, writer);
        return writer;
    }

    /// <summary>Shows everything (null), or the sections of a name: <c>mirror</c>, <c>profile</c> or <c>profile menu</c>.</summary>
    internal static void Show(ConsoleSession session, string section)
    {
        ByteWriter output = session.Text;
        ByteWriter text = Text(session.Pending.Current);
        byte[] wanted = section == null ? null : Lower(section);
        int shown = 0;
        bool take = false;
        int position = 0;
        while (position < text.Length)
        {
            int end = Octets.IndexOf(text.Buffer, position, text.Length - position, (byte)'\n') + 1;
            if (text.Buffer[position] == (byte)'[')
            {
                take = wanted == null || IsSection(text.Buffer, position + 1, end - position - Brackets, wanted);
                shown += take ? 1 : 0;
            }

            if (take)
            {
                output.Raw(text.Buffer, position, end - position);
            }

            position = end;
        }

        if (shown == 0)
        {
            output.Text(section == null ? "Nothing is set: the defaults count.\n" : "Nothing is set there.\n");
        }
    }

    /// <summary>One line for each profile, and what counts when no rule says otherwise.</summary>
    internal static void Profiles(ConsoleSession session)
    {
        ByteWriter output = session.Text;
        DeviceSettings settings = session.Pending.Current;
        for (int i = 0; i < settings.Profiles.Length; i++)
        {
            WriteProfile(output, settings.Profiles[i], i == settings.DefaultProfile);
        }

        if (settings.DefaultProfile == MachineTable.None)
        {
            WriteProfile(output, settings.BuiltIn, true);
        }
    }

    /// <summary>One line for each machine.</summary>
    internal static void Machines(ConsoleSession session)
    {
        ByteWriter output = session.Text;
        DeviceSettings settings = session.Pending.Current;
        MachineTable machines = settings.Machines;
        for (int i = 0; i < machines.Count; i++)
        {
            machines.WriteMac(i, output);
            output.Text("  ");
            int start = output.Length;
            machines.WriteName(i, output);
            Pad(output, start, NameColumn);
            int profile = machines.Profile(i);
            if (profile == MachineTable.None)
            {
                output.Text("(by the rules of [boot])");
            }
            else
            {
                settings.Profiles[profile].WriteName(output);
            }

            int once = machines.Once(i);
            if (once != MachineTable.None)
            {
                settings.Profiles[once].WriteName(output.Text(", next time "));
            }

            output.Byte('\n');
        }

        if (machines.Count == 0)
        {
            output.Text("No machine is listed: all of them boot by the rules of [boot].\n");
        }
    }

    private static void WriteProfile(ByteWriter output, Profile profile, bool isDefault)
    {
        int start = output.Length;
        profile.WriteName(output);
        Pad(output, start, NameColumn);
        start = output.Length;
        output.Text(ProfileKinds.NameOf(profile.Kind));
        byte[] url = profile.Value(SettingsKey.ProfileKernel, 0) ?? profile.Value(SettingsKey.ProfileScript, 0) ?? profile.Value(SettingsKey.ProfileMessage, 0);
        if (url != null)
        {
            Pad(output, start, 8);
            output.Raw(url);
        }

        output.Text(isDefault ? "  (default)\n" : "\n");
    }

    private static void Pad(ByteWriter output, int start, int width)
    {
        do
        {
            output.Byte(' ');
        }
        while (output.Length - start < width);
    }

    // "profile" is all profiles, "profile menu" is one.
    private static bool IsSection(byte[] text, int offset, int length, byte[] wanted)
    {
        return length >= wanted.Length
            && Octets.IsIgnoreCase(text, offset, wanted.Length, wanted)
            && (length == wanted.Length || text[offset + wanted.Length] == (byte)' ');
    }

    private static byte[] Lower(string text)
    {
        byte[] bytes = Octets.Of(text);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Octets.ToLower(bytes[i]);
        }

        return bytes;
    }
}
