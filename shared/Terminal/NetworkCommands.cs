using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>
/// The command about the board's own address and Wi-Fi. They are the platform's settings, so they count after a restart.
/// </summary>
internal static class NetworkCommands
{
    /// <summary>Longest name of a Wi-Fi.</summary>
    private const int LongestNetwork = 32;

    /// <summary><c>net [dhcp | static IP MASK GATEWAY [DNS] | wifi NAME]</c>. False: it is used wrongly.</summary>
    internal static bool Run(ConsoleSession session, Words words)
    {
        if (session.Network == null)
        {
            session.Text.Text("The network cannot be set here.\n");
            return true;
        }

        string what = words.Next();
        if (what == null)
        {
            session.Text.Text(session.Network.Describe()).Byte('\n');
            return true;
        }

        if (what == "dhcp" && words.AtEnd)
        {
            Report(session, session.Network.UseDhcp());
            return true;
        }

        return (what == "static" && Static(session, words)) || (what == "wifi" && Wifi(session, words));
    }

    /// <summary>Says how a change went.</summary>
    internal static void Report(ConsoleSession session, string refusal) =>
        session.Text.Text(refusal ?? "Saved. Takes effect after 'reboot'.").Byte('\n');

    private static bool Static(ConsoleSession session, Words words)
    {
        string address = words.Next();
        string mask = words.Next();
        string gateway = words.Next();
        string dns = words.Next();
        if (gateway == null || !words.AtEnd)
        {
            return false;
        }

        if (IsAddress(session, address, false) && IsAddress(session, mask, true) && IsAddress(session, gateway, false)
            && (dns == null || IsAddress(session, dns, false)))
        {
            Report(session, session.Network.UseStatic(address, mask, gateway, dns));
        }

        return true;
    }

    private static bool Wifi(ConsoleSession session, Words words)
    {
        string network = words.Next();
        if (network == null || !words.AtEnd)
        {
            return false;
        }

        if (!session.Network.HasWifi)
        {
            session.Text.Text("This board has no Wi-Fi.\n");
        }
        else if (Octets.Of(network).Length > LongestNetwork)
        {
            session.Text.Text("A Wi-Fi name has at most ").Number(LongestNetwork).Text(" characters.\n");
        }
        else
        {
            session.Dialog = new WifiDialog(network);
        }

        return true;
    }

    private static bool IsAddress(ConsoleSession session, string text, bool mask)
    {
        byte[] address = AddressText.Parse(text);
        if (address != null && (!mask || AddressText.IsMask(address)))
        {
            return true;
        }

        byte[] bytes = Octets.Of(text);
        session.Text.Byte('\'').Printable(bytes, 0, bytes.Length)
            .Text(mask ? "' is not a subnet mask such as 255.255.255.0.\n" : "' is not an address such as 192.168.1.5.\n");
        return false;
    }
}
