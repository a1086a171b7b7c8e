using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// What people write in a value for something that only the boot knows: <c>{mac}</c> and its like, and Pixiecore's
/// <c>{{ URL "path" }}</c>. Most of them become settings of iPXE's, which fills them in on the machine; <c>${…}</c> is iPXE's
/// own and stays.
/// </summary>
public static class Templates
{
    /// <summary>What a URL may have in it, for messages.</summary>
    internal const string OfUrl = "{mac} {mac-hyphen} {uuid} {serial} {hostname} {arch} {ip} {device} {mirror} {name}";

    /// <summary>What a command line may have in it, for messages.</summary>
    internal const string List = OfUrl + ", and {{ URL \"path\" }} for a file on the mirror";

    /// <summary>In place of a template's number: none of these.</summary>
    internal const int Unknown = -1;

    /// <summary>Pixiecore's, with a path in it: see <see cref="CommandLine.FindTemplate"/>.</summary>
    internal const int File = 0;

    /// <summary>The mirror's URL.</summary>
    internal const int Mirror = 1;

    // Of one that is no URL: the device's address with its port, a name of the settings, a setting of iPXE's.
    private const int Longest = 24;

    private const int Device = 2;
    private const int Name = 3;
    private const int Mac = 4;
    private const int MacHyphen = 5;
    private const int Uuid = 6;
    private const int Serial = 7;
    private const int HostName = 8;
    private const int Architecture = 9;
    private const int Address = 10;

    /// <summary>
    /// The place of the next template, or -1. <paramref name="number"/> says which it is, and <paramref name="next"/> where the text goes
    /// on after it.
    /// </summary>
    internal static int Find(byte[] text, int offset, int position, int end, out int number, out int next)
    {
        number = Unknown;
        next = end;
        for (int at = position; at + 1 < end; at++)
        {
            if (text[at] != (byte)'{' || (at > offset && text[at - 1] == (byte)'$'))
            {
                continue;
            }

            if (text[at + 1] == (byte)'{')
            {
                CommandLine.FindTemplate(text, at, end, out next, out int path, out int _);
                number = path < 0 ? Unknown : File;
                return at;
            }

            int stop = at + 1;
            while (stop < end && ((text[stop] >= (byte)'a' && text[stop] <= (byte)'z') || text[stop] == (byte)'-'))
            {
                stop++;
            }

            // Braces with anything else in them, or nothing, are somebody's own.
            if (stop < end && stop > at + 1 && text[stop] == (byte)'}')
            {
                number = NumberOf(text, at + 1, stop - at - 1);
                next = stop + 1;
                return at;
            }
        }

        return -1;
    }

    /// <summary>
    /// Writes a checked text with its templates filled in, and those that are not known as they are; in a URL
    /// (<paramref name="inUrl"/>) what has odd characters is escaped.
    /// </summary>
    public static void Write(byte[] text, int offset, int length, bool inUrl, ScriptFacts facts, PartWriter writer)
    {
        int end = offset + length;
        int position = offset;
        while (position < end)
        {
            int place = Find(text, offset, position, end, out int number, out int next);
            int stop = place < 0 ? end : place;
            writer.Raw(text, position, stop - position);
            position = stop;
            if (place >= 0)
            {
                if (number == Unknown || (number == Mirror && facts.Settings.MirrorUrl == null))
                {
                    writer.Raw(text, place, next - place);
                }
                else
                {
                    WriteOne(text, place, end, number, inUrl, facts, writer);
                }

                position = next;
            }
        }
    }

    /// <summary>
    /// The most bytes that a checked text has once its templates are filled in; -1: one of them cannot be, and the error says why.
    /// </summary>
    internal static int Measure(byte[] text, int offset, int length, byte[] mirror, SettingsError error)
    {
        int end = offset + length;
        int filled = length;
        int next;
        for (int position = offset; position < end; position = next)
        {
            int place = Find(text, offset, position, end, out int number, out next);
            if (place < 0)
            {
                break;
            }

            int size = number == Unknown ? next - place : Longest;
            if (number == File)
            {
                CommandLine.FindTemplate(text, place, end, out int _, out int path, out int pathEnd);
                if (!ProfileCheck.Resolves(text, path, pathEnd - path, mirror, error))
                {
                    return -1;
                }

                size = MirrorUrl.BaseLength(text, path, pathEnd - path, mirror) + pathEnd - path;
            }
            else if (number == Mirror)
            {
                if (mirror == null)
                {
                    error.Fail("uses {mirror}, but [mirror] has no 'url'");
                    return -1;
                }

                size = mirror.Length;
            }

            filled += size - (next - place);
        }

        return filled;
    }

    private static void WriteOne(byte[] text, int place, int end, int number, bool inUrl, ScriptFacts facts, PartWriter writer)
    {
        switch (number)
        {
            case File:
                CommandLine.FindTemplate(text, place, end, out int _, out int path, out int pathEnd);
                MirrorUrl.Write(writer, text, path, pathEnd - path, facts.Settings.MirrorUrl);
                break;
            case Mirror:
                writer.Raw(facts.Settings.MirrorUrl);
                break;
            case Device:
                writer.Raw(facts.Authority);
                break;
            case Name:
                if (facts.NameLength > 0)
                {
                    writer.Raw(facts.Who, 0, facts.NameLength);
                }
                else
                {
                    writer.Text(SettingOf(MacHyphen, inUrl));
                }

                break;
            default:
                writer.Text(SettingOf(number, inUrl));
                break;
        }
    }

    // The card that was opened last, which is the one that the machine boots from, is netX.
    private static string SettingOf(int number, bool inUrl)
    {
        switch (number)
        {
            case Mac: return "${netX/mac}";
            case MacHyphen: return "${netX/mac:hexhyp}";
            case Uuid: return "${uuid}";
            case Serial: return inUrl ? "${serial:uristring}" : "${serial}";
            case HostName: return inUrl ? "${hostname:uristring}" : "${hostname}";
            case Architecture: return "${buildarch}";
            default: return "${netX/ip}";
        }
    }

    private static int NumberOf(byte[] text, int offset, int length)
    {
        switch (text[offset])
        {
            case (byte)'m':
                return Octets.Is(text, offset, length, "mac") ? Mac : Octets.Is(text, offset, length, "mac-hyphen") ? MacHyphen
                    : Octets.Is(text, offset, length, "mirror") ? Mirror : Unknown;
            case (byte)'u': return Octets.Is(text, offset, length, "uuid") ? Uuid : Unknown;
            case (byte)'s': return Octets.Is(text, offset, length, "serial") ? Serial : Unknown;
            case (byte)'h': return Octets.Is(text, offset, length, "hostname") ? HostName : Unknown;
            case (byte)'a': return Octets.Is(text, offset, length, "arch") ? Architecture : Unknown;
            case (byte)'i': return Octets.Is(text, offset, length, "ip") ? Address : Unknown;
            case (byte)'d': return Octets.Is(text, offset, length, "device") ? Device : Unknown;
            case (byte)'n': return Octets.Is(text, offset, length, "name") ? Name : Unknown;
            default: return Unknown;
        }
    }
}
