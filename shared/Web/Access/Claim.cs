using Netboot.Api;
using Netboot.Loops;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// A device without a password belongs to the first one who sets it, and only for a while after power-on: whoever plugs it in is there
/// then. A device that restarted by itself gives no new time, or a stranger could crash it to get some. (What a hard crash leaves, it
/// cannot tell from power-on.)
/// </summary>
internal static class Claim
{
    /// <summary>Time after power-on to set the first password: enough to find the address and open the page.</summary>
    internal const int Milliseconds = 10 * 60 * 1000;

    /// <summary>What helps when the time is over.</summary>
    internal const string Advice =
        "The time to set the first password is up. Unplug the device, plug it in again and set one within 10 minutes, or use the command 'password' on its serial console.";

    /// <summary>What helps when settings are stored, a password perhaps, and cannot be read.</summary>
    internal const string Lost =
        "The stored settings cannot be read and may include a password, so none can be set here. See the log. "
        + "Restart the device, or use 'factory-reset' on its serial console to erase the stored settings.";

    /// <summary>Whether nobody has set a password yet.</summary>
    internal static bool IsDue(DeviceApi device) => device.Rules.Settings.Value(SettingsKey.PagePassword) == null;

    /// <summary>Seconds that are left to set the first password; 0: none, or there is one already.</summary>
    internal static int SecondsLeft(DeviceApi device, long now)
    {
        long left = device.Started + Milliseconds - now;
        return !IsDue(device) || device.AreSettingsLost || device.Supervisor.LastReason != null || left <= 0
            ? 0 : (int)((left + 999) / 1000);
    }
}
