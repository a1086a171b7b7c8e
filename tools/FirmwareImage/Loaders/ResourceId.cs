namespace Netboot.FirmwareImage.Loaders;

/// <summary>The number under which the metadata processor files a resource: it keeps no names, only 16 bits of a hash of each.</summary>
public static class ResourceId
{
    /// <summary>Marks the end of an assembly's table of resources, so no resource may have it.</summary>
    public const short EndOfTable = 0x7FFF;

    private const int Seed = (5381 << 16) + 5381;

    private const int Mix = 1566083941;

    /// <summary>The number of a resource of this name. Two names can have the same.</summary>
    public static short Of(string name)
    {
        int even = Seed;
        int odd = Seed;
        for (int i = 0; i < name.Length; i++)
        {
            ref int half = ref i % 2 == 0 ? ref even : ref odd;
            half = unchecked((half << 5) + half) ^ name[i];
        }

        int hash = unchecked(even + odd * Mix);
        return unchecked((short)((short)(hash >> 16) ^ (short)hash));
    }
}
