using System.Text;
using Netboot.Device;
using Netboot.Dhcp;
using Netboot.Journal;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.IlOperations;

/// <summary>A device with as many machines as its journal holds, three boots each, a full log, and a LAN with other servers.</summary>
internal static class BusyBoard
{
    public static NetbootDevice Create()
    {
        NetbootDevice device = Board.WithMachines(64);
        MachineJournal journal = device.Journal;
        for (int boot = 0; boot < MachineJournal.Boots; boot++)
        {
            for (int i = 0; i < MachineJournal.Capacity; i++)
            {
                byte[] mac = [0x52, 0x54, 0, 0xAA, 0, (byte)i];
                journal.Step(1000 + (boot * 1000) + i);
                journal.ScriptSent(mac, [10, 77, 0, (byte)(0x64 + i)], "live"u8.ToArray(), ProfileKind.Linux, false);
                journal.Reported(mac, BootStage.Kernel);
                journal.Reported(mac, BootStage.Start);
                journal.Reported(mac, BootStage.Up);
            }
        }

        // Half of them have something to explain.
        for (int i = 0; i < MachineJournal.Capacity; i += 2)
        {
            journal.Failed([0x52, 0x54, 0, 0xAA, 0, (byte)i], -1, "kernel"u8.ToArray(), "kernel".Length, "kernel".Length);
        }

        journal.Step(9000);

        // As slowly as the log takes them.
        for (int i = 0; i < 64; i++)
        {
            journal.Step(9000 + (i * 2000));
            Add(device.Log, LogEvent.Offered, [0x52, 0x54, 0, 0xAA, 0, (byte)(i % MachineJournal.Capacity)], 0,
                "http://10.77.0.2/boot.ipxe?mac=52-54-00-01-02-03&arch=x64&.ipxe");
        }

        journal.Step(9000);

        // As many other servers as are kept, each with everything to tell.
        for (int i = 0; i < OtherServers.Capacity; i++)
        {
            device.Others.Heard(unchecked((int)0xC0A8C864) + i, OtherServerKind.Dhcp | OtherServerKind.Boot | OtherServerKind.NoProxy,
                true, 1);
        }

        return device;
    }

    private static void Add(Log log, LogEvent what, byte[] mac, int number, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        log.Add(Subsystem.Http, what, mac, 0, 6, number, 0, bytes, 0, bytes.Length);
    }
}
