namespace Netboot.Board;

/// <summary>The loaders that were built into the firmware image, read from flash in pieces.</summary>
public interface IFirmwareLoaders
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The file name of loader <paramref name="index"/>, for instance <c>snponly.efi</c>.</summary>
    string Name(int index);

    /// <summary>Its size in bytes.</summary>
    int Length(int index);

    /// <summary>Its version as it says itself or its package does, or <c>unknown</c>.</summary>
    string Version(int index);

    /// <summary>SHA-256 of its bytes: 64 digits in lower case.</summary>
    string Hash(int index);

    /// <summary>Copies bytes from <paramref name="position"/> into <paramref name="buffer"/>; gives how many, 0 at the end.</summary>
    int Read(int index, int position, byte[] buffer, int offset, int count);
}
