using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// Decides what a machine boots: the machine's next boot, the machine (by its address, its UUID, what its address begins with; for none of
/// these the rule for unknown ones), its platform, the default, the built-in. A decision takes some 300 IL instructions however many
/// machines are listed, and makes no garbage. Other settings are another object.
/// </summary>
public sealed class BootRules
{
    /// <summary>
    /// Whether a script's URL has to carry the machine's UUID, for one is found by it. A field, because a property is a call in the packet
    /// path.
    /// </summary>
    public readonly bool NeedUuid;

    private readonly DeviceSettings _settings;

    /// <summary>The rules of some settings.</summary>
    public BootRules(DeviceSettings settings)
    {
        _settings = settings;
        NeedUuid = settings.Machines.HasUuids;
    }

    /// <summary>The settings that they are of.</summary>
    public DeviceSettings Settings => _settings;

    /// <summary>
    /// Fills and gives <paramref name="result"/> for the machine with an Ethernet address and a UUID (16 bytes in either byte order); each
    /// may be null when it is not known.
    /// </summary>
    public BootChoice Choose(byte[] mac, int macOffset, byte[] uuid, int uuidOffset, Platform platform, BootChoice result)
    {
        DeviceSettings settings = _settings;
        MachineTable machines = settings.Machines;
        int machine = mac == null ? -1 : machines.FindMac(mac, macOffset);
        result.Listed = machine;
        result.ByUuid = false;
        if (machine < 0 && machines.HasOthers)
        {
            machine = uuid == null ? -1 : machines.FindUuid(uuid, uuidOffset);
            result.ByUuid = machine >= 0;
            machine = machine >= 0 || mac == null ? machine : machines.FindPrefix(mac, macOffset);
        }

        int profile = MachineTable.None;
        byte[] loader = null;
        result.Machine = machine;
        if (machine >= 0)
        {
            loader = machines.Loader(machine);
            result.PxeOption = machines.PxeOption(machine);
            result.AnswerRequest = machines.AnswerRequest(machine);
            result.Rule = BootRule.Once;
            profile = machines.Once(machine);
            if (profile == MachineTable.None)
            {
                result.Rule = BootRule.Machine;
                profile = machines.Profile(machine);
            }
        }
        else
        {
            result.PxeOption = PxeOptionRule.Auto;
            result.AnswerRequest = false;
            result.Rule = BootRule.Unknown;
            profile = settings.UnknownProfile;
        }

        if (profile == MachineTable.None)
        {
            result.Rule = BootRule.Platform;
            profile = settings.PlatformProfile(platform);
        }

        if (profile == MachineTable.None)
        {
            result.Rule = BootRule.Default;
            profile = settings.DefaultProfile;
        }

        if (profile == MachineTable.None)
        {
            result.Rule = BootRule.BuiltIn;
            result.Profile = settings.BuiltIn;
        }
        else
        {
            result.Profile = profile == MachineTable.Ask ? settings.Waiting : settings.Profiles[profile];
        }

        result.Loader = loader;
        return result;
    }

    /// <summary>
    /// The loader file set for the machine of a choice, or for its platform; null for the default. Apart from the choice, for iPXE needs
    /// none.
    /// </summary>
    public byte[] Loader(BootChoice choice, Platform platform) => choice.Loader ?? _settings.Loader(platform);
}
