using System;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Boot;

/// <summary>
/// <c>autoexec.ipxe</c>: iPXE 1.21 and later on UEFI asks for it next to its loader, before it has set up any network of its own. It gets an address
/// and then asks the device for the machine's script, so no second answer to DHCP can be lost. The same for every machine.
/// </summary>
public static class AutoexecScript
{
    private const string Dhcp = "set nb-from dhcp\nset nb-url DHCP\n:dhcp\ndhcp || goto failed\nset nb-from script\n:script\nset nb-url http://";

    // What the inner script did not solve it has said on the screen itself.
    private const string Fetch =
        "/boot.ipxe\n"
        + "imgfetch --name boot.ipxe ${nb-url}?mac=${netX/mac:hexhyp}&uuid=${uuid}&arch=${buildarch}&platform=${platform} || goto failed\n"
        + "imgexec --autofree boot.ipxe ||\n"
        + "goto leave\n";

    private const string Advice = "is the cable in, does a DHCP server answer, is the netboot device on?";

    /// <summary>The script for a device at that address, as URLs have it.</summary>
    public static byte[] Of(byte[] authority)
    {
        var writer = new ByteWriter(1536, SettingsLimits.Script);
        ScriptParts.WriteStart(writer);
        writer.Text(Dhcp).Raw(authority).Text(Fetch);
        ScriptParts.WriteEnd(writer, Advice, authority);
        var script = new byte[writer.Length];
        Array.Copy(writer.Buffer, 0, script, 0, script.Length);
        return script;
    }
}
