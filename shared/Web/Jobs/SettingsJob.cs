using Netboot.Api;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>A change to the settings that the page asks for: made, checked as a whole, and stored by the main thread.</summary>
internal sealed class SettingsJob : PageJob
{
    private readonly SettingsChange _change;
    private readonly string _what;
    private readonly byte[] _address = new byte[4];

    /// <summary>A change from the page at <paramref name="address"/>; <paramref name="what"/> is what the log says of it.</summary>
    internal SettingsJob(DeviceApi device, SettingsChange change, byte[] address, string what)
        : base(device)
    {
        _change = change;
        _what = what;
        System.Array.Copy(address, 0, _address, 0, 4);
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
        byte[] text = Octets.Of(_what);
        Device.Log.Add(Subsystem.Page, LogEvent.PageUsed, _address, 0, 4, 0, 0, text, 0, text.Length);
    }
}
