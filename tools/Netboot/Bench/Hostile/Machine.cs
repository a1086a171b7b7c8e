using System.Net;
using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>A machine of the owner's: it is in the settings, and boots as UEFI firmware does.</summary>
internal sealed class Machine(HostileScene scene, int index)
{
    /// <summary>iPXE waits longer; a person would have given up.</summary>
    private static readonly TimeSpan ScriptPatience = TimeSpan.FromSeconds(5);

    private readonly byte[] _mac = [0x02, 0x6e, 0x62, 0x01, 0x00, (byte)index];

    /// <summary>As the settings and the page write it.</summary>
    public string Mac => string.Join(':', _mac.Select(part => part.ToString("x2")));

    public IPAddress Address => StrangersNetwork.Machine(index);

    /// <summary>Settings that name so many machines.</summary>
    public static string Settings(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"[machine 02:6e:62:01:00:{i:x2}]\nname = pc{i}\nprofile = lab\n"));

    public bool Offered(DhcpClients clients) => clients.Offered(DhcpPacket.Discover(_mac, BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)))));

    public bool Loads() => TftpReader.Fetch(scene.Network, Address, scene.Loader, scene.LoaderBytes, scene.Cancellation);

    public string? Script()
    {
        using var web = new Web(scene.Network, Address, ScriptPatience);
        var answer = web.Get($"/boot.ipxe?mac={Mac.Replace(':', '-')}&arch=x86_64&platform=efi");
        return answer.Ok && answer.Text.StartsWith("#!ipxe", StringComparison.Ordinal) ? answer.Text : null;
    }

    public bool Reports(string stage)
    {
        using var web = new Web(scene.Network, Address, ScriptPatience);
        return web.Get($"/report?mac={Mac.Replace(':', '-')}&stage={stage}").Ok;
    }

    /// <summary>All of a boot that the device sees.</summary>
    public bool Boots(DhcpClients clients) => Offered(clients) && Loads() && Script() is not null && Reports("kernel") && Reports("start") && Reports("up");
}
