using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;

namespace Netboot.Web;

/// <summary>The one table of the addresses for people: which call each is, by which method, and for whom.</summary>
internal sealed class PageRoutes
{
    private const string Api = "/api/";

    private string _path;
    private bool _post;

    /// <summary>What was asked for, or <see cref="PageCall.None"/>.</summary>
    internal PageCall Call { get; private set; }

    /// <summary>Whether there is such an address, with another method perhaps.</summary>
    internal bool IsKnown { get; private set; }

    /// <summary>Whether the address takes the other method only, and that is POST.</summary>
    internal bool TakesPost { get; private set; }

    /// <summary>Whether a session is needed.</summary>
    internal bool NeedsSession { get; private set; }

    /// <summary>Looks a request up.</summary>
    internal void Find(HttpRequest request)
    {
        Call = PageCall.None;
        IsKnown = false;
        TakesPost = false;
        NeedsSession = false;
        _post = request.Method == HttpMethod.Post;
        byte[] api = Octets.Of(Api);
        if (request.PathStartsWith(api))
        {
            _path = Octets.Text(request.Buffer, request.PathOffset + api.Length, request.PathLength - api.Length);
            FindApi();
        }
        else if (request.PathLength <= 8)
        {
            _path = Octets.Text(request.Buffer, request.PathOffset, request.PathLength);
            Get("/", PageCall.Page, false);
            Get("/health", PageCall.Health, false);
            Get("/metrics", PageCall.Metrics, false);
            Get("/status", PageCall.StatusText, true);
        }

        _path = null;
    }

    private void FindApi()
    {
        Get("session", PageCall.Session, false);
        Get("machines", PageCall.Machines, true);
        Get("log", PageCall.Log, true);
        Get("status", PageCall.Status, true);
        Get("profiles", PageCall.Profiles, true);
        Get("settings", PageCall.Settings, true);
        Get("backup", PageCall.Backup, true);
        Get("mirror", PageCall.Mirror, true);
        if (!_post && IsKnown)
        {
            return;
        }

        Post("login", PageCall.LogIn, false);
        Post("claim", PageCall.Claim, false);
        Post("logout", PageCall.LogOut, true);
        Post("password", PageCall.Password, true);
        Post("settings", PageCall.ReplaceSettings, true);
        Post("settings/set", PageCall.SetKey, true);
        Post("settings/remove", PageCall.RemoveSection, true);
        Post("restore", PageCall.Restore, true);
        Post("once", PageCall.Once, true);
        Post("ignore", PageCall.Ignore, true);
        Post("wake", PageCall.Wake, true);
        Post("mirror/check", PageCall.CheckMirror, true);
        Post("reboot", PageCall.Reboot, true);
        Post("reset", PageCall.Reset, true);
    }

    private void Get(string path, PageCall call, bool session)
    {
        if (path == _path)
        {
            IsKnown = true;
            if (!_post)
            {
                Call = call;
                NeedsSession = session;
            }
        }
    }

    private void Post(string path, PageCall call, bool session)
    {
        if (path == _path)
        {
            IsKnown = true;
            TakesPost = !_post;
            if (_post)
            {
                Call = call;
                NeedsSession = session;
            }
        }
    }
}
