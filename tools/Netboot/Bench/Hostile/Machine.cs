using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>A machine of the owner's: it is in the settings, and boots as UEFI firmware does.</summary>
internal sealed class Machine(HostileScene scene, int index)
{
    /// <summary>iPXE waits longer; a person would have given up.</summary>
    private static readonly TimeSpan ScriptPatience = TimeSpan.FromSeconds(5);

    /// <summary>edk2 asks a boot server so often, with longer pauses.</summary>
    private const int Tries = 4;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly byte[] _mac = [0x02, 0x6e, 0x62, 0x01, 0x00, (byte)index];

    /// <summary>As the settings and the page write it.</summary>
    public string Mac => string.Join(':', _mac.Select(part => part.ToString("x2")));

    public IPAddress Address => StrangersNetwork.Machine(index);

    /// <summary>Settings that name so many machines.</summary>
    public static string Settings(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"[machine 02:6e:62:01:00:{i:x2}]\nname = pc{i}\nprofile = lab\n"));

    public bool Offered(DhcpClients clients) => clients.Offered(DhcpPacket.Discover(_mac, Transaction()));

    public bool Loads() => TftpReader.Fetch(scene.Network, Address, scene.Loader, scene.LoaderBytes, scene.Cancellation);

    public bool LoadsByHttp()
    {
        using var web = new Web(scene.Network, Address, ScriptPatience);
        var answer = web.Get("/" + scene.Loader);
        return answer.Ok && answer.Content.AsSpan().SequenceEqual(scene.LoaderBytes);
    }

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

    /// <summary>
    /// All of a boot that the server sees: offer, boot server, loader, and from the device the script and reports. (dnsmasq sends machines
    /// to the mirror for their script.)
    /// </summary>
    public bool Boots(DhcpClients clients) =>
        BeginsToBoot(clients) && (!scene.IsDevice || (Script() is not null && Reports("kernel") && Reports("start") && Reports("up")));

    /// <summary>As far as the loader: the machine was heard, and from its address.</summary>
    public bool BeginsToBoot(DhcpClients clients) => Offered(clients) && (!scene.IsDevice || AsksBootServer()) && Loads();

    private bool AsksBootServer()
    {
        // edk2 asks from the port that it asks at.
        using var socket = scene.Network.Udp(Address, DhcpPacket.BootServerPort);
        var request = DhcpPacket.Discover(_mac, Transaction()).As(DhcpPacket.Request).From(Address);
        for (var i = 0; i < Tries; i++)
        {
            socket.SendTo(request, new IPEndPoint(StrangersNetwork.Server, DhcpPacket.BootServerPort));
            if (socket.Poll(Again, SelectMode.SelectRead))
            {
                return true;
            }
        }

        return false;
    }

    private static uint Transaction() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
}
