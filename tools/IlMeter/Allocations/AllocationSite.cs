namespace Netboot.IlMeter.Allocations;

/// <summary>
/// A place in the code that allocates: what it takes in bytes besides what is seen when it runs, the largest piece of that, and whether the
/// text that results went through an array of characters.
/// </summary>
public sealed record AllocationSite(string Place, int Bytes, int Largest, bool Characters);
