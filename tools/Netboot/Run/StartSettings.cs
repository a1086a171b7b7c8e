using System.Text;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tool.Run;

/// <summary>The settings that the command line names, put where the board looks for flashed settings.</summary>
internal static class StartSettings
{
    private const string NoFile = "[device]\n";

    /// <summary>
    /// The settings of <paramref name="file"/> with the mirror at <paramref name="mirrorUrl"/>, where given; null when neither is, and
    /// stored settings apply. Throws <see cref="RunException"/> with place and reason.
    /// </summary>
    public static DeviceSettings? Read(string? file, string? mirrorUrl, string? storage)
    {
        if (file == null && mirrorUrl == null)
        {
            return null;
        }

        if (file == null && storage != null && Directory.Exists(storage))
        {
            // Stored settings, another mirror.
            return WithMirror(new SettingsStore(new FolderStorage(storage)).Load(new Logging.Log(new Journal.LogText())), mirrorUrl!);
        }

        byte[] text = file == null ? Encoding.UTF8.GetBytes(NoFile) : ReadFile(file);
        var error = new SettingsError();
        DeviceSettings? settings = mirrorUrl == null
            ? SettingsText.Parse(text, 0, text.Length, error) : ParseWithMirror(text, mirrorUrl, error);
        return settings ?? throw new RunException($"{file ?? "settings"}: {error}");
    }

    /// <summary>
    /// Leaves the settings as the file that the device imports when it starts. They replace everything but the password: if the storage has
    /// one, or may have one, only the owner changes it.
    /// </summary>
    public static void Put(DeviceSettings settings, IStorage storage)
    {
        var store = new SettingsStore(storage);
        if (store.Load(null).Value(SettingsKey.PagePassword) != null || store.IsLost)
        {
            settings.SetValue(SettingsKey.PagePassword, null);
        }

        ByteWriter text = Write(settings);
        storage.Write(SettingsStore.ImportFile, text.Buffer, text.Length);
    }

    private static ByteWriter Write(DeviceSettings settings)
    {
        var writer = new ByteWriter(SettingsLimits.Text, SettingsLimits.Text);
        SettingsText.Write(settings, writer);
        return writer;
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"The settings cannot be read: {e.Message}");
        }
    }

    private static DeviceSettings? ParseWithMirror(byte[] text, string mirrorUrl, SettingsError error)
    {
        DeviceSettings? settings = SettingsText.Parse(text, 0, text.Length, error);
        return settings == null ? null : WithMirror(settings, mirrorUrl);
    }

    private static DeviceSettings WithMirror(DeviceSettings settings, string mirrorUrl)
    {
        var error = new SettingsError();
        return SettingsEditor.Set(settings, "mirror", "url", mirrorUrl, error) ?? throw new RunException($"--mirror: {error}");
    }
}
