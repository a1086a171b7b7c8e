using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Web;

/// <summary><c>GET /api/session</c>: what anybody may know, and the token of who is logged in.</summary>
internal static class SessionJson
{
    /// <summary>Writes it for a session, or for nobody's (<see cref="Sessions.None"/>).</summary>
    internal static ByteWriter Of(DeviceApi device, int session, long now)
    {
        int left = Claim.SecondsLeft(device, now);
        string state = session != Sessions.None
            ? "in" : !Claim.IsDue(device) ? "login" : device.AreSettingsLost ? "lost" : left > 0 ? "claim" : "unclaimed";
        ByteWriter json = JsonText.String(JsonAnswer.New().Text("{\"name\":"), device.Rules.Settings.Name);
        json.Text(",\"version\":\"").Text(NetbootVersion.Text).Text("\",\"state\":\"").Text(state);
        json.Text("\",\"claimSeconds\":").Number(left).Text(",\"token\":");
        if (session == Sessions.None)
        {
            return json.Text("null}");
        }

        json.Byte('"');
        device.Sessions.WriteToken(session, json);
        return json.Text("\"}");
    }
}
