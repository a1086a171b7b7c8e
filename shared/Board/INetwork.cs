using System.Net.Sockets;

namespace Netboot.Board;

/// <summary>
/// The board's way to the LAN. Services ask for sockets here and nowhere else, so that an adapter can tie them to one interface.
/// </summary>
public interface INetwork
{
    /// <summary>The device's own IPv4 address, 4 bytes, or null while it has none (no link, no lease yet).</summary>
    byte[] Address { get; }

    /// <summary>The subnet mask that belongs to <see cref="Address"/>, 4 bytes, or null.</summary>
    byte[] SubnetMask { get; }

    /// <summary>A number that changes whenever the address or the link changed: sockets made before are to be made again.</summary>
    int Generation { get; }

    /// <summary>
    /// A UDP socket on <paramref name="port"/> that may broadcast. Throws <see cref="SocketException"/> when the port cannot be had.
    /// </summary>
    Socket OpenDatagram(int port);

    /// <summary>
    /// A UDP socket on <paramref name="port"/> that hears what is sent to <paramref name="group"/>, 4 bytes (RFC 5771), on this network,
    /// also when other programs of a PC listen there, and sends with a time to live of 255. Asked for while there is an
    /// <see cref="Address"/>. Throws <see cref="SocketException"/> when the port cannot be had or the group not be joined.
    /// </summary>
    Socket OpenMulticast(int port, byte[] group);

    /// <summary>
    /// A listening TCP socket on <paramref name="port"/>. Throws <see cref="SocketException"/> when the port cannot be had.
    /// </summary>
    Socket OpenListener(int port);
}
