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

/// <summary>The names of states, on the page, on the console and for programs.</summary>
public static class MachineStates
{
    /// <summary>The name of a state.</summary>
    public static string NameOf(MachineState state)
    {
        switch (state)
        {
            case MachineState.Booting: return "booting";
            case MachineState.Up: return "up";
            case MachineState.Failed: return "failed";
            case MachineState.Refused: return "refused";
            case MachineState.Quiet: return "quiet";
            case MachineState.Started: return "started";
            case MachineState.Silent: return "silent";
            default: return "never";
        }
    }
}
