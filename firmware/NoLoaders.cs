using Netboot.Device;

namespace Netboot.Firmware;

/// <summary>A firmware image without loaders: they come from the board's storage or the mirror.</summary>
public sealed class NoLoaders : IFirmwareLoaders
{
    /// <inheritdoc/>
    public int Count
    {
        get { return 0; }
    }

    /// <inheritdoc/>
    public string Name(int index)
    {
        return null;
    }

    /// <inheritdoc/>
    public int Length(int index)
    {
        return 0;
    }

    /// <inheritdoc/>
    public int Read(int index, int position, byte[] buffer, int offset, int count)
    {
        return 0;
    }
}
