using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>
/// The one table of diagnoses: for each, its name for programs, how bad it is, and what it tells people: what happened, and what to do
/// about it.
/// </summary>
public static class WhyText
{
    /// <summary>Bytes per second from which on a mirror is not the reason that a machine waits: 60 MB in a minute.</summary>
    public const int FastMirror = 1024 * 1024;

    private const string NotFetched = "iPXE could not fetch the %t";

    // How bad it is: the machine's boot failed, a rule refused it, or it goes on and only takes long.
    private enum Severity : byte
    {
        Failure,
        Refusal,
        Warning,
    }

    /// <summary>
    /// A row: its name, how bad it is (<see cref="Severity.Failure"/> unless it says otherwise), and its text. In the text <c>%t</c> is the
    /// diagnosis' own text, and of its argument <c>%n</c> is the number, <c>%a</c> the IPv4 address, <c>%e</c> iPXE's error, <c>%r</c> the
    /// size, <c>%s</c> the stage. All of it is literals: rows are looked at in the packet path too.
    /// </summary>
    private static string Row(WhyCode code, int argument, out string name, out Severity severity)
    {
        severity = Severity.Failure;
        switch (code)
        {
            case WhyCode.NoRequest:
                name = "no-request";
                return "was offered its boot file but never requested an address: is a DHCP server running on this network?";
            case WhyCode.WentElsewhere:
                name = "went-elsewhere";
                return argument == 0
                    ? "took an address but nothing from this device: another boot server was faster, "
                        + "or the router sends its own boot options (66, 67)"
                    : "took an address but nothing from this device: %a sends its own boot options (60, 66 or 67); turn them off there";
            case WhyCode.NoProxy:
                name = "no-proxy";
                return "its iPXE did not wait for our offer, because %a sends option 175.176 (no-pxedhcp): remove it there";
            case WhyCode.NoFile:
                name = "no-file";
                return "was told its boot file but never fetched it: something blocks TFTP (UDP port 69), "
                    + "or its firmware needs another loader";
            case WhyCode.LoaderAborted:
                name = "loader-aborted";
                return "aborted its loader: \"%t\". Secure Boot, or a loader that its firmware rejects: set another one for this machine";
            case WhyCode.LoaderTimeout:
                name = "loader-timeout";
                return "stopped receiving its loader: a bad cable, a switch port that is not up yet, or a filter on high UDP ports";
            case WhyCode.LoaderRefused:
                name = "loader-refused";
                return "cannot get its loader: %t";
            case WhyCode.LoaderMissing:
                name = "loader-missing";
                return "asks for %t, which neither the board nor the mirror has";
            case WhyCode.NoScript:
                name = "no-script";
                return "runs iPXE but never fetched its script: does iPXE support its network card, "
                    + "and can it reach TCP port 80 of this device?";
            case WhyCode.MirrorUnreachable:
                name = "mirror-unreachable";
                return "cannot reach the server that its %t is on: is it running, and can this machine reach its network?%e";
            case WhyCode.MirrorTimeout:
                name = "mirror-timeout";
                return "gets no answer from the server that its %t is on, or only part of one: is it running, and its web server?%e";
            case WhyCode.NameUnknown:
                name = "name-unknown";
                return "cannot look up the name of the server that its %t is on: "
                    + "does a name server (DNS) answer on its network, does that name exist?%e";
            case WhyCode.MirrorNotFound:
                name = "mirror-not-found";
                return "the server does not have the %t of its profile (404): check the path in the profile and on the server";
            case WhyCode.MirrorNotScript:
                name = "mirror-not-script";
                return "what the server sent is not an iPXE script: it must begin with #!ipxe. Is it a web page?";
            case WhyCode.MirrorError:
                name = "mirror-error";
                return IpxeError.IsProtocol(argument)
                        ? NotFetched + ": its build does not support the protocol of the address or of the one it redirects to (https?)%e"
                    : IpxeError.IsLogin(argument)
                        ? NotFetched + ": access denied (401, 403); machines cannot log in, so make the file public%e"
                    : IpxeError.IsCertificate(argument)
                        ? NotFetched + ": it does not trust the server's certificate; use an http:// address%e"
                    : NotFetched + "%e";
            case WhyCode.MirrorSlow:
                name = "mirror-slow";
                severity = Severity.Warning;
                return argument >= FastMirror
                    ? "is slow itself: %t, but the mirror gives this board %r/s, so check the machine's own cable or switch port"
                    : argument > 0 ? "the mirror is slow: %t, %r/s" : "the mirror is slow: %t";
            case WhyCode.RefusedByRule:
                name = "refused";
                severity = Severity.Refusal;
                return "is refused by rule: profile %t";
            case WhyCode.NotLetIn:
                name = "not-let-in";
                severity = Severity.Refusal;
                return "asks to netboot and is not let in yet: 'Let in' on the page, or 'machine MAC let-in' on the console";
            case WhyCode.Loop:
                name = "loop";
                return "keeps starting over and gets as far as '%s': watch its screen after that; another loader or profile may help";
            case WhyCode.NoLoader:
                name = "no-loader";
                return "reports architecture %n, for which there is no iPXE: set a loader for this machine "
                    + "(loader, in its section of the settings) and put it in the loaders folder";
            case WhyCode.NoLoaderFile:
                name = "no-loader-file";
                return "needs a loader that is neither on the board nor on a mirror: %t (architecture %n). "
                    + "Put it in the mirror's loaders folder ([mirror] loaders) or in the image; it is " + LoaderNames.Sources;
            case WhyCode.ApiFault:
                name = "api-fault";
                return argument == 0
                    ? "was not told what to boot: the API at %t does not answer; the log has its URL"
                    : "was not told what to boot: what the API at %t answers cannot be used; the log says what is wrong with it";
            case WhyCode.NotInApi:
                name = "not-in-api";
                severity = Severity.Refusal;
                return argument == 0 ? "is not to boot: the API of its profile said so less than a minute ago"
                    : argument == 200
                    ? "is not to boot: the API at %t names no kernel for it; it is asked again after a minute"
                    : "is not to boot: the API at %t answers %n; it is asked again after a minute";
            default:
                name = null;
                return null;
        }
    }

