namespace Netboot.Journal;

/// <summary>How a machine's last boot stands.</summary>
public enum MachineState : byte
{
    /// <summary>Not heard since the device started.</summary>
    Never = 0,

    /// <summary>Under way.</summary>
    Booting = 1,

    /// <summary>The booted system said so: by a report, or by asking for its address.</summary>
    Up = 2,

    /// <summary>It did not get on; the journal says why.</summary>
    Failed = 3,

    /// <summary>A rule refused it.</summary>
    Refused = 4,

    /// <summary>It was handed on (to its disk, to a script of the mirror) and nothing more is expected of it.</summary>
    Quiet = 5,

    /// <summary>Its kernel was started. Whether that runs nobody knows yet.</summary>
    Started = 6,

    /// <summary>Its kernel was started, and nothing was heard of it for minutes.</summary>
    Silent = 7,
}
