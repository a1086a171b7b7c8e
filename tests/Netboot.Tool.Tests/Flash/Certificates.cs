using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Netboot.Tool.Tests.Flash;

/// <summary>Certificates as a homelab has them, made for one test.</summary>
internal static class Certificates
{
    private const string AuthorityName = "CN=Home CA";

    public static X509Certificate2 Authority() => Authority(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));

    public static X509Certificate2 Authority(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(AuthorityName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(from, to);
    }

    public static X509Certificate2 Server()
    {
        using X509Certificate2 authority = Authority();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nas", key, HashAlgorithmName.SHA256);
        return request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddYears(1), [1, 2, 3, 4]);
    }
}
