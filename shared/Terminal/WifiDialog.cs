using Netboot.Bytes;

namespace Netboot.Terminal;

/// <summary>Asks for the password of a Wi-Fi, unseen.</summary>
internal sealed class WifiDialog : ConsoleDialog
{
    private readonly string _network;

    internal WifiDialog(string network)
    {
        _network = network;
    }

    /// <inheritdoc/>
    public override string Question => "Wi-Fi password (not shown, empty for an open network): ";

    /// <inheritdoc/>
    public override bool Hidden => true;

    /// <inheritdoc/>
    public override ConsoleDialog Answer(ConsoleSession session, byte[] line, int length, bool unusable)
    {
        if (unusable)
        {
            session.Text.Text("Only printable ASCII characters are allowed. Nothing was changed.\n");
        }
        else
        {
            NetworkCommands.Report(session, session.Network.UseWifi(_network, Octets.Text(line, 0, length)));
        }

        return null;
    }
}
