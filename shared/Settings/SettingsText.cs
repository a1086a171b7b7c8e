using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>
/// The text form of the settings: the file, what the console shows and takes, and the backup.
/// <c>[section]</c> lines, then <c>key = value</c> lines; lines that begin with <c>#</c> or <c>;</c> and what follows a blank and <c>#</c>
/// are comments.
/// </summary>
public static class SettingsText
{
    /// <summary>Settings from a text, or null, and <paramref name="error"/> says which line is wrong and what is allowed there.</summary>
    public static DeviceSettings Parse(byte[] text, int offset, int length, SettingsError error)
    {
        var parser = new SettingsParser(error);
        if (length > SettingsLimits.Text)
        {
            error.Fail("the text is ", length, " bytes long; at most ", SettingsLimits.Text);
            return null;
        }

        return parser.Feed(text, offset, length) ? parser.Finish() : null;
    }

    /// <summary>Writes settings in their canonical form, secrets included: for the store. Parsing that gives the same settings.</summary>
    public static void Write(DeviceSettings settings, ByteWriter writer) => WriteAll(new SettingsWriter(settings, null, null), writer);

    /// <summary>
    /// Writes settings for people: a comment says where a secret is set, so that reading the text never takes the comment for the secret.
    /// See <see cref="DeviceSettings.TakeSecrets"/>.
    /// </summary>
    public static void WriteWithoutSecrets(DeviceSettings settings, ByteWriter writer) =>
        WriteAll(new SettingsWriter(settings), writer);

    private static void WriteAll(SettingsWriter parts, ByteWriter writer)
    {
        while (parts.WritePart(writer))
        {
            // One after the other.
        }
    }
}
