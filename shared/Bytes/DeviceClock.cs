using System;

namespace Netboot.Bytes;

/// <summary>
/// The device's one clock: milliseconds, from some moment on that is the same until the next start. Nothing else in the device asks the
/// platform what time it is to tell how long something takes. It has 64 bits and never begins anew. Where a table has no room for that, it
/// keeps the low 32 bits, of milliseconds or of larger units, and asks for the difference to now only (<c>(int)now - then</c>), which is
/// right across every wrap as long as what it tells is younger than half a round: 24 days in milliseconds. What can get older is cut
/// before.
/// </summary>
public static class DeviceClock
{
    /// <summary>How far it is ahead of the platform's clock: 0 but in tests, which let years pass with it.</summary>
    public static long Ahead;

    /// <summary>The time now.</summary>
    public static long Now => Environment.TickCount64 + Ahead;
}
