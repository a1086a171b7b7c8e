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
                writer.Text("was offered its boot file, but never asked for an address: does a DHCP server give addresses on this network?");
                break;
            case WhyCode.WentElsewhere:
                WriteElsewhere(writer, argument);
                break;
            case WhyCode.NoProxy:
                Address(writer.Text("its iPXE did not wait for our offer, because "), argument);
                writer.Text(" sends option 175.176 (no-pxedhcp): take it out there");
                break;
            case WhyCode.NoFile:
                writer.Text("was told its boot file and never fetched it: something blocks TFTP (UDP port 69), or its firmware wants another loader");
                break;
            case WhyCode.LoaderAborted:
                writer.Text("broke off its loader: \"").Printable(text, offset, length);
                writer.Text("\". Secure Boot, or a loader that its firmware refuses: set another one for this machine");
                break;
            case WhyCode.LoaderTimeout:
                writer.Text("stopped taking its loader: a bad cable, a switch port that is still waking, or a filter on high UDP ports");
                break;
            case WhyCode.LoaderRefused:
                writer.Text("cannot be sent its loader: ").Printable(text, offset, length);
                break;
            case WhyCode.LoaderMissing:
                writer.Text("asks for ").Printable(text, offset, length).Text(", which neither the board nor the mirror has");
                break;
            case WhyCode.NoScript:
                writer.Text("has iPXE, but never fetched its script: does iPXE know its network card, and can it reach TCP port 80 of this device?");
                break;
            case WhyCode.MirrorUnreachable:
                writer.Text("cannot reach the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on: does it run, and is it on a network that this machine reaches?"), argument);
                break;
            case WhyCode.MirrorTimeout:
                writer.Text("gets no answer from the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on, or it stopped in the middle: does it run, and its web server?"), argument);
                break;
            case WhyCode.NameUnknown:
                writer.Text("cannot look up the name of the server that its ").Printable(text, offset, length);
                WriteError(writer.Text(" is on: does a name server answer in its network (DNS), is there such a name?"), argument);
                break;
            case WhyCode.MirrorNotFound:
                writer.Text("the server does not have the ").Printable(text, offset, length);
                writer.Text(" of its profile (404): check the path in the profile and on the server");
                break;
            case WhyCode.MirrorNotScript:
                writer.Text("what the server sent as script is none: it must begin with #!ipxe. Is it a page of the web server?");
                break;
            case WhyCode.MirrorError:
                writer.Text("iPXE could not fetch the ").Printable(text, offset, length);
                writer.Text(
                    IpxeError.IsProtocol(argument)
                        ? ": its build does not know the address's protocol, or that of the address that it is sent on to (https?)"
                    : IpxeError.IsLogin(argument) ? ": the server wants a login (401, 403), which no machine has; let everybody read it"
                    : IpxeError.IsCertificate(argument) ? ": it does not trust the server's certificate; give it an http:// address" : "");
                WriteError(writer, argument);
                break;
            case WhyCode.MirrorSlow:
                WriteSlow(writer, argument, text, offset, length);
                break;
            case WhyCode.RefusedByRule:
                writer.Text("is refused by rule: profile ").Printable(text, offset, length);
                break;
            case WhyCode.Loop:
                writer.Text("starts over again and again and gets to '").Text(StageNames.Of((BootStage)argument));
                writer.Text("': look at its screen after that; another loader or another profile may help");
                break;
            case WhyCode.NoLoader:
                writer.Text("says architecture ").Number(argument).Text(", for which there is no iPXE: name a loader for this machine ");
                writer.Text("(loader, in its section of the settings) and put it into the loaders folder");
                break;
            case WhyCode.NoLoaderFile:
                byte[] name = LoaderNames.Default(Architectures.PlatformOf(argument));
                writer.Text("needs a loader that is neither on the board nor on a mirror: ");
                if (name != null)
                {
                    writer.Raw(name);
                }

                writer.Text(" (architecture ").Number(argument).Text("), if the settings name no other. Put it into the mirror's loaders folder ");
                writer.Text("([mirror] loaders), or into the image; it is ").Text(LoaderNames.Sources);
                break;
            default:
                break;
        }
    }

    private static void WriteElsewhere(ByteWriter writer, int address)
    {
        if (address == 0)
        {
            writer.Text("took an address and then nothing from here: another boot server was quicker, or the router sends boot options (66, 67) of its own");
            return;
        }

        Address(writer.Text("took an address and then nothing from here: "), address);
        writer.Text(" sends boot options (60, 66 or 67) of its own; switch them off there");
    }

    private static void WriteSlow(ByteWriter writer, int rate, byte[] text, int offset, int length)
    {
        if (rate >= FastMirror)
        {
            SizeText.Write(writer.Text("is slow itself: ").Printable(text, offset, length).Text(", but the mirror gives this board "), rate);
            writer.Text("/s, so look at the machine's own cable or switch port");
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

        writer.Text(" (iPXE's error ");
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
