using Netboot.Api;
using Netboot.Logging;

namespace Netboot.Web;

/// <summary>What people and programs can ask for; see Web/README.md.</summary>
internal enum PageCall : byte
{
    /// <summary>Nothing that there is.</summary>
    None = 0,

    /// <summary>GET /.</summary>
    Page,

    /// <summary>GET /health.</summary>
    Health,

    /// <summary>GET /metrics.</summary>
    Metrics,

    /// <summary>GET /status.</summary>
    StatusText,

    /// <summary>GET /api/session.</summary>
    Session,

    /// <summary>GET /api/status.</summary>
    Status,

    /// <summary>GET /api/machines.</summary>
    Machines,

    /// <summary>GET /api/profiles.</summary>
    Profiles,

    /// <summary>GET /api/log.</summary>
    Log,

    /// <summary>GET /api/settings.</summary>
    Settings,

    /// <summary>GET /api/backup.</summary>
    Backup,

    /// <summary>GET /api/mirror.</summary>
    Mirror,

    /// <summary>GET /api/mirror/list.</summary>
    MirrorList,

    /// <summary>POST /api/login. From here on calls change something and are POSTs.</summary>
    LogIn,

    /// <summary>POST /api/claim.</summary>
    Claim,

    /// <summary>POST /api/logout.</summary>
    LogOut,

    /// <summary>POST /api/password.</summary>
    Password,

    /// <summary>POST /api/settings.</summary>
    ReplaceSettings,

    /// <summary>POST /api/settings/set.</summary>
    SetKey,

    /// <summary>POST /api/settings/remove.</summary>
    RemoveSection,

    /// <summary>POST /api/restore.</summary>
    Restore,

    /// <summary>POST /api/once.</summary>
    Once,

    /// <summary>POST /api/ignore.</summary>
    Ignore,

    /// <summary>POST /api/wake.</summary>
    Wake,

    /// <summary>POST /api/mirror/check.</summary>
    CheckMirror,

    /// <summary>POST /api/reboot.</summary>
    Reboot,

    /// <summary>POST /api/reset.</summary>
    Reset,
}
