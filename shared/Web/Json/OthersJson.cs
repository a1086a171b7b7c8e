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
    public static bool Write(JsonWriter json, OtherServers others, int index, long now)
    {
        var address = new byte[4];
        if (index == 0)
        {
            json.Name("others").Begin('[');
        }

        if (!others.Read(index, address, out OtherServerKind kind, out long heard))
        {
            json.End(']');
            return false;
        }

        json.Begin('{').Name("address").Address(address, 0).Name("gives").Value((kind & OtherServerKind.Dhcp) != 0);
        json.Name("boot").Value((kind & OtherServerKind.Boot) != 0).Name("noProxy").Value((kind & OtherServerKind.NoProxy) != 0);
        json.Name("ago").Time(now - heard).End('}');
        return true;
    }

    /// <summary>
    /// The same for <c>"relays":[…]</c>: those that were heard and are not allowed. <paramref name="index"/> begins with 0 and is moved on.
    /// </summary>
    public static bool WriteRelay(JsonWriter json, ServedNetworks served, ref int index, long now)
    {
        var address = new byte[4];
        if (index == 0)
        {
            json.Name("relays").Begin('[');
        }

        if (!served.ReadHeard(ref index, address, out long heard))
        {
            json.End(']');
            return false;
        }

        json.Begin('{').Name("address").Address(address, 0).Name("ago").Time(now - heard).End('}');
        return true;
    }
}
