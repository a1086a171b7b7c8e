using Netboot.Bytes;
using Netboot.Dhcp;

namespace Netboot.Web;

/// <summary>The other servers on the LAN as a part of <c>GET /api/status</c>: see Web/README.md.</summary>
public static class OthersJson
{
    /// <summary>Writes <c>"others":[…]</c>, without a comma around it. <paramref name="now"/> is the device's clock.</summary>
    public static void Write(ByteWriter writer, OtherServers others, long now)
    {
        writer.Text("\"others\":[");
        var address = new byte[4];
        for (int i = 0; others.Read(i, address, out OtherServerKind kind, out long heard); i++)
        {
            writer.Text(i == 0 ? "{\"address\":\"" : ",{\"address\":\"").Address(address, 0);
            Flag(writer.Byte('"'), ",\"gives\":", kind, OtherServerKind.Dhcp);
            Flag(writer, ",\"boot\":", kind, OtherServerKind.Boot);
            Flag(writer, ",\"noProxy\":", kind, OtherServerKind.NoProxy);
            writer.Text(",\"ago\":").Number((int)(now - heard)).Byte('}');
        }

        writer.Byte(']');
    }

    private static void Flag(ByteWriter writer, string name, OtherServerKind kind, OtherServerKind flag)
    {
        writer.Text(name).Text((kind & flag) != 0 ? "true" : "false");
    }
}
