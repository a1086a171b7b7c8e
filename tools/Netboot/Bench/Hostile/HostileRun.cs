using System.Security.Cryptography;
using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>What <c>netboot bench hostile</c> was asked to do.</summary>
internal sealed record HostileRequest(IReadOnlyList<HostileCase> Cases, int Seconds, bool Markdown, bool JudgesTimes);

/// <summary>
/// Each attack against the device and, where it has the same service, against dnsmasq: a new server and a new network each time.
/// </summary>
internal sealed class HostileRun(HostileRequest request, LabOutput output) : IsolatedRun(output)
{
    private const string Token = "bench";
    private const int MirrorPort = Web.Port;

    /// <summary>As large as iPXE is; the large one does not fit into what the kernels of both ends keep for a slow reader.</summary>
    private static readonly (string Name, int Size)[] Files = [("undionly.kpxe", 70_000), (HostileScene.EfiLoader, 300_000),
        (HostileScene.LargeLoader, 8_000_000)];

    private readonly Dictionary<string,
        byte[]> _files = Files.ToDictionary(file => file.Name, file => RandomNumberGenerator.GetBytes(file.Size));
    private int _networks;

    public override bool Execute(CancellationToken cancellation)
    {
        using (new PackageCache(Output, cancellation))
        {
            RemoveLeftovers();
            HostPackages.Ensure([], Output);
        }

        MakeFolder();
        var mirror = Path.Combine(Folder, "mirror");
        var loaders = Directory.CreateDirectory(Path.Combine(mirror, BootFiles.MirrorLoaders)).FullName;
        foreach (var (name, bytes) in _files)
        {
            File.WriteAllBytes(Path.Combine(loaders, name), bytes);
        }

        var judgements = new List<Judgement>();
        foreach (var hostile in request.Cases)
        {
            var device = Measure(hostile, new VirtualDevice(hostile.FromMirror, hostile.Settings), true, mirror, loaders, cancellation);
            var peer = hostile.HasPeer ? Measure(hostile, new DnsmasqProxy(), false, mirror, loaders, cancellation) : [];
            var judged = Judgement.Of(hostile.Name, device, peer, request.JudgesTimes).ToArray();
            judgements.AddRange(judged);
            foreach (var judgement in judged.Where(judgement => !judgement.Met))
            {
                var peers = judgement.Peer is null ? "" : $", dnsmasq {judgement.Peer.Text}";
                Output.Bad($"{hostile.Name}: {judgement.Device.Title}: {judgement.Device.Text}{peers}; the bar is {judgement.Bar}.");
            }
        }

        HostileReport.Show(Output, judgements);
        if (request.Markdown)
        {
            foreach (var line in HostileReport.Markdown(judgements))
            {
                Output.Note(line);
            }
        }

        return judgements.TrueForAll(judgement => judgement.Met);
    }

    private IReadOnlyList<Figure> Measure(
        HostileCase hostile, IBootServer server, bool isDevice, string mirror, string loaders, CancellationToken cancellation)
    {
        var mark = Ledger.Mark();
        try
        {
            var number = ++_networks;
            var folder = Directory.CreateDirectory(Path.Combine(Folder, $"{number}-{server.Name}")).FullName;
            var network = new StrangersNetwork(Name, number, folder);
            network.Make(Ledger);
            if (hostile.FromMirror && isDevice)
            {
                var listening = Serve(
                    "mirror", network.Namespace,
                    SelfCommand.With("mirror", mirror, "--listen", $"{LabNetwork.MirrorAddress}:{MirrorPort}"), _ => { });
                BoundPorts.WaitForTcp(listening, cancellation, MirrorPort);
            }

            var tail = new Tail();
            var process = Serve(server.Name, network.ServerNamespace, server.Command(loaders, Token, folder), tail.Add);
            try
            {
                BoundPorts.WaitForUdp(process, cancellation, server.Ports);
                if (isDevice)
                {
                    BoundPorts.WaitForTcp(process, cancellation, Web.Port);
                }

                return Output.During(
                    $"{hostile.Name}, {server.Name}: {hostile.Attack}",
                    () => hostile.Run(new HostileScene(network, isDevice, request.Seconds, _files, cancellation)));
            }
            catch (LabException e)
            {
                if (!isDevice)
                {
                    throw new LabException($"{hostile.Name}, {server.Name}: {e.Message}\n{tail}", e);
                }

                // The other cases still get their turn.
                Output.Bad($"{hostile.Name}, {server.Name}: {e.Message}\n{tail}");
                return [Figure.Always("ran to the end", 0, 1)];
            }
        }
        finally
        {
            Ledger.UndoTo(mark);
        }
    }
}
