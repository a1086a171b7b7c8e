using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Several errors of one change: the first with its place in the settings as far as it is known, the others in its list <c>more</c>.
/// </summary>
internal sealed class ErrorPieces : HttpPieces
{
    private readonly JsonWriter _json = new JsonWriter();
    private SettingsError _next;

    internal ErrorPieces(SettingsError error)
    {
        _next = error;
    }

    /// <inheritdoc/>
    public override bool Write(int index, ByteWriter writer)
    {
        if (_next == null)
        {
            return false;
        }

        JsonWriter json = _json.In(writer);
        if (index == 0)
        {
            json.Begin('{').Name("error");
        }
        else if (index == 1)
        {
            json.Name("more").Begin('[');
        }

        WriteError(json, _next);
        _next = _next.More;
        if (index > 0)
        {
            json.End('}');
        }

        if (_next == null)
        {
            // The list, if there is one, the first error, and the answer.
            (index > 0 ? json.End(']') : json).End('}').End('}');
        }

        return true;
    }

    /// <summary>Writes an error's members into an object that stays open.</summary>
    internal static void WriteError(JsonWriter json, SettingsError error)
    {
        json.Begin('{').Name("message").Value(error.Message);
        if (error.Line > 0)
        {
            json.Name("line").Value(error.Line);
        }

        if (error.Column > 0)
        {
            json.Name("column").Value(error.Column);
        }

        if (error.Section != null)
        {
            json.Name("section").Value(error.Section);
        }

        if (error.Key != null)
        {
            json.Name("key").Value(error.Key);
        }
    }
}
