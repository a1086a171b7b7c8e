namespace Netboot.Dhcp;

/// <summary>The other DHCP and boot servers that were heard on the LAN: a small fixed table.</summary>
public sealed class OtherServers
{
    /// <summary>Whether somebody would like to know more than is known: the next question is then asked earlier.</summary>
    public bool Wanted { get; set; }

    /// <summary>How many are known.</summary>
    public int Count { get; private set; }

    /// <summary>What server <paramref name="index"/> tells machines.</summary>
    public OtherServerKind Kind(int index)
    {
        return OtherServerKind.None;
    }

    /// <summary>The IPv4 address of server <paramref name="index"/>: 4 bytes.</summary>
    public byte[] Address(int index)
    {
        return null;
    }

    /// <summary>The first server that tells machines all of <paramref name="kind"/>, or -1.</summary>
    public int Find(OtherServerKind kind)
    {
        return -1;
    }
}
