using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>Several errors of one change: the first as always, the others in its list <c>more</c>.</summary>
internal sealed class ErrorPieces : HttpPieces
{
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

        writer.Text(index == 0 ? "{\"error\":{" : index == 1 ? ",\"more\":[{" : ",{");
        JsonAnswer.Members(writer, _next);
        _next = _next.More;
        writer.Text(index == 0 ? "" : _next == null ? "}]}}" : "}");
        return true;
    }
}
