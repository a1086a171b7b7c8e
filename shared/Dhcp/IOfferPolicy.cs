namespace Netboot.Dhcp;

/// <summary>Decides what a netboot client is to boot. The rules live in Boot/.</summary>
public interface IOfferPolicy
{
    /// <summary>Fills what is decided in <paramref name="answer"/> for the client that sent <paramref name="message"/>.</summary>
    void Decide(DhcpMessage message, PxeClient client, DhcpAnswer answer);
}
