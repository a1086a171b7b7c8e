using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;

namespace Netboot.Web;

/// <summary><c>GET /api/session</c>: what anybody may know, and the token of who is logged in.</summary>
internal static class SessionJson
{
    /// <summary>Writes it for a session, or for nobody's (<see cref="Sessions.None"/>).</summary>
    internal static JsonWriter Of(DeviceApi device, int session, long now)
    {
        int left = Claim.SecondsLeft(device, now);
        string state = session != Sessions.None
            ? "in" : !Claim.IsDue(device) ? "login" : device.AreSettingsLost ? "lost" : left > 0 ? "claim" : "unclaimed";
        JsonWriter json = JsonAnswer.New().Begin('{').Name("name").Value(device.Rules.Settings.Name);
        json.Name("version").Word(NetbootVersion.Text).Name("state").Word(state).Name("claimSeconds").Value(left).Name("token");
        if (session == Sessions.None)
        {
            return json.Null().End('}');
        }

        device.Sessions.WriteToken(session, json.BeginText());
        return json.EndText().End('}');
    }
}
