using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>
/// The one table of diagnoses: of each its name for programs, how bad it is, and what it says to people: what happened, and what to do
/// about it.
/// </summary>
public static class WhyText
{
    /// <summary>Bytes per second from which on a mirror is not the reason that a machine waits: 60 MB in a minute.</summary>
    public const int FastMirror = 1024 * 1024;

    // How bad it is: the machine's boot failed, a rule refused it, or it goes on and only takes long.
    private const char Failure = '!';
    private const char Refusal = '-';
    private const char Warning = '?';

    /// <summary>
    /// A row: name, <c>%</c>, how bad, text. In the text <c>%t</c> is the diagnosis' own text, and of its argument <c>%n</c> is the number,
    /// <c>%a</c> the IPv4 address, <c>%e</c> iPXE's error, <c>%r</c> the size, <c>%s</c> the stage, <c>%l</c> the loader that an
    /// architecture takes.
    /// </summary>
    private static string Row(WhyCode code, int argument)
    {
        switch (code)
        {
            case WhyCode.NoRequest:
                return "no-request%!was offered its boot file but never requested an address: is a DHCP server running on this network?";
            case WhyCode.WentElsewhere:
                return "went-elsewhere%!took an address but nothing from this device: " + (argument == 0
                    ? "another boot server was faster, or the router sends its own boot options (66, 67)"
                    : "%a sends its own boot options (60, 66 or 67); turn them off there");
            case WhyCode.NoProxy:
                return "no-proxy%!its iPXE did not wait for our offer, because %a sends option 175.176 (no-pxedhcp): remove it there";
            case WhyCode.NoFile:
                return "no-file%!was told its boot file but never fetched it: something blocks TFTP (UDP port 69), "
                    + "or its firmware needs another loader";
            case WhyCode.LoaderAborted:
                return "loader-aborted%!aborted its loader: \"%t\". Secure Boot, or a loader that its firmware rejects: "
                    + "set another one for this machine";
            case WhyCode.LoaderTimeout:
                return "loader-timeout%!stopped receiving its loader: a bad cable, a switch port that is not up yet, "
                    + "or a filter on high UDP ports";
            case WhyCode.LoaderRefused:
                return "loader-refused%!cannot get its loader: %t";
            case WhyCode.LoaderMissing:
                return "loader-missing%!asks for %t, which neither the board nor the mirror has";
            case WhyCode.NoScript:
                return "no-script%!runs iPXE but never fetched its script: does iPXE support its network card, "
                    + "and can it reach TCP port 80 of this device?";
            case WhyCode.MirrorUnreachable:
                return "mirror-unreachable%!cannot reach the server that its %t is on: is it running, "
                    + "and can this machine reach its network?%e";
            case WhyCode.MirrorTimeout:
                return "mirror-timeout%!gets no answer from the server that its %t is on, or only part of one: "
                    + "is it running, and its web server?%e";
            case WhyCode.NameUnknown:
                return "name-unknown%!cannot look up the name of the server that its %t is on: "
                    + "does a name server (DNS) answer on its network, does that name exist?%e";
            case WhyCode.MirrorNotFound:
                return "mirror-not-found%!the server does not have the %t of its profile (404): "
                    + "check the path in the profile and on the server";
            case WhyCode.MirrorNotScript:
                return "mirror-not-script%!what the server sent is not an iPXE script: it must begin with #!ipxe. Is it a web page?";
            case WhyCode.MirrorError:
                return "mirror-error%!iPXE could not fetch the %t" + (IpxeError.IsProtocol(argument)
                        ? ": its build does not support the protocol of the address or of the one it redirects to (https?)"
                    : IpxeError.IsLogin(argument) ? ": access denied (401, 403); machines cannot log in, so make the file public"
                    : IpxeError.IsCertificate(argument) ? ": it does not trust the server's certificate; use an http:// address" : "")
                    + "%e";
            case WhyCode.MirrorSlow:
                return argument >= FastMirror
                    ? "mirror-slow%?is slow itself: %t, but the mirror gives this board %r/s, "
                        + "so check the machine's own cable or switch port"
                    : argument > 0 ? "mirror-slow%?the mirror is slow: %t, %r/s" : "mirror-slow%?the mirror is slow: %t";
            case WhyCode.RefusedByRule:
                return "refused%-is refused by rule: profile %t";
            case WhyCode.Loop:
                return "loop%!keeps starting over and gets as far as '%s': watch its screen after that; another loader or profile may help";
            case WhyCode.NoLoader:
                return "no-loader%!reports architecture %n, for which there is no iPXE: set a loader for this machine "
                    + "(loader, in its section of the settings) and put it in the loaders folder";
            case WhyCode.NoLoaderFile:
                return "no-loader-file%!needs a loader that is neither on the board nor on a mirror: %l (architecture %n), unless the "
                    + "settings name another. Put it in the mirror's loaders folder ([mirror] loaders) or in the image; it is "
                    + LoaderNames.Sources;
            default:
                return null;
        }
    }

    /// <summary>The name of a diagnosis: lower case with hyphens; null for <see cref="WhyCode.None"/>.</summary>
    public static string NameOf(WhyCode code)
    {
        string row = Row(code, 0);
        return row == null ? null : row.Substring(0, row.IndexOf('%'));
    }

    /// <summary>Whether a machine goes on in spite of it.</summary>
    internal static bool IsWarning(WhyCode code) => Severity(code) == Warning;

    /// <summary>How a machine stands that was in state <paramref name="before"/> and gets this diagnosis.</summary>
    internal static MachineState StateOf(WhyCode code, MachineState before)
    {
        char severity = Severity(code);
        return severity == Warning ? before : severity == Refusal ? MachineState.Refused : MachineState.Failed;
    }

    private static char Severity(WhyCode code)
    {
        string row = Row(code, 0);
        return row == null ? Failure : row.Substring(row.IndexOf('%') + 1, 1).ToCharArray()[0];
    }

    /// <summary>Writes a diagnosis in plain words. <paramref name="argument"/> and the text mean what <see cref="WhyCode"/> says.</summary>
    public static void Write(ByteWriter writer, WhyCode code, int argument, byte[] text, int offset, int length)
    {
        string row = Row(code, argument);
        if (row == null)
        {
            return;
        }

        string[] parts = row.Split('%');
        for (int i = 1; i < parts.Length; i++)
        {
            string part = parts[i];
            switch (part.ToCharArray(0, 1)[0])
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
                case 's':
                    writer.Text(StageNames.Of((BootStage)argument));
                    break;
                case 'l':
                    byte[] name = Platforms.LoaderOf(Platforms.Of(argument));
                    if (name != null)
                    {
                        writer.Raw(name);
                    }

                    break;
                default:
                    break;
            }

            writer.Text(part.Substring(1));
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
