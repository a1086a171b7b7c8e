namespace Netboot.Journal;

/// <summary>iPXE's error numbers: bits 30 to 24 are a POSIX class in iPXE's own count (iPXE, include/errno.h), the rest says which line of its source.</summary>
public static class IpxeError
{
    private const int ConnectionRefused = 0x0e;
    private const int ConnectionReset = 0x0f;
    private const int HostUnreachable = 0x17;
    private const int NetworkUnreachable = 0x28;
    private const int NoEntry = 0x2d;
    private const int NoExecutable = 0x2e;
    private const int NoSuchName = 0x3e;
    private const int TimedOut = 0x4c;

    /// <summary>What an error of a fetch means. A script that is no script shows when it is executed, so <paramref name="script"/> says what was fetched.</summary>
    public static WhyCode Meaning(int error, bool script)
    {
        switch ((error >> 24) & 0x7F)
        {
            case NoEntry:
                return WhyCode.MirrorNotFound;
            case TimedOut:
                return WhyCode.MirrorTimeout;
            case ConnectionRefused:
            case ConnectionReset:
            case HostUnreachable:
            case NetworkUnreachable:
            case NoSuchName:
                return WhyCode.MirrorUnreachable;
            case NoExecutable:
                return script ? WhyCode.MirrorNotScript : WhyCode.MirrorError;
            default:
                return WhyCode.MirrorError;
        }
    }
}
