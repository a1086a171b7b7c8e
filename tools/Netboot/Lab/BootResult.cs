using System;
using System.Collections.Generic;

namespace Netboot.Tool.Lab;

/// <summary>How one boot ended: without a fault, the machine itself said that it is up, with the right command line and address.</summary>
internal sealed record BootResult(
    LabClient Client, string BootServer, string? Fault, IReadOnlyDictionary<Stage, TimeSpan> Stages, Stage Last)
{
    public bool Succeeded => Fault is null;

    public TimeSpan? Time => Succeeded && Stages.TryGetValue(Stage.Ok, out var time) ? time : null;
}
