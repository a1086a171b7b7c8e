using System.Net.NetworkInformation;
using Netboot.Board;

namespace Netboot.Tool.Run;

/// <summary>The PC in place of a board. Its reboot is left to whoever runs the device: see <see cref="RebootWanted"/>.</summary>
internal sealed class PcBoard(string interfaceName) : IBoard
{
    private readonly ManualResetEventSlim _reboot = new();

    public string Target => "PC";

    public string FirmwareVersion => Environment.Version.ToString();

    public byte[]? MacAddress =>
        NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(i => i.Name == interfaceName)?.GetPhysicalAddress().GetAddressBytes();

    public DateTime UtcNow => DateTime.UtcNow;

    /// <summary>Set when the device has asked for a restart.</summary>
    public ManualResetEventSlim RebootWanted => _reboot;

    public bool HasRoom(int bytes) => true;

    public int FreeMemory() =>
        (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: true));

    public void SetLed(bool lit)
    {
        // A PC has no status LED: nothing to light.
    }

    public void Reboot() => _reboot.Set();
}
