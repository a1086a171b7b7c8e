using Netboot.Bytes;

namespace Netboot.Web;

/// <summary>
/// The set-up page: one form, no script, nothing from elsewhere (there is no elsewhere on this network), readable on a phone. Its parts are
/// constants, which stay in flash: the platform makes every static array when it starts, also of what is not used.
/// </summary>
public static class SetupPage
{
    private const int UsualSize = 2048;
    private const int LargestSize = 4096;

    private const string Head =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Netboot set-up</title>"
        + "<style>body{font:16px system-ui,sans-serif;max-width:26em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
        + "label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}input{padding:.5em;margin:.2em 0 1em}"
        + "button{padding:.7em;border:0;background:#0a5;color:#fff;border-radius:4px}.bad{color:#b00}"
        + "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}.bad{color:#f77}}</style><h1>Netboot set-up</h1>";

    private const string Form =
        "<p>Which Wi-Fi should this device join?</p><form method=\"post\" action=\"/setup\" autocomplete=\"off\">"
        + "<label for=\"n\">Network name</label><input id=\"n\" name=\"network\" required maxlength=\"31\" autocapitalize=\"none\" value=\"";

    private const string Rest =
        "\"><label for=\"p\">Password (empty for an open network)</label><input id=\"p\" name=\"password\" type=\"password\" maxlength=\"63\">"
        + "<input type=\"hidden\" name=\"token\" value=\"";

    private const string Button =
        "\"><button>Join</button></form>";

    private const string Saved =
        "<p>Saved. The device now restarts and joins the network. This access point closes; it comes back after a few minutes if joining fails.</p>"
        + "<p>The device then prints its address on its serial line, and your router lists it as <b>nanodevice_";

    /// <summary>
    /// The form. <paramref name="network"/> is what was entered before, <paramref name="error"/> what was wrong with it; each may be null.
    /// The password never comes back.
    /// </summary>
    public static ByteWriter Ask(ByteWriter network, string error, ByteWriter token)
    {
        var writer = new ByteWriter(UsualSize, LargestSize);
        writer.Text(Head);
        if (error != null)
        {
            byte[] text = Octets.Of(error);
            writer.Text("<p class=\"bad\" role=\"alert\">");
            WriteText(writer, text, text.Length);
            writer.Text("</p>");
        }

        writer.Text(Form);
        if (network != null)
        {
            WriteText(writer, network.Buffer, network.Length);
        }

        return writer.Text(Rest).Raw(token.Buffer, 0, token.Length).Text(Button);
    }

    /// <summary>
    /// What follows when it is stored. The name that the router shows is the platform's: <c>nanodevice_</c> and the end of the MAC
    /// (targetHAL_Network.cpp).
    /// </summary>
    public static ByteWriter Done(byte[] mac)
    {
        var writer = new ByteWriter(UsualSize, LargestSize);
        writer.Text(Head).Text(Saved);
        for (int i = 3; mac != null && i < mac.Length; i++)
        {
            writer.Text(mac[i].ToString("X2"));
        }

        return writer.Text("</b>.</p>");
    }

    // UTF-8 text so that it is nothing but text, also in an attribute between quotation marks. Control characters become spaces.
    private static void WriteText(ByteWriter writer, byte[] text, int length)
    {
        for (int i = 0; i < length; i++)
        {
            byte value = text[i];
            switch (value)
            {
                case (byte)'&':
                    writer.Text("&amp;");
                    break;
                case (byte)'<':
                    writer.Text("&lt;");
                    break;
                case (byte)'>':
                    writer.Text("&gt;");
                    break;
                case (byte)'"':
                    writer.Text("&quot;");
                    break;
                case (byte)'\'':
                    writer.Text("&#39;");
                    break;
                default:
                    writer.Byte(value < ' ' || value == 0x7F ? ' ' : value);
                    break;
            }
        }
    }
}
