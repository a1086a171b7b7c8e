using System;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Runtime.Native;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Journal;
using Netboot.Logging;

namespace Netboot.Firmware;

/// <summary>The firmware's entry point: puts the device together and keeps it going.</summary>
public static class Program
{
    private const int HttpPort = 80;

    /// <summary>
    /// Pause before the board restarts because the device could not be put together: enough to read why, and to reach it with nanoff.
    /// </summary>
    private const int FailureMilliseconds = 30000;

    /// <summary>Never returns: a board whose last thread has ended sits dead until somebody pulls the plug (facts 9).</summary>
    public static void Main()
    {
        try
        {
            Console.WriteLine("[Init] Netboot " + NetbootVersion.Text + " on " + SystemInfo.TargetName + ", firmware "
                + SystemInfo.Version.ToString());
            Memory.Compact = Compact;
            SwitchOffWifi();
            IPolled[] parts = Compose();
            var faults = new int[parts.Length];
            while (true)
            {
                Round(parts, faults);
                Thread.Sleep(NetbootDevice.TickMilliseconds);
            }
        }
        catch (Exception e)
        {
            Console.WriteLine("[Init] Cannot start: " + FaultText.Of(e));
        }

        Thread.Sleep(FailureMilliseconds);
        Power.RebootDevice();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Compact()
    {
        nanoFramework.Runtime.Native.GC.Run(true);
    }

    private static void SwitchOffWifi()
    {
        try
        {
            if (AccessPoint.SwitchOffNextToEthernet())
            {
                Console.WriteLine("[Init] Wi-Fi is switched off next to Ethernet; restarting without it");
                Power.RebootDevice();
            }
        }
        catch (Exception e)
        {
            // Serving with Wi-Fi on is better than not serving.
            Console.WriteLine("[Init] Wi-Fi cannot be switched off: " + e.Message);
        }
    }

    private static IPolled[] Compose()
    {
        TargetTraits traits = TargetTraits.Of(SystemInfo.TargetName);
        var board = new Esp32Board();
        var storage = new BoardStorage();
#if HTTPS
        Netboot.Http.Fetch.Https = new HttpsFetches(storage);
#endif
        var lan = new BoardNetwork(Interfaces.Lan());
        if (traits.HasEthernet && Interfaces.Find(NetworkInterfaceType.Ethernet) == null)
        {
            // The list of interfaces was stored by an earlier firmware for another target, and is not made again
            // (ConfigurationManager_EnumerateConfigurationBlocks).
            Console.WriteLine("[Init] This target has Ethernet, but the stored configuration has none: flash once with nanoff --masserase");
        }

        var accessPoint = new AccessPoint(traits);
        return accessPoint.IsOn
            ? ComposeSetUp(traits, board, storage, lan, accessPoint)
            : ComposeDevice(traits, board, storage, lan, accessPoint);
    }

    private static IPolled[] ComposeSetUp(
        TargetTraits traits, Esp32Board board, BoardStorage storage, BoardNetwork lan, AccessPoint accessPoint)
    {
        var log = new Log(new LogText());
        var random = new HardwareRandom();
        var firstStart = new FirstStart(board, storage, accessPoint, random, log, DeviceClock.Now);
        if (!firstStart.IsOpen)
        {
            // Somebody else's access point: the device's own first start closes it, and says so in the device's log.
            return ComposeDevice(traits, board, storage, lan, accessPoint);
        }

        var network = new BoardNetwork(NetworkInterfaceType.WirelessAP);
        var setup = new BoardNetworkSetup(traits, storage, log);
        var button = new ResetButton(traits, board, storage, setup, log);
        board.OpenLed(traits, null, log);
        var device = new SetupDevice(board, network, storage, setup, random, firstStart, log, HttpPort);
        device.Start();
        return new IPolled[]
        {
            network, lan, setup, button, new StatusLed(board, network, button, true), new SetupParts(device, firstStart, lan),
            new LogLines(log, network),
        };
    }

    private static IPolled[] ComposeDevice(
        TargetTraits traits, Esp32Board board, BoardStorage storage, BoardNetwork lan, AccessPoint accessPoint)
    {
        var random = new HardwareRandom();
        var device = new NetbootDevice(board, lan, storage, new FirmwareLoaders(), random, HttpPort);
        var setup = new BoardNetworkSetup(traits, storage, device.Log);

        // The button first: no setting may take its pin.
        var button = new ResetButton(traits, board, storage, setup, device.Log);
        board.OpenLed(traits, device.Rules.Settings, device.Log);
        var firstStart = new FirstStart(board, storage, accessPoint, random, device.Log, DeviceClock.Now);
        device.Start();
        ITerminal terminal = ConsolePort.Find(traits, device.Rules.Settings, device.Log);
        if (terminal != null)
        {
            device.OfferConsole(terminal, setup);
        }

        return new IPolled[]
        {
            lan, setup, button, new StatusLed(board, lan, button, false), new NetbootParts(device, firstStart, lan), new Clock(device.Log),
            new LogLines(device.Log, lan),
        };
    }

    private static void Round(IPolled[] parts, int[] faults)
    {
        long now = DeviceClock.Now;
        for (int i = 0; i < parts.Length; i++)
        {
            try
            {
                parts[i].Poll(now);
            }
            catch (Exception e)
            {
                // One part's bad moment (storage full, no network, out of memory) must not stop the others. It is written straight to the
                // serial line, because the log may be what failed; only the 1st, 2nd, 4th, 8th … time, because it may fail every round.
                int count = ++faults[i];
                if ((count & (count - 1)) != 0)
                {
                    continue;
                }

                Console.WriteLine("[Init] " + parts[i].Name + " (" + count.ToString() + "): " + FaultText.Of(e));
            }
        }
    }
}
