using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>Rules about the table of keys that other code stands on.</summary>
[TestClass]
public class SettingsTableTests
{
    /// <summary>
    /// <see cref="ProfileNames.Settle(DeviceSettings)"/> gives the profiles' final numbers to the keys of two sections. A key elsewhere would
    /// keep a number of the reading, and name another profile.
    /// </summary>
    [TestMethod]
    public void Only_boot_and_machines_name_profiles()
    {
        int found = 0;
        for (int section = 0; section < SettingsTable.Sections; section++)
        {
            int first = (int)SettingsTable.First((SettingsSection)section);
            for (int key = first; key < first + SettingsTable.MostKeys && SettingsTable.Name((SettingsKey)key) != null; key++)
            {
                if (SettingsTable.Kind((SettingsKey)key) == ValueKind.ProfileName)
                {
                    found++;
                    Assert.IsTrue((SettingsSection)section is SettingsSection.Boot or SettingsSection.Machine, $"{(SettingsKey)key}");
                }
            }
        }

        Assert.IsGreaterThan(2, found);
    }
}
