namespace Netboot.Tool.Lab;

/// <summary>The stages of a boot, in their order.</summary>
internal enum Stage
{
    PowerOn,
    Offer,
    Loader,
    Script,
    Kernel,
    Linux,
    Ok,
}
