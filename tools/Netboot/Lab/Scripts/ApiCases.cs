using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Netboot.Tool.Bench;

namespace Netboot.Tool.Lab;

/// <summary>Machines whose boot a server of Pixiecore's API decides: every answer that its specification allows, and its faults.</summary>
internal static class ApiCases
{
    private const int Port = 84;
    private static readonly string Profile = $"kind = api\napi = http://{LabNetwork.MirrorAddress}:{Port}{BootApi.Prefix}";
    private const string Kernel = "vmlinuz-amd64";
    private const string Initrd = "initrd-amd64";

    /// <summary>Longer than Pixiecore waits for its API (5 s), and less than the device does (10 s).</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(8);

    /// <summary>All of them. A machine that the API does not want leaves iPXE at once.</summary>
    public static readonly IReadOnlyList<ScriptCase> All =
    [
        new("api", Profile, ScriptEnd.Up, "Hello from the API")
        {
            Api = commandLine => BootApiAnswer.Kernel(
                BootFiles.MirrorUrl + Kernel, [BootFiles.MirrorUrl + Initrd], commandLine, "Hello from the API"),
        },
        // Relative URLs start at the API's server.
        new("uefi-api", Profile, ScriptEnd.Up, "Netboot: profile uefi-api", Uefi: true)
        {
            Api = commandLine => BootApiAnswer.KernelWithObject("/" + Kernel, ["/" + Initrd], commandLine, "/" + ScriptFiles.WebPage),
        },
        new("api-script", Profile, ScriptEnd.Up, "A script of the API")
        {
            Api = commandLine => BootApiAnswer.Script(
                $"#!ipxe\necho A script of the API\nkernel {BootFiles.MirrorUrl}{Kernel} initrd=i {commandLine}\n"
                    + $"initrd --name i {BootFiles.MirrorUrl}{Initrd}\nboot\n"),
        },
        new("api-slow", Profile, ScriptEnd.Up, "Netboot: profile api-slow")
        {
            Api = commandLine =>
                BootApiAnswer.Kernel(BootFiles.MirrorUrl + Kernel, [BootFiles.MirrorUrl + Initrd], commandLine) with { Delay = Slow },
        },
        new("api-broken", Profile, ScriptEnd.Restarts, $"http://{LabNetwork.DeviceAddress}/api.ipxe?profile=api-broken", "api", "1d")
        {
            Api = _ => BootApiAnswer.Broken, NewestOnly = true,
        },
        new("api-empty", Profile, ScriptEnd.NextDevice, "Netboot: profile api-empty") { Api = _ => BootApiAnswer.Empty },
        new("api-refused", Profile, ScriptEnd.NextDevice, "Netboot: profile api-refused") { Api = _ => BootApiAnswer.NotFound },
    ];

    /// <summary>
    /// Starts the API beside the mirror when one of the machines needs it; it serves the mirror's <paramref name="folder"/> as well. Null
    /// when none does.
    /// </summary>
    public static async Task<BootApi?> Start(
        LabNetwork network, IEnumerable<ScriptMachine> machines, string commandLine, string folder, CancellationToken cancellation)
    {
        var answers = machines.Where(machine => machine.Case.Api is not null)
            .Select(machine => KeyValuePair.Create(machine.Mac, machine.Case.Api!(commandLine))).ToArray();
        if (answers.Length == 0)
        {
            return null;
        }

        var endPoint = new IPEndPoint(IPAddress.Parse(LabNetwork.MirrorAddress), Port);
        var api = new BootApi(answers, endPoint, folder, address => Bound(network.Mirror, address));
        await api.StartAsync(cancellation).ConfigureAwait(false);
        return api;
    }

    // A socket stays in the namespace in which it was made.
    private static Socket Bound(string place, EndPoint address) => NamespaceThread.Run(place, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(address);
        return socket;
    });
}
