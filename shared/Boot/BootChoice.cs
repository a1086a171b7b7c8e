using Netboot.Dhcp;

namespace Netboot.Boot;

/// <summary>What a machine boots, and why. One object serves many decisions.</summary>
public sealed class BootChoice
{
    /// <summary>The number of the machine in the settings, or -1 when it is not listed.</summary>
    public int Machine { get; internal set; } = -1;

    /// <summary>Whether the machine was found by its UUID and not by its address.</summary>
    public bool ByUuid { get; internal set; }

    /// <summary>What it boots; never null.</summary>
    public Profile Profile { get; internal set; }

    /// <summary>Which rule decided.</summary>
    public BootRule Rule { get; internal set; }

    /// <summary>The loader file set for the machine or its platform, or null for the default.</summary>
    public byte[] Loader { get; internal set; }

    /// <summary>Whether option 43 is sent.</summary>
    public PxeOptionRule PxeOption { get; internal set; }

    /// <summary>Whether the machine's DHCPREQUEST to the router is answered too.</summary>
    public bool AnswerRequest { get; internal set; }
}
