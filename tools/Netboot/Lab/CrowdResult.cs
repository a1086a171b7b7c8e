using System;
using System.Collections.Generic;
using System.Linq;

namespace Netboot.Tool.Lab;

/// <summary>
/// How the boot of several machines at once ended: each machine's own result, how often they asked for an offer, how often they got one.
/// </summary>
internal sealed record CrowdResult(IReadOnlyList<BootResult> Boots, int Asked, int Offered)
{
    /// <summary>Every machine is up, and every DISCOVER that the router saw was answered by the device too.</summary>
    public bool Succeeded => Boots.All(boot => boot.Succeeded) && LostOffers == 0;

    /// <summary>DISCOVERs that the router saw and the device did not answer.</summary>
    public int LostOffers => Math.Max(0, Asked - Offered);

    /// <summary>
    /// The mean time from power-on to a machine that is up, or null when one is not: the crowd shares the host's processors, so one
    /// machine's time alone says little.
    /// </summary>
    public TimeSpan? Mean =>
        Boots.All(boot => boot.Time is not null) ? TimeSpan.FromSeconds(Boots.Average(boot => boot.Time!.Value.TotalSeconds)) : null;

    /// <summary>When the last one was up.</summary>
    public TimeSpan? Last => Boots.All(boot => boot.Time is not null) ? Boots.Max(boot => boot.Time) : null;
}
