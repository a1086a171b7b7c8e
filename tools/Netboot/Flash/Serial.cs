using System.IO.Ports;
using System.Text;

namespace Netboot.Tool.Flash;

/// <summary>The PC's serial ports.</summary>
internal interface ISerialPorts
{
    /// <summary>The names of all ports.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Why a port cannot be opened, or null.</summary>
    Problem? Refusal(string port);

    /// <summary>
    /// Opens a port to read the device's log. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
    /// </summary>
    ISerialLog Open(string port);
}

/// <summary>The device's log on a serial port.</summary>
internal interface ISerialLog : IDisposable
{
    /// <summary>
    /// Restarts the board by its reset line. Returns false if this port has no such line (a port over the network, for instance).
    /// </summary>
    bool Restart();

    /// <summary>
    /// What arrived within the time, perhaps part of a line; empty if nothing did. Throws <see cref="IOException"/> if the port is gone.
    /// </summary>
    string Read(TimeSpan limit);
}

/// <summary>Ports through System.IO.Ports.</summary>
internal sealed class SerialPorts : ISerialPorts
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names() => SerialPort.GetPortNames();

    /// <inheritdoc/>
    public Problem? Refusal(string port)
    {
        try
        {
            using ISerialLog log = Open(port);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException
            || (e is IOException or UnauthorizedAccessException && !OperatingSystem.IsWindows() && !File.Exists(port)))
        {
            // On Linux and macOS the library reports every failure as access denied, even for a port that does not exist.
            IReadOnlyList<string> names = Names();
            return new Problem(
                $"There is no serial port {port}.",
                "Is the board plugged in? "
                + (names.Count == 0 ? "There are no serial ports at all." : $"There are: {string.Join(", ", names)}. Name one with --port."));
        }
        catch (UnauthorizedAccessException e) when (!OperatingSystem.IsWindows() && e.InnerException is IOException inner)
        {
            return new Problem($"{port} cannot be opened: {inner.Message}", "Is it the serial port of a board? "
                + NanoffCodes.PortBusy.Remedy);
        }
        catch (UnauthorizedAccessException e) when (!OperatingSystem.IsWindows())
        {
            return new Problem($"{port} cannot be used: {e.Message}",
                "Join the group that owns it: sudo usermod -aG dialout $USER, then log in again. "
                + "If you are in it, another program is using the port: " + NanoffCodes.PortBusy.Remedy);
        }
        catch (UnauthorizedAccessException)
        {
            return NanoffCodes.PortBusy;
        }
        catch (IOException e)
        {
            return new Problem($"{port} cannot be opened: {e.Message}", "Is the board plugged in? " + NanoffCodes.PortBusy.Remedy);
        }
    }

    /// <inheritdoc/>
    public ISerialLog Open(string port) => new SerialLog(port);
}

/// <summary>An open port at the speed of the firmware's log.</summary>
internal sealed class SerialLog : ISerialLog
{
    /// <summary>The speed of nanoFramework's wire protocol, and so of its log.</summary>
    public const int BaudRate = 921600;

    /// <summary>How often the port is checked: the log is for people.</summary>
    private const int PollMilliseconds = 50;

    /// <summary>How long the reset line is held; boards have a capacitor on it, which takes some milliseconds.</summary>
    private const int ResetMilliseconds = 100;

    private readonly SerialPort _port;

    /// <summary>Opens the port with both control lines released: the usual two-transistor circuit then lets the board run.</summary>
    public SerialLog(string port)
    {
        _port = new SerialPort(port, BaudRate) { DtrEnable = false, RtsEnable = false, Encoding = Encoding.Latin1 };
        try
        {
            _port.Open();
        }
        catch
        {
            _port.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Restart()
    {
        try
        {
            _port.RtsEnable = true;
            Thread.Sleep(ResetMilliseconds);
            _port.DiscardInBuffer();
            _port.RtsEnable = false;
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public string Read(TimeSpan limit)
    {
        long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        do
        {
            string text = _port.ReadExisting();
            if (text.Length > 0)
            {
                return text;
            }

            Thread.Sleep(PollMilliseconds);
        }
        while (Environment.TickCount64 < end);
        return "";
    }

    /// <inheritdoc/>
    public void Dispose() => _port.Dispose();
}
