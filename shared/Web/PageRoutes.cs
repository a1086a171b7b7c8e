using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>The one table of the addresses for people: which call each is, by which method, and for whom.</summary>
internal static class PageRoutes
{
    private const string Api = "/api/";

    // Of the addresses that are not below that: /metrics. And of those that are: settings/remove. Nothing longer is made a string of.
    private const int LongestPath = 8;
    private const int LongestCall = 15;

    /// <summary>
    /// The call at a request's address, for POST or for GET and HEAD; <see cref="PageCall.None"/> if there is no such call.
    /// </summary>
    internal static PageCall Find(HttpRequest request, bool post)
    {
        byte[] api = Octets.Of(Api);
        if (request.PathStartsWith(api))
        {
            if (request.PathLength - api.Length > LongestCall)
            {
                return PageCall.None;
            }

            string path = Octets.Text(request.Buffer, request.PathOffset + api.Length, request.PathLength - api.Length);
            return post ? Change(path) : Read(path);
        }

        return post || request.PathLength > LongestPath
            ? PageCall.None : Plain(Octets.Text(request.Buffer, request.PathOffset, request.PathLength));
    }

    /// <summary>Whether a call needs a session; <c>/metrics</c> may need one as well.</summary>
    internal static bool NeedsSession(PageCall call) =>
        call > PageCall.Claim || (call > PageCall.Session && call < PageCall.LogIn) || call == PageCall.StatusText;

    // Comparisons and no switch: the compiler would make a hash of the path, character by character.
    private static PageCall Plain(string path) =>
        path == "/" ? PageCall.Page
        : path == "/health" ? PageCall.Health
        : path == "/metrics" ? PageCall.Metrics
        : path == "/status" ? PageCall.StatusText
        : PageCall.None;

    private static PageCall Read(string path) =>
        path == "machines" ? PageCall.Machines
        : path == "log" ? PageCall.Log
        : path == "session" ? PageCall.Session
        : path == "status" ? PageCall.Status
        : path == "profiles" ? PageCall.Profiles
        : path == "settings" ? PageCall.Settings
        : path == "backup" ? PageCall.Backup
        : path == "mirror" ? PageCall.Mirror
        : path == "mirror/list" ? PageCall.MirrorList
        : PageCall.None;

    private static PageCall Change(string path) =>
        path == "login" ? PageCall.LogIn
        : path == "claim" ? PageCall.Claim
        : path == "logout" ? PageCall.LogOut
        : path == "password" ? PageCall.Password
        : path == "settings" ? PageCall.ReplaceSettings
        : path == "settings/set" ? PageCall.SetKey
        : path == "settings/remove" ? PageCall.RemoveSection
        : path == "restore" ? PageCall.Restore
        : path == "once" ? PageCall.Once
        : path == "ignore" ? PageCall.Ignore
        : path == "wake" ? PageCall.Wake
        : path == "mirror/check" ? PageCall.CheckMirror
        : path == "reboot" ? PageCall.Reboot
        : path == "reset" ? PageCall.Reset
        : PageCall.None;
}
