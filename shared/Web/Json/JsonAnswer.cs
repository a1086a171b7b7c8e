using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>The small JSON answers that many calls share; see Web/README.md.</summary>
internal static class JsonAnswer
{
    private const int UsualSize = 128;

    /// <summary>An error quotes at most 40 bytes of what was sent, and lists keys at most; each byte may take six.</summary>
    private const int LargestSize = 4096;

    /// <summary>A writer for one of them.</summary>
    internal static JsonWriter New() => new JsonWriter(new ByteWriter(UsualSize, LargestSize));

    /// <summary><c>{"ok":true}</c>.</summary>
    internal static JsonWriter Ok() => New().Begin('{').Name("ok").Value(true).End('}');

    /// <summary><c>{"error":{"message":…}}</c>.</summary>
    internal static JsonWriter Error(string message) =>
        New().Begin('{').Name("error").Begin('{').Name("message").Value(message).End('}').End('}');

    /// <summary>Makes a JSON text the answer.</summary>
    internal static void Send(HttpResponse response, int status, JsonWriter json)
    {
        response.Status = status;
        response.ContentType = HttpContentTypes.Json;
        response.Body(json.Bytes);
    }

    /// <summary>The answer is a refusal.</summary>
    internal static void Refuse(HttpResponse response, int status, string message) => Send(response, status, Error(message));

    /// <summary>The answer is a refusal with its place in the settings, as far as it is known; and with all others of the same change.</summary>
    internal static void Refuse(HttpResponse response, int status, SettingsError error)
    {
        JsonWriter json = New().Begin('{').Name("error");
        ErrorPieces.WriteError(json, error);
        Send(response, status, json.End('}').End('}'));
        if (error.More != null)
        {
            response.Body(new ErrorPieces(error));
        }
    }
}