    /// <summary>The name of a diagnosis: lower case with hyphens; null for <see cref="WhyCode.None"/>.</summary>
    public static string NameOf(WhyCode code)
    {
        Row(code, 0, out string name, out _);
        return name;
    }

    /// <summary>Whether a machine goes on in spite of it.</summary>
    internal static bool IsWarning(WhyCode code)
    {
        Row(code, 0, out _, out Severity severity);
        return severity == Severity.Warning;
    }

    /// <summary>How a machine stands that was in state <paramref name="before"/> and gets this diagnosis.</summary>
    internal static MachineState StateOf(WhyCode code, MachineState before)
    {
        Row(code, 0, out _, out Severity severity);
        return severity == Severity.Warning ? before : severity == Severity.Refusal ? MachineState.Refused : MachineState.Failed;
    }

    /// <summary>Writes a diagnosis in plain words. <paramref name="argument"/> and the text mean what <see cref="WhyCode"/> says.</summary>
    public static void Write(ByteWriter writer, WhyCode code, int argument, byte[] text, int offset, int length)
    {
        string row = Row(code, argument, out _, out _);
        if (row == null)
        {
            return;
        }

        byte[] words = Octets.Of(row);
        int from = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == (byte)'%')
            {
                WritePart(writer.Raw(words, from, i - from), words[i + 1], argument, text, offset, length);
                from = i + 2;
            }
        }

        writer.Raw(words, from, words.Length - from);
    }

    private static void WritePart(ByteWriter writer, byte part, int argument, byte[] text, int offset, int length)
    {
        switch ((char)part)
        {
            case 't':
                writer.Printable(text, offset, length);
                break;
            case 'n':
                writer.Number(argument);
                break;
            case 'a':
                var address = new byte[4];
                Octets.WriteInt32(address, 0, argument);
                writer.Address(address, 0);
                break;
            case 'e':
                WriteError(writer, argument);
                break;
            case 'r':
                SizeText.Write(writer, argument);
                break;
            default:
                writer.Text(StageNames.Of((BootStage)argument));
                break;
        }
    }

    /// <summary>Writes an error of iPXE, unless it is 0.</summary>
    internal static void WriteError(ByteWriter writer, int error)
    {
        if (error == 0)
        {
            return;
        }

        writer.Text(" (iPXE error ");
        Hex(writer, error);
        Hex(writer.Text(", see https://ipxe.org/"), error);
        writer.Byte(')');
    }

    private static void Hex(ByteWriter writer, int value)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            writer.HexByte((value >> shift) & 0xFF);
        }
    }
}
