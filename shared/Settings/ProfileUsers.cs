using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>Who uses a profile, for a person who wants to remove it.</summary>
internal static class ProfileUsers
{
    /// <summary>So many machines are named; of the others only how many they are.</summary>
    private const int Named = 8;

    /// <summary>Machines by name or address, rules and menus; null when there are none.</summary>
    internal static string Of(DeviceSettings settings, int profile)
    {
        MachineTable machines = settings.Machines;
        var list = new ByteWriter(64, Memory.LargestBuffer);
        int count = 0;
        for (SettingsKey rule = SettingsKey.BootDefault; rule <= SettingsKey.BootUnknown; rule++)
        {
            if (settings.ProfileOf(rule, 0) == profile)
            {
                Next(list).Text("[boot] ").Text(SettingsTable.Name(rule));
            }
        }

        for (int i = 0; i < settings.Profiles.Length; i++)
        {
            if (MenuItem.Has(settings.Profiles[i], settings.Profiles[profile]))
            {
                settings.Profiles[i].WriteName(Next(list).Text("menu "));
            }
        }

        for (int i = 0; i < machines.Count; i++)
        {
            bool once = machines.Once(i) == profile;
            bool inMenu = machines.MenuDefault(i) == profile;
            if (!once && !inMenu && machines.Profile(i) != profile)
            {
                continue;
            }

            count++;
            if (count > Named)
            {
                continue;
            }

            Next(list);
            if (machines.HasName(i))
            {
                machines.WriteName(i, list);
            }
            else
            {
                machines.WriteKey(i, list);
            }

            list.Text(once ? " (next boot)" : inMenu ? " (menu-default)" : "");
        }

        if (count > Named)
        {
            list.Text(" and ").Number(count - Named).Text(count - Named == 1 ? " more machine" : " more machines");
        }

        return list.Length == 0 ? null : list.ToString();
    }

    private static ByteWriter Next(ByteWriter list) => list.Length == 0 ? list : list.Text(", ");
}
