using Netboot.Api;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>A change to the settings that the page asks for: made, checked as a whole, and stored by the main thread.</summary>
internal sealed class SettingsJob : PageJob
{
    private readonly SettingsChange _change;
    private readonly string _what;

    /// <summary>A change from the page at <paramref name="address"/>; <paramref name="what"/> is what the log says of it.</summary>
    internal SettingsJob(DeviceApi device, SettingsChange change, byte[] address, string what)
        : base(device, address)
    {
        _change = change;
        _what = what;
    }

    /// <inheritdoc/>
    public override void Do(long now)
    {
        var error = new SettingsError();
        var assignment = _change as AssignChange;
        if (assignment != null ? !assignment.Make(Device, error) : !Device.Change(_change, error))
        {
            Fail(error);
            return;
        }

        IsMade = true;
        Say(_what);
    }
}
