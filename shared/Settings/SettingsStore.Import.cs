using System;

namespace Netboot.Settings;

/// <content>Settings that were put there when flashing, or by the command line of a virtual device.</content>
public sealed partial class SettingsStore
{
    // The settings of the import file, or null when there is none that can be used. It comes by the cable, like the console: a password in
    // it is one of the ways to set one. Without one the password that is stored stays.
    private DeviceSettings Import(DeviceSettings stored)
    {
        ImportRefusal = null;
        try
        {
            var error = new SettingsError();
            if (!ParseImport(error, out DeviceSettings settings))
            {
                return null;
            }

            if (settings == null)
            {
                ImportRefusal = error.ToString();
                Note(ImportFile + " is not used: " + ImportRefusal);
                return null;
            }

            if (stored != null && settings.Value(SettingsKey.PagePassword) == null)
            {
                settings.TakeSecrets(stored);
            }

            if (!Save(settings, error))
            {
                // It stays, and is tried again at the next start.
                ImportRefusal = "used, but not stored: " + error.ToString();
                Note(ImportFile + " is " + ImportRefusal);
                return settings;
            }

            Note("Settings from " + ImportFile + ", now in " + CurrentFile);
            Remove();
            return settings;
        }
        catch (Exception exception)
        {
            ImportRefusal = exception is OutOfMemoryException ? TooLittleMemory : "cannot be read: " + exception.Message;
            Note(ImportFile + " " + ImportRefusal);
            return null;
        }
    }

    // False: there is no such file. Null: it is wrong.
    private bool ParseImport(SettingsError error, out DeviceSettings settings)
    {
        settings = null;
        StoredText file = new StoredText(_storage, ImportFile, SettingsLimits.Text);
        if (file.Length < 0)
        {
            return false;
        }

        try
        {
            var parser = new SettingsParser(error);
            var piece = new byte[StoredText.PieceSize];
            bool good = true;
            for (int count = file.Next(piece); count > 0 && good; count = file.Next(piece))
            {
                good = parser.Feed(piece, 0, count);
            }

            settings = good ? parser.Finish() : null;
            return true;
        }
        finally
        {
            file.Close();
        }
    }

    private void Remove()
    {
        try
        {
            _storage.Delete(ImportFile);
        }
        catch (Exception exception)
        {
            ImportRefusal = "cannot be removed and will replace the settings again at the next start: " + exception.Message;
            Note(ImportFile + " " + ImportRefusal);
        }
    }
}
