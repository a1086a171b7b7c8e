using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// What a machine boots, and why. One object serves many decisions; fields, because a property is a call in the packet path.
/// </summary>
public sealed class BootChoice
{
    /// <summary>The number of the section in the settings that it was found in, or -1.</summary>
    public int Machine = -1;

    /// <summary>The same when it was found by its whole address, which makes it the owner's; else -1.</summary>
    public int Listed = -1;

    /// <summary>Whether the machine was found by its UUID and not by its address.</summary>
    public bool ByUuid;

    /// <summary>What it boots; never null.</summary>
    public Profile Profile;

    /// <summary>Which rule decided.</summary>
    public BootRule Rule;

    /// <summary>The loader file set for the machine, or null; see <see cref="BootRules.Loader"/>.</summary>
    public byte[] Loader;

    /// <summary>Whether option 43 is sent.</summary>
    public PxeOptionRule PxeOption;

    /// <summary>Whether the machine's DHCPREQUEST to the router is answered too.</summary>
    public bool AnswerRequest;
}
