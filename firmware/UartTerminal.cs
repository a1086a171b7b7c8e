using System;
using System.IO.Ports;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Logging;

namespace Netboot.Firmware;

/// <summary>
/// A UART of the board as the console's line. It throws nothing: a line that fails is opened again after a while.
/// </summary>
internal sealed class UartTerminal : ITerminal
{
    /// <summary>The speed that terminal programs start with.</summary>
    internal const int BaudRate = 115200;

    /// <summary>Longest time that a write may take: 64 bytes need 6 ms. Without it the platform's default would wait for ever.</summary>
    private const int TimeoutMilliseconds = 200;

    /// <summary>Pause before a line that failed is opened again.</summary>
    private const int ReopenMilliseconds = 10000;

    private readonly string _port;
    private readonly Log _log;
    private SerialPort _serial;
    private long _openAt;
    private bool _complained;

    /// <summary>A line on <paramref name="port"/> (COM1, COM2), whose pins are set already.</summary>
    internal UartTerminal(string port, Log log)
    {
        _port = port;
        _log = log;
    }

    /// <inheritdoc/>
    public bool HasInput
    {
        get
        {
            try
            {
                return Open() && _serial.BytesToRead > 0;
            }
            catch (Exception e)
            {
                Close(e);
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (!Open())
        {
            return 0;
        }

        try
        {
            // A read waits until it has all that it was asked for, so it is asked for no more than is there.
            int available = _serial.BytesToRead;
            count = available < count ? available : count;
            return count <= 0 ? 0 : _serial.Read(buffer, offset, count);
        }
        catch (Exception e)
        {
            Close(e);
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        if (count <= 0 || !Open())
        {
            return;
        }

        try
        {
            // An array of exactly that length: the native write (nf-interpreter, sys_io_ser_native SerialPort.cpp) sends as many bytes as
            // the array has, whatever count says.
            var piece = new byte[count];
            Array.Copy(buffer, offset, piece, 0, count);
            _serial.Write(piece, 0, count);
        }
        catch (Exception e)
        {
            Close(e);
        }
    }

    private bool Open()
    {
        if (_serial != null)
        {
            return true;
        }

        if (DeviceClock.Now < _openAt)
        {
            return false;
        }

        SerialPort serial = null;
        try
        {
            serial = new SerialPort(_port, BaudRate);
            serial.ReadTimeout = TimeoutMilliseconds;
            serial.WriteTimeout = TimeoutMilliseconds;
            serial.Open();
            _serial = serial;
            _complained = false;
            return true;
        }
        catch (Exception e)
        {
            _serial = serial;
            Close(e);
            return false;
        }
    }

    private void Close(Exception reason)
    {
        if (!_complained)
        {
            _complained = true;
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "Console on " + _port + ": " + FaultText.Of(reason));
        }

        _openAt = DeviceClock.Now + ReopenMilliseconds;
        SerialPort serial = _serial;
        _serial = null;
        if (serial == null)
        {
            return;
        }

        try
        {
            serial.Dispose();
        }
        catch (Exception e)
        {
            // The port is given up all the same.
            _log.Add(Subsystem.Init, LogEvent.Note, 0, "Console on " + _port + " while closing: " + e.Message);
        }
    }
}
