using System;
using Netboot.Board;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Api;

/// <summary>
/// Forgets everything that was set, file by file, whatever is missing or damaged. Uploaded loaders stay: they are no settings. The
/// platform's own files (network configuration, certificates) are in the same file system and are not touched: network settings go by
/// <see cref="INetworkSetup"/>.
/// </summary>
public static class FactoryReset
{
    /// <summary>Removes the files; gives how many could not be removed. What it could not is in the log.</summary>
    public static int Run(IStorage storage, Log log)
    {
        // Every file that holds something set, or a secret: a new one goes here. Not static, or it would be in the heap all the time.
        string[] files =
        {
            SettingsStore.FirstFile, SettingsStore.SecondFile, SettingsStore.ImportFile, SetupFiles.Key, SetupFiles.Mark,
        };
        int left = 0;
        for (int i = 0; i < files.Length; i++)
        {
            try
            {
                storage.Delete(files[i]);
            }
            catch (Exception e)
            {
                // The others are tried all the same.
                left++;
                log.Add(Subsystem.Init, LogEvent.Fault, 0, "Factory reset: " + files[i] + ": " + e.Message);
            }
        }

        return left;
    }
}
