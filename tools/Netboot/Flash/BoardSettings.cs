using System.Text;
using Netboot.Bytes;
using Netboot.FirmwareImage.Boards;
using Netboot.Settings;

namespace Netboot.Tool.Flash;

/// <summary>
/// The settings text that the board imports when it starts: the user's file, what the command line changes in it, and the page's
/// password. The device's own parser checks it before anything is flashed.
/// </summary>
internal sealed class BoardSettings
{
    private const string Nothing = "[device]\n";

    private readonly string _settings;
    private readonly string _page;

    private BoardSettings(string settings, string page, string password, bool generated)
    {
        _settings = settings;
        _page = page;
        Password = password;
        Generated = generated;
    }

    /// <summary>The page's password in plain text.</summary>
    public string Password { get; }

    /// <summary>Whether nobody gave a password, so that it was made here and has to be shown.</summary>
    public bool Generated { get; }

    /// <summary>The whole text.</summary>
    public string Text => _settings + "\n" + _page;

    /// <summary>The text with the password masked, whatever it is.</summary>
    public string Masked => _settings + "\n" + _page.Replace(Password, Secrets.Cover, StringComparison.Ordinal);

    /// <summary>
    /// Settings of <paramref name="file"/> (a text, or null for defaults) with the mirror, the name and the password, where given, and with
    /// the <paramref name="board"/>'s pins where <paramref name="firmware"/> takes others for granted and the file names none. Throws
    /// <see cref="FlashRefusedException"/> with the line and the reason; <paramref name="fileName"/> is for that message.
    /// </summary>
    public static BoardSettings Make(
        string? file, string? fileName, string? mirror, string? name, string? password, Wiring board, Wiring firmware)
    {
        var parts = SettingsParts.Of(file ?? Nothing);
        DeviceSettings settings = Parse(KnowsPage ? file ?? Nothing : parts.WithoutPage, fileName ?? "settings");
        settings = Set(settings, "mirror", "url", mirror, "--mirror");
        settings = Set(settings, "device", "name", name, "--name");
        settings = SetPins(settings, board, firmware);
        if (password != null && PagePassword.Refusal(password) is { } refusal)
        {
            throw new FlashRefusedException(refusal);
        }

        // The parser checks one in the file: it may be a hash from a backup.
        string? given = password ?? (string.IsNullOrEmpty(parts.Password) ? null : parts.Password);
        string secret = given ?? PagePassword.Generate();
        string page = PagePassword.SectionText(secret) + parts.OtherPageLines;
        string canonical = SettingsParts.Of(Write(settings)).WithoutPage.TrimEnd('\n') + "\n";
        var whole = new BoardSettings(canonical, page, secret, given == null);
        if (KnowsPage)
        {
            Parse(whole.Text, "settings with the page's password");
        }

        return whole;
    }

    /// <summary>Whether this version's parser knows the page's section; if not, the password is left to the board.</summary>
    private static bool KnowsPage
    {
        get
        {
            byte[] text = Encoding.UTF8.GetBytes(PagePassword.SectionText(new string('a', PagePassword.Shortest)));
            return SettingsText.Parse(text, 0, text.Length, new SettingsError()) != null;
        }
    }

    private static DeviceSettings Parse(string text, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var error = new SettingsError();
        return SettingsText.Parse(bytes, 0, bytes.Length, error)
            ?? throw new FlashRefusedException($"{name}: {error}. Nothing was flashed.");
    }

    private static DeviceSettings Set(DeviceSettings settings, string section, string key, string? value, string option)
    {
        if (value == null)
        {
            return settings;
        }

        var error = new SettingsError();
        return SettingsEditor.Set(settings, section, key, value, error)
            ?? throw new FlashRefusedException($"{option}: {error}. Nothing was flashed.");
    }

    private static DeviceSettings SetPins(DeviceSettings settings, Wiring board, Wiring firmware)
    {
        bool ownConsole = settings.Value(SettingsKey.ConsoleTx) != null || settings.Value(SettingsKey.ConsoleRx) != null;
        if (!ownConsole && (board.Transmit, board.Receive) != (firmware.Transmit, firmware.Receive))
        {
            settings = Set(settings, "console", "tx", Wiring.Pin(board.Transmit), board.Target);
            settings = Set(settings, "console", "rx", Wiring.Pin(board.Receive), board.Target);
        }

        bool ownLed = settings.Value(SettingsKey.DeviceLed) != null;
        if (!ownLed && (board.Led, board.LedIsActiveLow) != (firmware.Led, firmware.LedIsActiveLow))
        {
            settings = Set(settings, "device", "led", Wiring.Pin(board.Led), board.Target);
            if (settings.Value(SettingsKey.DeviceLedLevel) == null)
            {
                string? level = board.Led == null ? null : board.LedIsActiveLow ? "low" : "high";
                settings = Set(settings, "device", "led-level", level, board.Target);
            }
        }

        return settings;
    }

    private static string Write(DeviceSettings settings)
    {
        var writer = new ByteWriter(SettingsLimits.Text, SettingsLimits.Text);
        SettingsText.Write(settings, writer);
        return writer.ToString();
    }
}
