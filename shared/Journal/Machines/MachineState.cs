namespace Netboot.Journal;

/// <summary>How a machine's last boot stands.</summary>
public enum MachineState : byte
{
    /// <summary>Not heard since the device started.</summary>
    Never = 0,

    /// <summary>Under way.</summary>
    Booting = 1,

    /// <summary>Its kernel was started, or the system said that it is up.</summary>
    Up = 2,

    /// <summary>It did not get on; the journal says why.</summary>
    Failed = 3,

    /// <summary>A rule refused it.</summary>
    Refused = 4,

    /// <summary>It was handed on (to its disk, to a script of the mirror) and nothing more is expected of it.</summary>
    Quiet = 5,
}
