using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Netboot.Tool.Mirror;

/// <summary>Which machine is behind an address: a script's URL says so (<c>?mac=…</c>), and kernels and initrds come from the same address.</summary>
internal sealed class MirrorMachines
{
    /// <summary>A LAN's worth; who comes later is shown by address only.</summary>
    private const int Most = 1024;

    /// <summary>A MAC address with colons or hyphens is 17 characters; a longer text is none.</summary>
    private const int MacLength = 17;

    private readonly ConcurrentDictionary<IPAddress, string> _macs = new();

    /// <summary>The machine that sent a request, null when it is not known.</summary>
    public string? Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return null;
        }

        string mac = context.Request.Query["mac"].ToString();
        if (mac.Length == MacLength && mac.All(c => char.IsAsciiHexDigit(c) || c is ':' or '-') && (_macs.Count < Most || _macs.ContainsKey(address)))
        {
            _macs[address] = mac;
        }

        return _macs.GetValueOrDefault(address);
    }
}
