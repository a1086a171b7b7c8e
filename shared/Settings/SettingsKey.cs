namespace Netboot.Settings;

/// <summary>
/// The keys of the settings text; what each takes is a row of <see cref="SettingsTable"/>, in the same order.
/// Where a key is one per platform, only the first has a name; the others follow in the order of <see cref="Dhcp.Platform"/>.
/// </summary>
public enum SettingsKey : byte
{
    /// <summary>[device] name.</summary>
    DeviceName = 0,

    /// <summary>[mirror] url.</summary>
    MirrorUrl,

    /// <summary>[mirror] loaders.</summary>
    MirrorLoaders,

    /// <summary>[boot] default.</summary>
    BootDefault,

    /// <summary>[boot] bios, and eight more platforms.</summary>
    BootBios,

    /// <summary>[loaders] bios, and eight more platforms.</summary>
    LoaderBios = BootBios + 9,

    /// <summary>[page] password: a secret, kept in the form of <see cref="Settings.PagePassword"/>.</summary>
    PagePassword = LoaderBios + 9,

    /// <summary>[page] metrics: <c>open</c> to who has no session, or <c>login</c>.</summary>
    PageMetrics,

    /// <summary>[page] names: other names of the device that a browser may use, blanks or commas between.</summary>
    PageNames,

    /// <summary>[console] tx.</summary>
    ConsoleTx,

    /// <summary>[console] rx.</summary>
    ConsoleRx,

    /// <summary>[log] syslog: where the device sends its log, an IPv4 address with or without a port.</summary>
    LogSyslog,

    /// <summary>
    /// [dhcp] relays: the relay agents of other subnets that are answered, each an IPv4 address with or without <c>/prefix</c>, blanks or
    /// commas between.
    /// </summary>
    DhcpRelays,

    /// <summary>[profile] kind. Before it are the keys of the sections that are there once.</summary>
    ProfileKind,

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

    /// <summary>[profile] initrd: several times; the last of the profile's keys, so that its values come after all others.</summary>
    ProfileInitrd,

    /// <summary>[machine] name.</summary>
    MachineName,

    /// <summary>[machine] profile.</summary>
    MachineProfile,

    /// <summary>[machine] once.</summary>
    MachineOnce,

    /// <summary>[machine] loader.</summary>
    MachineLoader,

    /// <summary>[machine] uuid.</summary>
    MachineUuid,

    /// <summary>[machine] option43.</summary>
    MachineOption43,

    /// <summary>[machine] answer-request.</summary>
    MachineAnswerRequest,
}
