using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netboot.Tool.Flash;

/// <summary>The files that nanoff reads.</summary>
internal static class JsonText
{
    // Relaxed: a file of our own, read by nanoff and by people, and never part of a page.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As indented text.</summary>
    public static string Write(JsonNode node) => node.ToJsonString(Readable) + "\n";

    /// <summary>The list of one file that <c>nanoff --filedeployment</c> puts onto the board.</summary>
    public static string OneFile(string source, string destination) => Write(new JsonObject
    {
        ["files"] = new JsonArray(new JsonObject { ["DestinationFilePath"] = destination, ["SourceFilePath"] = source }),
    });
}
