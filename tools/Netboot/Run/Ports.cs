using System.Net.Sockets;
using Netboot.Dhcp;
using Netboot.Tftp;

namespace Netboot.Tool.Run;

/// <summary>Tries every port before the device starts, so that whatever is in the way is named at once.</summary>
internal static class Ports
{
    private const int SystemPorts = 1024;

    /// <summary>Throws a <see cref="RunException"/> that says which right is missing, or which other program has the port.</summary>
    public static void Check(PcNetwork network, int httpPort)
    {
        foreach (int port in new[] { DhcpService.OfferPort, TftpPackets.Port, DhcpService.BootServerPort })
        {
            Try(port, udp: true, () => network.OpenDatagram(port));
        }

        Try(httpPort, udp: false, () => network.OpenListener(httpPort));
    }

    private static void Try(int port, bool udp, Func<Socket> open)
    {
        string what = $"{(udp ? "UDP" : "TCP")} port {port}";
        try
        {
            open().Dispose();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new RunException(port < SystemPorts
                ? $"No right to use {what}: ports below {SystemPorts} need root. Run it with sudo."
                : $"No right to use {what}: to serve a single interface, Linux requires root. Run it with sudo.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            string owner = PortOwner.Find(port, udp) ?? "another program";
            string advice = udp
                ? "Stop it, or run the device on a machine without a DHCP or TFTP server of its own."
                : "Stop it, or choose another port with --http-port.";
            throw new RunException($"{what} is in use by {owner}. {advice}");
        }
        catch (SocketException e)
        {
            throw new RunException($"{what} cannot be used: {e.Message}.");
        }
    }
}
