using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>Writes a profile's values into a script.</summary>
internal static class ScriptText
{
    /// <summary>Before a URL: the setting that reports and messages show.</summary>
    internal const string SetUrl = "set nb-url ";

    /// <summary>What to check when a file of the mirror did not come.</summary>
    internal const string MirrorAdvice = "is that server on, can this network reach it, does it have the file?" + ScriptParts.More;

    /// <summary>Writes the absolute form of the URL that is the value at a place of the profile.</summary>
    internal static void WriteUrl(PartWriter writer, ScriptFacts facts, int place) =>
        WriteUrl(writer, facts, place, facts.Profile.Length(place));

    /// <summary>The same where something else may stand behind the URL, which has <paramref name="length"/> bytes.</summary>
    internal static void WriteUrl(PartWriter writer, ScriptFacts facts, int place, int length)
    {
        byte[] url = facts.Profile.Bytes(place);
        int offset = Profile.Offset(place);
        byte[] mirror = facts.Settings.MirrorUrl;
        int before = MirrorUrl.BaseLength(url, offset, length, mirror);
        if (before > 0)
        {
            writer.Raw(mirror, 0, before);
        }

        Write(writer, facts, url, offset, length, true);
    }

    /// <summary>Writes a text of the profile's with its templates filled in; see <see cref="Templates.Write"/>.</summary>
    internal static void Write(PartWriter writer, ScriptFacts facts, byte[] text, int offset, int length, bool inUrl)
    {
        if (facts.HasTemplates)
        {
            Templates.Write(text, offset, length, inUrl, facts, writer);
        }
        else
        {
            writer.Raw(text, offset, length);
        }
    }
}
