namespace Netboot.Api;

/// <summary>How a check of the mirror stands.</summary>
public enum MirrorCheckState : byte
{
    /// <summary>None was started yet.</summary>
    Idle = 0,

    /// <summary>It fetches.</summary>
    Running = 1,

    /// <summary>It has its result.</summary>
    Done = 2,
}
