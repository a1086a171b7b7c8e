using System;
using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>How one boot ended: no fault means that the machine itself said it is up, with the right command line and address.</summary>
internal sealed record BootResult(
    LabClient Client, string BootServer, string? Fault, IReadOnlyDictionary<Stage, TimeSpan> Stages, Stage Last)
{
    public bool Succeeded => Fault is null;

    public TimeSpan? Time => Succeeded && Stages.TryGetValue(Stage.Ok, out var time) ? time : null;
}
