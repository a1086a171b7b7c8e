using Netboot.Bytes;

namespace Netboot.Boot;

/// <summary>
/// <c>autoexec.ipxe</c>: iPXE 1.21 and later on UEFI asks for it next to its loader, before it has set up any network of its own. It gets
/// an address and then asks the device for the machine's script, so no second answer to DHCP can be lost. The same for every machine.
/// </summary>
internal static class AutoexecScript
{
    private const string Dhcp =
        "set nb-from dhcp ||\nset nb-url DHCP ||\n:dhcp\ndhcp || goto failed\nset nb-from script ||\n:script\nset nb-url http://";

    /// <summary>After the device's address: the rest of its URL, and the beginning of the line that fetches the machine's script.</summary>
    internal const string Ask =
        "/boot.ipxe ||\n"
        + "imgfetch --name boot.ipxe ${nb-url}?mac=${netX/mac:hexhyp}&uuid=${uuid}&arch=${buildarch}&platform=${platform}";

    // What a generated script did not solve it has said on the screen itself, and ends without an error or with error 1.
    private const string Fetch = Ask
        + " || goto failed\n"
        + "imgexec --autofree boot.ipxe || goto ended\n"
        + "goto leave\n";

    private const string Advice = "is the cable in, is a DHCP server running, is the netboot device on?" + ScriptParts.More;

    /// <summary>Writes the script for a device at that address, as URLs have it.</summary>
    internal static void Write(PartWriter writer, byte[] authority)
    {
        writer.Text(ScriptParts.Start + Dhcp).Raw(authority).Text(Fetch);
        ScriptParts.WriteEnd(writer, authority, Advice, false);
    }
}
