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

    /// <summary>An empty writer for one of them.</summary>
    internal static ByteWriter New() => new ByteWriter(UsualSize, LargestSize);

    /// <summary><c>{"ok":true}</c>.</summary>
    internal static ByteWriter Ok() => New().Text("{\"ok\":true}");

    /// <summary><c>{"error":{"message":…}}</c>.</summary>
    internal static ByteWriter Error(string message) => JsonText.String(New().Text("{\"error\":{\"message\":"), message).Text("}}");

    /// <summary>The same with the place in the settings, as far as it is known.</summary>
    internal static ByteWriter Error(SettingsError error)
    {
        ByteWriter json = New().Text("{\"error\":{");
        Members(json, error);
        return json.Text("}}");
    }

    /// <summary>Writes what an error says: its message, and its place as far as it is known.</summary>
    internal static void Members(ByteWriter json, SettingsError error)
    {
        JsonText.String(json.Text("\"message\":"), error.Message);
        if (error.Line > 0)
        {
            json.Text(",\"line\":").Number(error.Line);
        }

        if (error.Column > 0)
        {
            json.Text(",\"column\":").Number(error.Column);
        }

        Member(json, ",\"section\":", error.Section);
        Member(json, ",\"key\":", error.Key);
    }

    /// <summary>Makes a JSON text the answer.</summary>
    internal static void Send(HttpResponse response, int status, ByteWriter json)
    {
        response.Status = status;
        response.ContentType = HttpContentTypes.Json;
        response.Body(json);
    }

    /// <summary>The same for one that is made while it is sent.</summary>
    internal static void Send(HttpResponse response, int status, HttpPieces json)
    {
        response.Status = status;
        response.ContentType = HttpContentTypes.Json;
        response.Body(json);
    }

    /// <summary>The answer is a refusal.</summary>
    internal static void Refuse(HttpResponse response, int status, string message) => Send(response, status, Error(message));

    private static void Member(ByteWriter json, string name, string value)
    {
        if (value != null)
        {
            JsonText.String(json.Text(name), value);
        }
    }
}
