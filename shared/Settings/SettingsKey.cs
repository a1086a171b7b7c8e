namespace Netboot.Settings;

/// <summary>
/// The keys of the settings text. What each one is and takes says its row in <see cref="SettingsTable"/>. The upper four bits are the
/// section; a new key goes behind the others of its section, which is also where it is written.
/// </summary>
public enum SettingsKey : byte
{
    /// <summary>[device] name.</summary>
    DeviceName = (int)SettingsSection.Device << 4,

    /// <summary>[device] led: the status LED's pin, where the board's is not the one of its target.</summary>
    DeviceLed,

    /// <summary>[device] led-level: the level that lights it.</summary>
    DeviceLedLevel,

    /// <summary>[mirror] url.</summary>
    MirrorUrl = (int)SettingsSection.Mirror << 4,

    /// <summary>[mirror] loaders.</summary>
    MirrorLoaders,

    /// <summary>
    /// [boot] default. The platforms' keys follow in the order of <see cref="Dhcp.Platform"/>, so a new key is this plus
    /// <see cref="Dhcp.Platforms.Count"/> and more.
    /// </summary>
    BootDefault = (int)SettingsSection.Boot << 4,

    /// <summary>[boot] unknown: the profile of machines that no section of the settings is for, or <c>ask</c>.</summary>
    BootUnknown = BootDefault + Dhcp.Platforms.Count,

    /// <summary>[loaders] bios, and the other platforms' keys.</summary>
    LoaderBios = (int)SettingsSection.Loaders << 4,

    /// <summary>[page] password: a secret, kept in the form of <see cref="Settings.PagePassword"/>.</summary>
    PagePassword = (int)SettingsSection.Page << 4,

    /// <summary>[page] metrics: <c>open</c> to callers without a session, or <c>login</c>.</summary>
    PageMetrics,

    /// <summary>[page] names: other names of the device that a browser may use, blanks or commas between.</summary>
    PageNames,

    /// <summary>[console] tx.</summary>
    ConsoleTx = (int)SettingsSection.Console << 4,

    /// <summary>[console] rx.</summary>
    ConsoleRx,

    /// <summary>[log] syslog: where the device sends its log, an IPv4 address with or without a port.</summary>
    LogSyslog = (int)SettingsSection.Log << 4,

    /// <summary>
    /// [dhcp] relays: the relay agents of other subnets that are answered, each an IPv4 address with or without <c>/prefix</c>, blanks or
    /// commas between.
    /// </summary>
    DhcpRelays = (int)SettingsSection.Dhcp << 4,

    /// <summary>[profile] kind.</summary>
    ProfileKind = (int)SettingsSection.Profile << 4,

    /// <summary>[profile] script.</summary>
    ProfileScript,

    /// <summary>[profile] identity.</summary>
    ProfileIdentity,

    /// <summary>[profile] kernel.</summary>
    ProfileKernel,

    /// <summary>[profile] command-line.</summary>
    ProfileCommandLine,

    /// <summary>[profile] message.</summary>
    ProfileMessage,

    /// <summary>[profile] initrd: several times.</summary>
    ProfileInitrd,

    /// <summary>[profile] item of a menu: several times.</summary>
    ProfileItem,

    /// <summary>[profile] default of a menu: one of its items.</summary>
    ProfileDefault,

    /// <summary>[profile] timeout of a menu.</summary>
    ProfileTimeout,

    /// <summary>[profile] shell: whether a menu offers iPXE's.</summary>
    ProfileShell,

    /// <summary>[profile] line of a script: several times.</summary>
    ProfileLine,

    /// <summary>[profile] api: the URL that <c>v1/boot/MAC</c> is appended to.</summary>
    ProfileApi,

    /// <summary>[machine] name.</summary>
    MachineName = (int)SettingsSection.Machine << 4,

    /// <summary>[machine] profile.</summary>
    MachineProfile,

    /// <summary>[machine] once.</summary>
    MachineOnce,

    /// <summary>[machine] menu-default: the item of its menu that it boots when nobody chooses.</summary>
    MachineMenuDefault,

    /// <summary>[machine] loader.</summary>
    MachineLoader,

    /// <summary>[machine] uuid.</summary>
    MachineUuid,

    /// <summary>[machine] option43, the first of the keys that are a choice: they come last, see <see cref="MachineTable"/>.</summary>
    MachineOption43,

    /// <summary>[machine] answer-request.</summary>
    MachineAnswerRequest,

    /// <summary>No key: the end of a machine's.</summary>
    MachineEnd,
}
