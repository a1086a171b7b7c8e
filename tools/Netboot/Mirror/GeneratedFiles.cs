using System.Text;
using Microsoft.AspNetCore.Http;
using Netboot.Tool.Mirror.Survey;

namespace Netboot.Tool.Mirror;

/// <summary>
/// What the mirror makes where its folder has no such file: <c>boot.ipxe</c>, which a device asks for when nothing else is set, and
/// <c>netboot.json</c>, the list of what was found.
/// </summary>
internal sealed class GeneratedFiles(Links links, IsoImages images)
{
    /// <summary>The list, at the mirror's root.</summary>
    public const string List = "netboot.json";

    /// <summary>A folder is looked through anew when this is over: whoever copies a file into it need not restart the mirror.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private FolderSurvey? _survey;
    private long _taken;

    /// <summary>
    /// Whether the folder has an entry of the script's name. Then none is made, even if it cannot be served: a menu in its place would boot
    /// machines into something that the owner did not choose.
    /// </summary>
    public bool HasScript => Directory.EnumerateFileSystemEntries(links.Folder, FolderSurvey.Script).Any();

    /// <summary>What the folder has to boot from.</summary>
    public FolderSurvey Survey
    {
        get
        {
            lock (_lock)
            {
                if (_survey == null || TimeProvider.System.GetElapsedTime(_taken) > Fresh)
                {
                    _survey = FolderSurvey.Of(links, images);
                    _taken = TimeProvider.System.GetTimestamp();
                }

                return _survey;
            }
        }
    }

    /// <summary>Answers a request for a file that is made; false when it is for none.</summary>
    public async Task<bool> AnswerAsync(HttpContext context)
    {
        string text, type;
        switch (context.Request.Path.Value)
        {
            case "/" + FolderSurvey.Script when !HasScript:
                text = BootMenu.Write(Survey.Entries, $"http://{Authority(context)}/");
                type = MirrorServer.TextType;
                break;
            case "/" + List:
                text = SurveyText.Json(Survey);
                type = "application/json";
                break;
            default:
                return false;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }

        return true;
    }

    // The name or address by which the machine came, which it can reach; HTTP/1.0 need not say it.
    private static string Authority(HttpContext context) =>
        context.Request.Host.HasValue ? context.Request.Host.Value!
        : $"{context.Connection.LocalIpAddress!.MapToIPv4()}:{context.Connection.LocalPort}";
}
