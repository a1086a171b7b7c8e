using System;
using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>Reads the request line (RFC 9112 3) where it stands: at the start of the request's buffer.</summary>
public static class HttpRequestLine
{
    // Made once: what each request needs makes no garbage.
    private static readonly object Space = (byte)' ';
    private static readonly object QuestionMark = (byte)'?';
    private static readonly object FullStop = (byte)'.';

    // "HTTP/1.1"
    private const int VersionLength = 8;

    // "http://"
    private const int SchemeLength = 7;

    /// <summary>Fills in method, version, path and query, or refuses the request.</summary>
    public static void Parse(HttpRequest request, int length)
    {
        byte[] line = request.Buffer;
        int space = Array.IndexOf(line, Space, 0, length);
        if (space <= 0)
        {
            request.Refuse(400, "This is not a request line.");
            return;
        }

        int target = space + 1;
        int end = Array.IndexOf(line, Space, target, length - target);
        if (end <= target || length - end - 1 != VersionLength || !Octets.StartsWith(line, end + 1, VersionLength, "HTTP/")
            || line[length - 2] != '.')
        {
            request.Refuse(400, "The request line must be a method, a target without spaces and HTTP/1.1.");
            return;
        }

        if (line[length - 3] != '1')
        {
            request.Refuse(505, "Only HTTP/1.0 and HTTP/1.1 are supported.");
            return;
        }

        // A higher minor version is read as 1.1 (RFC 9110 2.5).
        request.Minor = line[length - 1] == '0' ? 0 : 1;
        request.Method = MethodOf(line, space);
        if (request.Method == HttpMethod.Other)
        {
            request.Refuse(405, "Only GET, HEAD and POST are supported.");
            return;
        }

        string reason = Target(request, target, end);
        if (reason != null)
        {
            request.Refuse(400, reason);
        }
    }

    private static HttpMethod MethodOf(byte[] line, int length)
    {
        if (Octets.Is(line, 0, length, "GET"))
        {
            return HttpMethod.Get;
        }

        if (Octets.Is(line, 0, length, "HEAD"))
        {
            return HttpMethod.Head;
        }

        return Octets.Is(line, 0, length, "POST") ? HttpMethod.Post : HttpMethod.Other;
    }

    private static string Target(HttpRequest request, int offset, int end)
    {
        byte[] line = request.Buffer;
        if (line[offset] != '/')
        {
            // Absolute form: what a client behind a proxy sends, and every server must take (RFC 9112 3.2.2).
            if (end - offset <= SchemeLength || !Octets.IsIgnoreCase(line, offset, SchemeLength, "http://"))
            {
                return "The target must begin with a slash.";
            }

            int authority = offset + SchemeLength;
            offset = Array.IndexOf(line, (object)(byte)'/', authority, end - authority);
            if (offset <= authority)
            {
                return "The target has no host or no path.";
            }

            request.SetHeader(HttpHeader.Host, authority, offset - authority);
            request.Flags |= HttpRequest.HostInTarget;
        }

        int pathEnd = Array.IndexOf(line, QuestionMark, offset, end - offset);
        if (pathEnd < 0)
        {
            pathEnd = end;
        }
        else
        {
            request.QueryOffset = pathEnd + 1;
            request.QueryLength = end - pathEnd - 1;
            if (PercentText.Decode(line, request.QueryOffset, request.QueryLength, null, 0, true) < 0)
            {
                request.QueryLength = 0;
                return "The query is not percent-encoded UTF-8.";
            }
        }

        int pathLength = PercentText.Decode(line, offset, pathEnd - offset, line, offset, false);
        if (pathLength < 0)
        {
            return "The path is not percent-encoded UTF-8.";
        }

        request.PathOffset = offset;
        request.PathLength = pathLength;
        return ClimbsUp(line, offset, pathLength) ? "The path must not contain '..'." : null;
    }

    /// <summary>Whether a path has a ".." segment. Nothing here resolves to a file's path; this keeps it so for every handler.</summary>
    private static bool ClimbsUp(byte[] line, int offset, int length)
    {
        int end = offset + length;
        int dot = Array.IndexOf(line, FullStop, offset, length);
        while (dot >= 0)
        {
            if (IsSeparator(line[dot - 1]) && dot + 1 < end && line[dot + 1] == '.' && (dot + 2 == end || IsSeparator(line[dot + 2])))
            {
                return true;
            }

            dot = Array.IndexOf(line, FullStop, dot + 1, end - dot - 1);
        }

        return false;
    }

    private static bool IsSeparator(byte value) => value == '/' || value == '\\';
}
