using System;
using Netboot.Firmware.Tests;

namespace System.Device.Gpio
{
    public enum PinMode
    {
        Input = 0,
        Output = 3,
    }

    public readonly record struct PinValue(bool IsHigh)
    {
        public static PinValue High => new PinValue(true);

        public static PinValue Low => new PinValue(false);

        public static implicit operator PinValue(bool high) => new PinValue(high);
    }

    public sealed class GpioPin
    {
        private readonly int _number;

        internal GpioPin(int number)
        {
            _number = number;
        }

        public PinValue Read() => FakePlatform.Levels[_number] is not false;

        public void Write(PinValue value) => FakePlatform.Levels[_number] = value.IsHigh;
    }

    public sealed class GpioController
    {
        public GpioPin OpenPin(int number, PinMode mode) =>
            mode == PinMode.Output && number >= 34 ? throw new ArgumentException("not an output") : new GpioPin(number);
    }
}

namespace System.IO.Ports
{
    /// <summary>A port that throws as long as the platform has a fault for it, and keeps what was written.</summary>
    public sealed class SerialPort : IDisposable
    {
        public SerialPort(string portName, int baudRate)
        {
            PortName = portName;
            BaudRate = baudRate;
            Last = this;
        }

        public string PortName { get; }

        public int BaudRate { get; }

        public int ReadTimeout { get; set; }

        public int WriteTimeout { get; set; }

        public int BytesToRead
        {
            get
            {
                Check();
                return Input.Length;
            }
        }

        internal static SerialPort Last { get; private set; }

        internal byte[] Input { get; set; } = new byte[0];

        internal int AskedFor { get; private set; }

        internal byte[] Written { get; private set; }

        internal bool IsDisposed { get; private set; }

        public static string[] GetPortNames() => FakePlatform.Ports;

        public void Open() => Check();

        public int Read(byte[] buffer, int offset, int count)
        {
            Check();
            AskedFor = count;
            Array.Copy(Input, 0, buffer, offset, count);
            return count;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            Check();

            // As the native code does: the whole array, whatever count says.
            Written = buffer;
        }

        public void Dispose() => IsDisposed = true;

        private static void Check()
        {
            if (FakePlatform.PortFault != null)
            {
                throw new IOException(FakePlatform.PortFault);
            }
        }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public enum DeviceFunction
    {
        COM2_TX = 197120,
        COM2_RX = 197121,
    }

    public static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            if (value == DeviceFunction.COM2_TX && pin >= 34)
            {
                throw new ArgumentException("not an output");
            }

            FakePlatform.Functions[value] = pin;
        }
    }
}

namespace nanoFramework.Runtime.Native
{
    public delegate void RebootEventHandler();

    public static class Power
    {
        public static event RebootEventHandler OnRebootEvent;

        public static void RebootDevice()
        {
            FakePlatform.Reboots++;
            OnRebootEvent?.Invoke();
        }
    }

    public static class GC
    {
        public static uint Run(bool compactHeap) => 50000;
    }

    public static class SystemInfo
    {
        public static string TargetName => FakePlatform.Target;

        public static Version Version => new Version(1, 17);
    }
}
