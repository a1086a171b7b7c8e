namespace Netboot.Firmware;

/// <summary>A part of the firmware that the main loop calls again and again. An exception ends only that call.</summary>
public interface IPolled
{
    /// <summary>The name in the message when it throws.</summary>
    string Name { get; }

    /// <summary>Does what is due at <paramref name="now"/>, on the device's clock in milliseconds, without waiting.</summary>
    void Poll(long now);
}
