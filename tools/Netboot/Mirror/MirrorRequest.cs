using System;
using System.Globalization;
using System.Net;

namespace Netboot.Tool.Mirror;

/// <summary>One request that the mirror answered.</summary>
internal sealed record MirrorRequest(
    IPAddress? Client, string? Machine, string Method, string Path, int Status, long Length, TimeSpan Duration, bool Aborted)
{
    /// <summary>Below this a rate says nothing.</summary>
    private const long LeastForRate = 1_000_000;

    /// <summary>The log line: <c>10.77.0.50 (52-54-00-12-34-56) GET /vmlinuz 200 14149568 bytes 312 ms, 45.4 MB/s</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Client}{(Machine == null ? "" : $" ({Machine})")} {Method} {Path} {Status} {Length} bytes {Duration.TotalMilliseconds:0} ms{Rate}{(Aborted ? ", client went away" : "")}");

    private string Rate => Aborted || Method == "HEAD" || Length < LeastForRate || Duration <= TimeSpan.Zero
        ? "" : string.Create(CultureInfo.InvariantCulture, $", {Length / 1e6 / Duration.TotalSeconds:0.0} MB/s");
}
