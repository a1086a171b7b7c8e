using Netboot.Device;
using Netboot.IlMeter.Allocations;
using Netboot.IlMeter.Heap;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>
/// A loader as a board's flash has it: each piece comes in an array that the platform makes, and that is told like the device's own.
/// </summary>
internal sealed class BoardLoaders : PiecewiseLoaders
{
    /// <summary>As large as Debian's iPXE for UEFI.</summary>
    public const int Size = 284_672;

    public override int Count => 1;

    public override string Name(int index) => "snponly.efi";

    public override int Length(int index) => Size;

    public override string Version(int index) => "1.0";

    public override string Hash(int index) => "0123456789abcdef";

    protected override byte[] Fetch(int index, int position, int count)
    {
        AllocationRecorder.Tell("the platform's piece of a loader", InterpreterSizes.Array(count, 1));
        return new byte[count];
    }
}
