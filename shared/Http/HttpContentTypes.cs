using Netboot.Bytes;

namespace Netboot.Http;

/// <summary>The media types that the device sends, as bytes made once.</summary>
public static class HttpContentTypes
{
    /// <summary>Scripts, status, errors. iPXE goes by the content and takes any type.</summary>
    public static readonly byte[] Text = Octets.Of("text/plain; charset=utf-8");

    /// <summary>The page.</summary>
    public static readonly byte[] Html = Octets.Of("text/html; charset=utf-8");

    /// <summary>The API.</summary>
    public static readonly byte[] Json = Octets.Of("application/json");

    /// <summary>Loaders.</summary>
    public static readonly byte[] Binary = Octets.Of("application/octet-stream");

    /// <summary>UEFI loaders: edk2 goes by the extension <c>.efi</c> or by this (HttpBootSupport.c, HttpBootCheckImageType).</summary>
    public static readonly byte[] Efi = Octets.Of("application/efi");
}
