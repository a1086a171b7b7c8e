using Netboot.Tool.Bench.Hostile.Cases;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>One attack with a legitimate service beside it. It runs against a server of its own, and gives figures.</summary>
internal abstract class HostileCase
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static readonly IReadOnlyList<HostileCase> All =
    [
        new BlindAcknowledgements(),
        new ForgedRelay(),
        new IdenticalRequests(),
        new ForgedRequests(),
        new SilentStreams(),
        new CrawlingStreams(),
        new SlowHttp(),
        new BodyPlace(),
        new RandomDiscovers(),
        new LogFlood(),
        new BootOnce(),
        new ForgedReports(),
        new Guessing(),
        new ForgedMdns(),
        new ForeignAnswers(),
        new DiscoverFlood(),
    ];

    /// <summary>As it is named on the command line and in the table.</summary>
    public abstract string Name { get; }

    /// <summary>What the strangers do, in a few words.</summary>
    public abstract string Attack { get; }

    /// <summary>Whether dnsmasq has the same service.</summary>
    public virtual bool HasPeer => false;

    /// <summary>Whether the device has no loaders of its own here and streams them from the mirror.</summary>
    public virtual bool FromMirror => false;

    /// <summary>More settings of the device, as text.</summary>
    public virtual string? Settings => null;

    public static HostileCase Named(string name) => All.First(known => known.Name == name);

    public abstract IReadOnlyList<Figure> Run(HostileScene scene);
}
