namespace Netboot.Settings;

/// <summary>A change to the settings in use, worked out when its turn comes: what it is made to may be another by then.</summary>
public abstract class SettingsChange
{
    /// <summary>Gives the changed settings, or null, and the error says why. <paramref name="current"/> stays as it is.</summary>
    public abstract DeviceSettings Apply(DeviceSettings current, SettingsError error);

    /// <summary>About how many bytes of a board's heap the changed settings take; both sets are in it for a moment.</summary>
    public virtual int Size(DeviceSettings current) => current.Size;
}
