namespace Netboot.Journal;

/// <summary>
/// iPXE's error numbers: bits 30 to 24 are a POSIX class in iPXE's own count (iPXE, include/errno.h), the rest says which line of its
/// source.
/// </summary>
public static class IpxeError
{
    private const int AccessDenied = 0x02;
    private const int ConnectionRefused = 0x0e;
    private const int ConnectionReset = 0x0f;
    private const int HostUnreachable = 0x17;
    private const int NetworkUnreachable = 0x28;
    private const int NoEntry = 0x2d;
    private const int NoExecutable = 0x2e;
    private const int NotSupported = 0x3c;
    private const int NoSuchName = 0x3e;
    private const int TimedOut = 0x4c;

    // Bits 23 to 13: the file of iPXE's source (include/ipxe/errfile.h), which has kept its number since 2010.
    private const int FileBits = 0x00ffe000;
    private const int OpenFile = 0x00092000;
    private const int HttpFile = 0x000c6000;
    private const int DnsFile = 0x00116000;

    /// <summary>Whether iPXE knows no such protocol: https:// in a build without it, maybe behind a redirection.</summary>
    internal static bool IsProtocol(int error) => Class(error) == NotSupported && (error & FileBits) == OpenFile;

    /// <summary>Whether the server wants a login (401, 403).</summary>
    internal static bool IsLogin(int error) => Class(error) == AccessDenied && (error & FileBits) == HttpFile;

    /// <summary>Whether the server's certificate is not one that this iPXE trusts.</summary>
    internal static bool IsCertificate(int error) => Class(error) == AccessDenied && (error & FileBits) != HttpFile;

    private static int Class(int error) => (error >> 24) & 0x7F;

    /// <summary>
    /// What an error of a fetch means. A script that is no script shows when it is executed, so <paramref name="script"/> says what was
    /// fetched.
    /// </summary>
    public static WhyCode Meaning(int error, bool script)
    {
        if ((error & FileBits) == DnsFile)
        {
            // A name server that does not answer times out as a mirror does.
            return WhyCode.NameUnknown;
        }

        switch (Class(error))
        {
            case NoEntry:
                return WhyCode.MirrorNotFound;
            case TimedOut:
                return WhyCode.MirrorTimeout;
            case ConnectionRefused:
            case ConnectionReset:
            case HostUnreachable:
            case NetworkUnreachable:
                return WhyCode.MirrorUnreachable;
            case NoSuchName:
                return WhyCode.NameUnknown;
            case NoExecutable:
                return script ? WhyCode.MirrorNotScript : WhyCode.MirrorError;
            default:
                return WhyCode.MirrorError;
        }
    }
}
