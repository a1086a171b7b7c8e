using System.Collections.Generic;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>
/// What each operation may take from the heap in all. Every collection stops the board for some milliseconds, and with 30 KB free one comes
/// with every 30 KB.
/// </summary>
internal static class AllocationTable
{
    /// <summary>
    /// Bytes by operation. At rest nothing is taken, but for the question now and then which other servers there are, which may fall into
    /// any operation.
    /// </summary>
    public static readonly BudgetTable InAll = new(new Dictionary<string, int>
    {
        ["half a second at rest"] = 1_000,
        ["offer, UEFI x64"] = 600,
        ["offer, iPXE"] = 600,
        ["boot server answer (4011)"] = 400,
        ["loader by TFTP, 284,672 bytes"] = 400_000,
        ["loader by HTTP, 284,672 bytes"] = 400_000,
        ["script, kernel and initrd"] = 8_000,
        ["eight machines boot at once"] = 4_200_000,
        ["mDNS: a question for our name"] = 500,
        ["syslog: a machine's line"] = 500,
        ["first password"] = 180_000,
        ["log in"] = 140_000,
        ["GET /"] = 42_000,
        ["GET /health"] = 1_700,
        ["GET /status"] = 11_000,
        ["GET /metrics"] = 6_000,
        ["GET /api/session"] = 3_000,
        ["GET /api/status"] = 6_000,
        ["GET /api/machines?from=0"] = 6_000,
        ["GET /api/profiles"] = 9_000,
        ["GET /api/log?after=0"] = 5_000,
        ["GET /api/settings"] = 13_000,
        ["GET /api/backup"] = 40_000,
        ["GET /api/mirror"] = 3_000,
        ["report of a machine"] = 2_000,
        ["boot once"] = 40_000,
        ["another profile for a machine"] = 40_000,
        ["a machine's name"] = 150_000,
        ["a new machine"] = 160_000,
        ["a profile's command line"] = 160_000,
        ["ignore a machine"] = 300_000,
        ["a machine less"] = 150_000,
        ["all settings replaced"] = 150_000,
        ["restore a backup"] = 150_000,
        ["settings with an error"] = 100_000,
        ["another password"] = 400_000,
        ["wake a machine"] = 4_000,
        ["loader from the mirror, 284,672 bytes"] = 30_000,
        ["GET /api/mirror/list, 30,000 bytes"] = 15_000,
        ["mirror check, 284,672 bytes"] = 9_000,
        ["console: the first key opens it"] = 4_000,
        ["console: help"] = 5_000,
        ["console: status"] = 13_000,
        ["console: machines"] = 9_000,
        ["console: why 52:54:00:00:01:03"] = 7_000,
        ["console: log"] = 5_000,
        ["log out"] = 3_000,
        ["console: show"] = 20_000,
        ["console: machine 52:54:00:00:01:03 name desk"] = 160_000,
    },
    new Dictionary<string, string>());
}
