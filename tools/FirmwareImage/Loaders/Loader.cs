using System.Security.Cryptography;

namespace Netboot.FirmwareImage.Loaders;

/// <summary>A loader for the firmware image: the name that machines ask for, and its bytes.</summary>
/// <param name="Name">Lower case, for instance <c>snponly.efi</c>.</param>
/// <param name="Content">The whole file.</param>
/// <param name="Version">As <see cref="LoaderVersion"/> found it, or <see cref="LoaderVersion.Unknown"/>.</param>
public sealed record Loader(string Name, byte[] Content, string Version)
{
    /// <summary>SHA-256 of the content, in lower case.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>The number by which the firmware asks for it.</summary>
    public short Id => ResourceId.Of(Name);
}
