using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>The boot rules as DHCP asks them: whether a machine gets an offer, and which loader.</summary>
public sealed class OfferPolicy : IOfferPolicy
{
    private readonly BootFiles _files;
    private readonly BootChoice _choice = new BootChoice();
    private BootRules _rules;

    /// <summary>A policy over the catalogue of loaders; <see cref="Use"/> gives it its rules.</summary>
    public OfferPolicy(BootFiles files)
    {
        _files = files;
    }

    /// <summary>Decides by these rules from the next packet on.</summary>
    public void Use(BootRules rules) => _rules = rules;

    /// <inheritdoc/>
    public void Decide(DhcpMessage message, PxeClient client, OfferDecision decision)
    {
        BootRules rules = _rules;
        BootChoice choice = rules.Choose(
            message.Buffer, DhcpMessage.HardwareAddressOffset, client.UuidOffset < 0 ? null : message.Buffer, client.UuidOffset,
            client.Platform, _choice);
        decision.PxeOption = choice.PxeOption;
        decision.AnswerRequest = choice.AnswerRequest;
        decision.NeedsUuid = rules.Settings.Machines.HasUuids;
        decision.Refusal = null;
        decision.Listed = choice.Machine;
        if (choice.ByUuid)
        {
            decision.Listed = -1;
        }

        if (choice.Profile.Kind == ProfileKind.Ignore)
        {
            decision.Loader = null;
            decision.Refusal = "its profile is 'ignore'";
            decision.Why = Refusal.ByRule;
            return;
        }

        if (client.Kind == ClientKind.Ipxe)
        {
            decision.Loader = null;
            return;
        }

        byte[] loader = rules.Loader(choice, client.Platform) ?? Default(client);
        decision.Loader = loader;
        if (loader == null)
        {
            decision.Refusal = "no loader for its architecture";
            decision.Why = Refusal.NoLoader;
        }
        else if (!_files.Has(loader))
        {
            decision.Refusal = "loader neither on the board nor on a mirror";
            decision.Why = Refusal.NoLoaderFile;
        }
    }

    private static byte[] Default(PxeClient client) =>
        client.Kind == ClientKind.IpxeWithoutHttp && client.Platform == Platform.Bios
        ? LoaderNames.BiosIpxeRom : LoaderNames.Default(client.Platform);
}
