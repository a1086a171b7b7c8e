using Netboot.Tool.Lab;

namespace Netboot.Tool.Bench.Hostile;

/// <summary>What a case has to work with: a server that has just started, and its network.</summary>
internal sealed class HostileScene(StrangersNetwork network, bool isDevice, int seconds, IReadOnlyDictionary<string, byte[]> files,
    CancellationToken cancellation)
{
    /// <summary>The loader of UEFI x64 machines.</summary>
    public const string EfiLoader = "snponly.efi";

    /// <summary>A file that no buffer on the way holds.</summary>
    public const string LargeLoader = "snponly-arm64.efi";

    public StrangersNetwork Network { get; } = network;

    public bool IsDevice { get; } = isDevice;

    /// <summary>How long a stream of attacks lasts.</summary>
    public int Seconds { get; } = seconds;

    public CancellationToken Cancellation { get; } = cancellation;

    public string Loader => EfiLoader;

    public byte[] LoaderBytes => files[EfiLoader];

    public byte[] LargeBytes => files[LargeLoader];

    /// <summary>Lets time pass: a server's repetitions come, tables fill.</summary>
    public void Wait(double seconds)
    {
        if (Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds)))
        {
            throw new OperationCanceledException(Cancellation);
        }
    }

    /// <summary>Machines that load, spread over the time of the attack, or over a time of their own.</summary>
    public Crowd Load(int count, double? seconds = null) => Spread(count, i => new Machine(this, i).Loads(), seconds);

    /// <summary>Attempts spread over the time of the attack.</summary>
    public Crowd Spread(int count, Func<int, bool> attempt, double? seconds = null) =>
        Crowd.Run(count, TimeSpan.FromSeconds((seconds ?? Seconds) / count), Cancellation, attempt);
}
