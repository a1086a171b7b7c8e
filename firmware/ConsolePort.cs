using System;
using System.IO.Ports;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Firmware;

/// <summary>
/// Finds the serial line that the console can use. The USB socket's own line belongs to the debugger and the flash tool and cannot be
/// opened here; it only carries the log (<see cref="UsbLog"/>).
/// </summary>
internal static class ConsolePort
{
    // The platform leaves COM1 out of its list where the debugger has it: on every board with a serial chip behind its USB socket.
    private const string FirstPort = "COM1";
    private const string SecondPort = "COM2";

    /// <summary>The console's line, by settings and target, or null if there is none. The log says which.</summary>
    internal static ITerminal Find(TargetTraits traits, DeviceSettings settings, Log log)
    {
        byte[] txSetting = settings.Value(SettingsKey.ConsoleTx);
        byte[] rxSetting = settings.Value(SettingsKey.ConsoleRx);
        int tx = TargetTraits.Pin(txSetting, traits.ConsoleTx);
        int rx = TargetTraits.Pin(rxSetting, traits.ConsoleRx);
        bool asked = txSetting != null || rxSetting != null;
        try
        {
            if (!asked && HasFirstPort())
            {
                return On(FirstPort, "COM1 (the chip's own UART pins)", log);
            }

            if (tx == TargetTraits.None || rx == TargetTraits.None)
            {
                Note(log, asked ? "Console: off, by the settings" : "Console: no pins are known for this board; see [console] tx and rx");
                return null;
            }

            if (ReservedPins.Has(SystemInfo.TargetName, tx) || ReservedPins.Has(SystemInfo.TargetName, rx))
            {
                Note(log, "Console: TX GPIO" + tx.ToString() + ", RX GPIO" + rx.ToString() + " refused: " + ReservedPins.Reason);
                return null;
            }

            // Both pins are needed, or the port cannot be opened.
            Configuration.SetPinFunction(tx, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(rx, DeviceFunction.COM2_RX);
            return On(SecondPort, "COM2, TX GPIO" + tx.ToString() + ", RX GPIO" + rx.ToString(), log);
        }
        catch (Exception e)
        {
            // A pin that cannot be an output, for instance. The device serves without a console.
            Note(log, "Console: TX GPIO" + tx.ToString() + ", RX GPIO" + rx.ToString() + " refused: " + FaultText.Of(e));
            return null;
        }
    }

    private static ITerminal On(string port, string where, Log log)
    {
        Note(log, "Console on " + where + ", " + UartTerminal.BaudRate.ToString() + " baud");
        return new UartTerminal(port, log);
    }

    private static bool HasFirstPort()
    {
        string[] ports = SerialPort.GetPortNames();
        for (int i = 0; i < ports.Length; i++)
        {
            if (ports[i] == FirstPort)
            {
                return true;
            }
        }

        return false;
    }

    private static void Note(Log log, string text)
    {
        log.Add(Subsystem.Init, LogEvent.Note, 0, text);
    }
}
