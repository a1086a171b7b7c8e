using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>The boot rules as DHCP asks them: whether a machine gets an offer, and which loader.</summary>
public sealed class OfferPolicy : IOfferPolicy
{
    private readonly BootFiles _files;
    private readonly BootApi _api;
    private readonly BootChoice _choice = new BootChoice();
    private BootRules _rules;

    /// <summary>
    /// A policy over the catalogue of loaders, and over what boot APIs said; <see cref="Use"/> gives it its rules.
    /// </summary>
    public OfferPolicy(BootFiles files, BootApi api)
    {
        _api = api;
        _files = files;
    }

    /// <summary>Decides by these rules from the next packet on.</summary>
    public void Use(BootRules rules) => _rules = rules;

    /// <inheritdoc/>
    public void Decide(DhcpMessage message, PxeClient client, DhcpAnswer answer)
    {
        BootRules rules = _rules;
        BootChoice choice = rules.Choose(
            message.Buffer, DhcpMessage.HardwareAddressOffset, client.UuidOffset < 0 ? null : message.Buffer, client.UuidOffset,
            client.Platform, _choice);
        answer.PxeOption = choice.PxeOption;
        answer.AnswerRequest = choice.AnswerRequest;
        answer.NeedsUuid = rules.NeedUuid;
        answer.Listed = choice.Listed;
        answer.Loader = null;
        answer.Refusal = Refusal.None;
        ProfileKind kind = choice.Profile.Kind;
        if (kind == ProfileKind.Ignore)
        {
            answer.Refusal = choice.Profile == rules.Settings.Waiting ? Refusal.NotLetIn : Refusal.ByRule;
        }
        else if (kind == ProfileKind.Api && _api.IsRefused(message.Buffer, DhcpMessage.HardwareAddressOffset, DeviceClock.Now))
        {
            answer.Refusal = Refusal.ByApi;
        }
        else if (AnswerTable.NeedsLoader(client))
        {
            byte[] loader = rules.Loader(choice, client.Platform) ?? AnswerTable.LoaderFor(client);
            answer.Loader = loader;
            answer.Refusal = loader == null ? Refusal.NoLoader : _files.Has(loader) ? Refusal.None : Refusal.NoLoaderFile;
        }
    }
}
