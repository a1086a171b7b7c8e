using Netboot.Bytes;
using Netboot.Dhcp;
using Netboot.Settings;

namespace Netboot.Journal;

/// <summary>
/// The one table of diagnoses: their names for programs, and what they say to people: what happened, and what to do about it.
/// </summary>
public static class WhyText
{
    /// <summary>Bytes per second from which on a mirror is not the reason that a machine waits: 60 MB in a minute.</summary>
    public const int FastMirror = 1024 * 1024;

    /// <summary>The name of a diagnosis: lower case with hyphens.</summary>
    public static string NameOf(WhyCode code)
    {
        switch (code)
        {
            case WhyCode.NoRequest: return "no-request";
            case WhyCode.WentElsewhere: return "went-elsewhere";
            case WhyCode.NoProxy: return "no-proxy";
            case WhyCode.NoFile: return "no-file";
            case WhyCode.LoaderAborted: return "loader-aborted";
            case WhyCode.LoaderTimeout: return "loader-timeout";
            case WhyCode.LoaderRefused: return "loader-refused";
            case WhyCode.LoaderMissing: return "loader-missing";
            case WhyCode.NoScript: return "no-script";
            case WhyCode.MirrorUnreachable: return "mirror-unreachable";
            case WhyCode.NameUnknown: return "name-unknown";
            case WhyCode.MirrorTimeout: return "mirror-timeout";
            case WhyCode.MirrorNotFound: return "mirror-not-found";
            case WhyCode.MirrorNotScript: return "mirror-not-script";
            case WhyCode.MirrorError: return "mirror-error";
            case WhyCode.MirrorSlow: return "mirror-slow";
            case WhyCode.RefusedByRule: return "refused";
            case WhyCode.Loop: return "loop";
            case WhyCode.NoLoader: return "no-loader";
            case WhyCode.NoLoaderFile: return "no-loader-file";
            default: return null;
        }
    }

    /// <summary>Writes a diagnosis in plain words. <paramref name="argument"/> and the text mean what <see cref="WhyCode"/> says.</summary>
    public static void Write(ByteWriter writer, WhyCode code, int argument, byte[] text, int offset, int length)
    {
        switch (code)
        {
            case WhyCode.NoRequest:
                writer.Text("was offered its boot file but never requested an address: is a DHCP server running on this network?");
                break;
            case WhyCode.WentElsewhere:
                WriteElsewhere(writer, argument);
                break;
            case WhyCode.NoProxy:
                Address(writer.Text("its iPXE did not wait for our offer, because "), argument);
                writer.Text(" sends option 175.176 (no-pxedhcp): remove it there");
                break;
            case WhyCode.NoFile:
                writer.Text("was told its boot file but never fetched it: something blocks TFTP (UDP port 69), or its firmware needs another loader");
                break;
            case WhyCode.LoaderAborted:
                writer.Text("aborted its loader: \"").Printable(text, offset, length);
                writer.Text("\". Secure Boot, or a loader that its firmware rejects: set another one for this machine");
                break;
            case WhyCode.LoaderTimeout:
                writer.Text("stopped receiving its loader: a bad cable, a switch port that is not up yet, or a filter on high UDP ports");
                break;
            case WhyCode.LoaderRefused:
                writer.Text("cannot get its loader: ").Printable(text, offset, length);
                break;
            case WhyCode.LoaderMissing:
                writer.Text("asks for ").Printable(text, offset, length).Text(", which neither the board nor the mirror has");
                break;
            case WhyCode.NoScript:
                writer.Text("runs iPXE but never fetched its script: does iPXE support its network card, and can it reach TCP port 80 of this device?");
                break;
            case WhyCode.MirrorUnreachable:
                writer.Text("cannot reach the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on: is it running, and can this machine reach its network?"), argument);
                break;
            case WhyCode.MirrorTimeout:
                writer.Text("gets no answer from the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on, or only part of one: is it running, and its web server?"), argument);
                break;
            case WhyCode.NameUnknown:
                writer.Text("cannot look up the name of the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on: does a name server (DNS) answer on its network, does that name exist?"), argument);
                break;
            case WhyCode.MirrorNotFound:
                writer.Text("the server does not have the ").Printable(text, offset, length);
                writer.Text(" of its profile (404): check the path in the profile and on the server");
                break;
            case WhyCode.MirrorNotScript:
                writer.Text("what the server sent is not an iPXE script: it must begin with #!ipxe. Is it a web page?");
                break;
            case WhyCode.MirrorError:
                writer.Text("iPXE could not fetch the ").Printable(text, offset, length);
                writer.Text(
                    IpxeError.IsProtocol(argument)
                        ? ": its build does not support the protocol of the address or of the one it redirects to (https?)"
                    : IpxeError.IsLogin(argument) ? ": access denied (401, 403); machines cannot log in, so make the file public"
                    : IpxeError.IsCertificate(argument) ? ": it does not trust the server's certificate; use an http:// address" : "");
                WriteError(writer, argument);
                break;
            case WhyCode.MirrorSlow:
                WriteSlow(writer, argument, text, offset, length);
                break;
            case WhyCode.RefusedByRule:
                writer.Text("is refused by rule: profile ").Printable(text, offset, length);
                break;
            case WhyCode.Loop:
                writer.Text("keeps starting over and gets as far as '").Text(StageNames.Of((BootStage)argument));
                writer.Text("': watch its screen after that; another loader or profile may help");
                break;
            case WhyCode.NoLoader:
                writer.Text("reports architecture ").Number(argument).Text(", for which there is no iPXE: set a loader for this machine ");
                writer.Text("(loader, in its section of the settings) and put it in the loaders folder");
                break;
            case WhyCode.NoLoaderFile:
                byte[] name = LoaderNames.Default(Architectures.PlatformOf(argument));
                writer.Text("needs a loader that is neither on the board nor on a mirror: ");
                if (name != null)
                {
                    writer.Raw(name);
                }

                writer.Text(" (architecture ").Number(argument)
                    .Text("), unless the settings name another. Put it in the mirror's loaders folder ");
                writer.Text("([mirror] loaders) or in the image; it is ").Text(LoaderNames.Sources);
                break;
            default:
                break;
        }
    }

    private static void WriteElsewhere(ByteWriter writer, int address)
    {
        if (address == 0)
        {
            writer.Text("took an address but nothing from this device: another boot server was faster, or the router sends its own boot options (66, 67)");
            return;
        }

        Address(writer.Text("took an address but nothing from this device: "), address);
        writer.Text(" sends its own boot options (60, 66 or 67); turn them off there");
    }

    private static void WriteSlow(ByteWriter writer, int rate, byte[] text, int offset, int length)
    {
        if (rate >= FastMirror)
        {
            SizeText.Write(writer.Text("is slow itself: ").Printable(text, offset, length).Text(", but the mirror gives this board "),
                rate);
            writer.Text("/s, so check the machine's own cable or switch port");
            return;
        }

        writer.Text("the mirror is slow: ").Printable(text, offset, length);
        if (rate > 0)
        {
            SizeText.Write(writer.Text(", "), rate).Text("/s");
        }
    }

    private static void Address(ByteWriter writer, int address)
    {
        var bytes = new byte[4];
        Octets.WriteInt32(bytes, 0, address);
        writer.Address(bytes, 0);
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
