using System;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>Asks for the page's password, twice and unseen.</summary>
internal sealed class PasswordDialog : ConsoleDialog
{
    private byte[] _first;

    /// <inheritdoc/>
    public override string Question
    {
        get
        {
            return _first != null
                ? "Repeat it: "
                : "New page password (" + SettingsLimits.PasswordAtLeast.ToString() + " to " + SettingsLimits.Password.ToString()
                + " characters, not shown): ";
        }
    }

    /// <inheritdoc/>
    public override bool Hidden => true;

    /// <inheritdoc/>
    public override ConsoleDialog Answer(ConsoleSession session, byte[] line, int length, bool unusable)
    {
        ByteWriter text = session.Text;
        if (_first != null)
        {
            Finish(session, line, length, unusable);
            return null;
        }

        var error = new SettingsError();
        if (length == 0 && !unusable)
        {
            text.Text("Nothing was changed.\n");
        }
        else if (unusable || !PagePassword.IsAllowed(line, 0, length, error))
        {
            text.Text(error.Message ?? "Only printable ASCII characters are allowed").Text(". Nothing was changed.\n");
        }
        else
        {
            _first = new byte[length];
            Array.Copy(line, 0, _first, 0, length);
            return this;
        }

        return null;
    }

    private void Finish(ConsoleSession session, byte[] line, int length, bool unusable)
    {
        bool same = !unusable && Octets.Is(line, 0, length, _first);
        Array.Clear(_first, 0, _first.Length);
        if (!same)
        {
            session.Text.Text("The passwords do not match. Nothing was changed.\n");
            return;
        }

        session.Error.Clear();
        if (session.Device.SetPassword(PagePassword.Create(line, 0, length), session.Error))
        {
            session.Text.Text("The password is set. Everyone who was logged in must log in again.\n");
        }
        else
        {
            session.Refuse();
        }
    }
}
