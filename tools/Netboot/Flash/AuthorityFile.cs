using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netboot.FirmwareImage.Boards;

namespace Netboot.Tool.Flash;

/// <summary>
/// The certificate of the authority that signed an https mirror's certificate, as the board trusts it: one certificate, in PEM, without
/// anything else in the file. It is checked here, because a board only says that there was no secure connection.
/// </summary>
internal static class AuthorityFile
{
    /// <summary>Its name in the board's storage.</summary>
    public const string Name = "ca.pem";

    /// <summary>The most that the board reads (firmware/Https); RSA-4096 takes some 2.5 KB.</summary>
    private const int Longest = 8192;

    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <summary>The PEM text for a board, from a PEM or DER file. Throws <see cref="FlashRefusedException"/> with what is wrong.</summary>
    public static string Read(string file, BoardKind board, string? target, DateTimeOffset now)
    {
        if (!board.TakesPsramImage(target))
        {
            throw new FlashRefusedException(
                $"--ca: {board.Title}{(target == null || target == board.Target ? "" : $" with --target {target}")} fetches over http only: TLS needs PSRAM, and this board may have none. "
                + "Give the mirror an http:// address (iPXE on the machines may still use https), or take a board with PSRAM: "
                + string.Join(", ", BoardTable.Current.Boards.Where(other => other.TakesPsramImage(null)).Select(other => other.Name)) + ".");
        }

        try
        {
            string text = File.ReadAllText(file);
            int count = text.Split(Begin).Length - 1;
            if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            {
                throw new FlashRefusedException($"--ca: {file} contains a private key, which no board needs. Give a file with only the authority's certificate.");
            }

            if (count > 1)
            {
                throw new FlashRefusedException($"--ca: {file} contains {count} certificates, and the board trusts one authority. Give the one that signed the mirror's certificate.");
            }

            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return Judge(certificate, file, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlashRefusedException($"--ca: {e.Message}");
        }
        catch (CryptographicException e)
        {
            throw new FlashRefusedException($"--ca: {file} is not a certificate, in PEM or DER: {e.Message}");
        }
    }

    private static string Judge(X509Certificate2 certificate, string file, DateTimeOffset now)
    {
        X509BasicConstraintsExtension? constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        bool ownIssuer = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
        if (constraints is { CertificateAuthority: false } || (constraints == null && !ownIssuer))
        {
            throw new FlashRefusedException($"--ca: {file} is the certificate of {certificate.Subject}, which is not an authority. Give that of its issuer, {certificate.Issuer}.");
        }

        if (now > certificate.NotAfter || now < certificate.NotBefore)
        {
            throw new FlashRefusedException($"--ca: the certificate in {file} is valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd} only.");
        }

        string pem = certificate.ExportCertificatePem() + "\n";
        return pem.Length <= Longest
            ? pem : throw new FlashRefusedException($"--ca: {file} has {pem.Length} bytes as PEM; a board reads at most {Longest}.");
    }
}
