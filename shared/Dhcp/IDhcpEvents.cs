namespace Netboot.Dhcp;

/// <summary>Hears what DHCP requests say and how they were answered.</summary>
public interface IDhcpEvents
{
    /// <summary>
    /// A valid request came in; its answer, if it got one (<see cref="DhcpAnswer.Length"/>), has left. Nothing of either stays as it is
    /// after the call. <paramref name="now"/> is the device's clock.
    /// </summary>
    void Heard(DhcpMessage message, DhcpAnswer answer, bool bootServer, long now);
}
