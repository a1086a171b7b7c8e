using System.Resources;
using nanoFramework.Runtime.Native;
using Netboot.Device;

namespace Netboot.Firmware;

/// <summary>
/// The loaders that the build packed into this firmware as resources. <c>BuiltInLoaders</c>, which the build writes, lists them: the
/// platform knows neither names nor sizes of resources.
/// </summary>
public sealed class FirmwareLoaders : PiecewiseLoaders
{
    /// <summary>The embedded file, without its ending <c>.nanoresources</c>.</summary>
    private const string ResourceFile = "Netboot.Firmware.Loaders";

    private readonly ResourceManager _resources;

    /// <summary>Opens the resources; a firmware without loaders has none.</summary>
    public FirmwareLoaders()
    {
        if (BuiltInLoaders.Count > 0)
        {
            _resources = new ResourceManager(ResourceFile, typeof(FirmwareLoaders).Assembly);
        }
    }

    /// <inheritdoc/>
    public override int Count
    {
        get { return BuiltInLoaders.Count; }
    }

    /// <inheritdoc/>
    public override string Name(int index)
    {
        return BuiltInLoaders.Name(index);
    }

    /// <inheritdoc/>
    public override int Length(int index)
    {
        return BuiltInLoaders.Length(index);
    }

    /// <inheritdoc/>
    public override string Version(int index)
    {
        return BuiltInLoaders.Version(index);
    }

    /// <inheritdoc/>
    public override string Hash(int index)
    {
        return BuiltInLoaders.Hash(index);
    }

    /// <inheritdoc/>
    protected override byte[] Fetch(int index, int position, int count)
    {
        // Without position and count the call would load the whole resource into memory.
        return (byte[])ResourceUtility.GetObject(_resources, BuiltInLoaders.Id(index), position, count);
    }
}
