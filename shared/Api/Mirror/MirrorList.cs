using Netboot.Boot;
using Netboot.Bytes;

namespace Netboot.Api;

/// <summary>
/// The mirror's own list of what can be booted from it, as it streams: <c>netboot.json</c>, which <c>netboot mirror</c> serves and
/// <c>netboot mirror list --json</c> writes. The device passes it on and reads nothing of it.
/// </summary>
public sealed class MirrorList : LoaderReader
{
    /// <summary>The file, at the mirror's root.</summary>
    public const string FileName = "netboot.json";

    /// <summary>Most bytes that are passed on: a hundred entries with long URLs. What is larger is some other file.</summary>
    public const int Largest = 32 * 1024;

    private const string NoList = "The mirror has no netboot.json. 'netboot mirror' makes one by itself; for another server, write it with "
        + "'netboot mirror list DIR --json > DIR/netboot.json'.";

    private const string TooLarge =
        "The mirror's netboot.json has more than 32 KB, so it is not shown. Name the files of its profiles by hand.";

    private readonly LoaderReader _file;

    private MirrorList(LoaderReader file)
    {
        _file = file;
    }

    /// <inheritdoc/>
    public override int Length
    {
        get
        {
            int length = _file.Length;
            return length > Largest ? Failed : length;
        }
    }

    /// <inheritdoc/>
    public override string Failure => _file.Missing ? NoList : _file.Length > Largest ? TooLarge : _file.Failure;

    /// <inheritdoc/>
    public override bool Seekable => false;

    /// <summary>The list of the mirror in the settings; null when no mirror is set.</summary>
    public static MirrorList Open(DeviceApi device)
    {
        byte[] mirror = device.Rules.Settings.MirrorUrl;
        return mirror == null ? null : new MirrorList(device.Files.OpenOnMirror(Octets.Text(mirror, 0, mirror.Length) + FileName));
    }

    /// <inheritdoc/>
    public override int Read(int position, byte[] buffer, int offset, int count) => _file.Read(position, buffer, offset, count);

    /// <inheritdoc/>
    public override void Release(int position) => _file.Release(position);

    /// <inheritdoc/>
    public override void Close() => _file.Close();
}
