namespace Netboot.Http;

/// <summary>The media types that the device sends.</summary>
public static class HttpContentTypes
{
    /// <summary>Scripts, status, errors. iPXE goes by the content and takes any type.</summary>
    public const string Text = "text/plain; charset=utf-8";

    /// <summary>The page.</summary>
    public const string Html = "text/html; charset=utf-8";

    /// <summary>The API.</summary>
    public const string Json = "application/json";

    /// <summary>Prometheus' text format.</summary>
    public const string Metrics = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Loaders.</summary>
    public const string Binary = "application/octet-stream";

    /// <summary>UEFI loaders: edk2 goes by the extension <c>.efi</c> or by this (HttpBootSupport.c, HttpBootCheckImageType).</summary>
    public const string Efi = "application/efi";
}
