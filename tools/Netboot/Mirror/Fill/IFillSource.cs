namespace Netboot.Tool.Mirror.Fill;

/// <summary>Where something bootable comes from.</summary>
internal interface IFillSource
{
    /// <summary>What its folder in the mirror is called, when nobody says otherwise.</summary>
    string DefaultName { get; }

    /// <summary>
    /// Puts its files into a folder, which is empty; the folder's own name is the one that it will have in the mirror. Throws
    /// <see cref="FillException"/> when there is nothing to boot in it, or when it cannot be had.
    /// </summary>
    Task PutAsync(string folder, WorkFolder work, FillOutput output, CancellationToken cancellation);
}
