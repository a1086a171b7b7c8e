using Netboot.Board;
using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Web;

/// <summary>
/// The other servers and relay agents on the LAN as parts of <c>GET /api/status</c>, each in a piece of its own, for all of them would not
/// fit behind what a chunk holds already: see Web/README.md.
/// </summary>
public static class OthersJson
{
    /// <summary>The most that a piece takes.</summary>
    public const int Largest = 112;

    /// <summary>
    /// Writes server <paramref name="index"/> of <c>"others":[…]</c>, with what comes before the first; false: the list ended, with what
    /// comes after the last. <paramref name="now"/> is the device's clock.
    /// </summary>
    public static bool Write(ByteWriter writer, OtherServers others, int index, long now)
    {
        var address = new byte[4];
        writer.Text(index == 0 ? "\"others\":[" : "");
        if (!others.Read(index, address, out OtherServerKind kind, out long heard))
        {
            writer.Byte(']');
            return false;
        }

        writer.Text(index == 0 ? "{\"address\":\"" : ",{\"address\":\"").Address(address, 0);
        Flag(writer.Byte('"'), ",\"gives\":", kind, OtherServerKind.Dhcp);
        Flag(writer, ",\"boot\":", kind, OtherServerKind.Boot);
        Flag(writer, ",\"noProxy\":", kind, OtherServerKind.NoProxy);
        Ago(writer, now - heard);
        return true;
    }

    /// <summary>
    /// The same for <c>"relays":[…]</c>: those that were heard and are not allowed. <paramref name="index"/> begins with 0 and is moved on.
    /// </summary>
    public static bool WriteRelay(ByteWriter writer, ServedNetworks served, ref int index, long now)
    {
        var address = new byte[4];
        bool first = index == 0;
        writer.Text(first ? "\"relays\":[" : "");
        if (!served.ReadHeard(ref index, address, out long heard))
        {
            writer.Byte(']');
            return false;
        }

        writer.Text(first ? "{\"address\":\"" : ",{\"address\":\"").Address(address, 0);
        Ago(writer.Byte('"'), now - heard);
        return true;
    }

    // 24 days at most, as everywhere in the API.
    private static void Ago(ByteWriter writer, long ago) =>
        writer.Text(",\"ago\":").Number(ago > int.MaxValue ? int.MaxValue : (int)ago).Byte('}');

    private static void Flag(ByteWriter writer, string name, OtherServerKind kind, OtherServerKind flag) =>
        writer.Text(name).Text((kind & flag) != 0 ? "true" : "false");
}
