namespace Netboot.Boot;

/// <summary>Where a loader's bytes are.</summary>
public enum LoaderSource : byte
{
    /// <summary>On the mirror, if it has it.</summary>
    Mirror = 0,

    /// <summary>A file on the board's own storage.</summary>
    Storage = 1,

    /// <summary>In the firmware image.</summary>
    Firmware = 2,
}

/// <summary>What the catalogue knows of one loader. One object can be filled again and again.</summary>
public sealed class LoaderInfo
{
    /// <summary>Its name.</summary>
    public byte[] Name { get; internal set; }

    /// <summary>Where it is.</summary>
    public LoaderSource Source { get; internal set; }

    /// <summary>Its size in bytes; -1: it is not on the board.</summary>
    public int Length { get; internal set; }

    /// <summary>Its version; null when that is not known.</summary>
    public string Version { get; internal set; }

    /// <summary>
    /// Its SHA-256 in hexadecimal; null when it is not known: to read a whole file for it would hold up the machines that boot.
    /// </summary>
    public string Hash { get; internal set; }
}
