namespace Netboot.Settings;

/// <summary>
/// What machines are found by besides their whole Ethernet address. Few settings have any of it, so that the table of machines keeps one
/// place for all.
/// </summary>
internal sealed class OtherKeys
{
    /// <summary>UUIDs, or null.</summary>
    internal UuidList Uuids { get; set; }

    /// <summary>What addresses begin with, or null.</summary>
    internal PrefixList Prefixes { get; set; }

    /// <summary>About how many bytes of a board's heap they take.</summary>
    internal int Size => 48 + (Uuids == null ? 0 : Uuids.Size) + (Prefixes == null ? 0 : Prefixes.Size);
}
