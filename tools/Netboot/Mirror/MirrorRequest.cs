using System;
using System.Globalization;
using System.Net;

namespace Netboot.Tool.Mirror;

/// <summary>One request that the mirror answered.</summary>
internal sealed record MirrorRequest(
    IPAddress? Client, string Method, string Path, int Status, long Length, TimeSpan Duration, bool Aborted)
{
    /// <summary>The log line: <c>10.77.0.50 GET /vmlinuz 200 14149568 bytes 312 ms</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Client} {Method} {Path} {Status} {Length} bytes {Duration.TotalMilliseconds:0} ms{(Aborted ? ", client went away" : "")}");
}
