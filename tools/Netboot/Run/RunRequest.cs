using Netboot.Tool.Mirror;

namespace Netboot.Tool.Run;

/// <summary>What <c>netboot run</c> was asked to do.</summary>
internal sealed record RunRequest(
    string? Interface, string? Mirror, MirrorOptions? Serve, string? Settings, string? Storage, IReadOnlyList<string> Loaders, int HttpPort,
    bool Plain, bool Console);

/// <summary>Why the device cannot be run, and what to do about it.</summary>
internal sealed class RunException(string message) : Exception(message);
