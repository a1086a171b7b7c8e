namespace Netboot.Tool.Flash;

/// <summary>Whether something answers HTTP at an address.</summary>
internal interface IDeviceProbe
{
    /// <summary>Asks once.</summary>
    bool Answers(Uri page, CancellationToken cancellation);
}

/// <summary>A GET of the device's health; any HTTP answer will do.</summary>
internal sealed class DeviceProbe : IDeviceProbe
{
    /// <summary>The device answers in well under a second; a wrong address never answers.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public bool Answers(Uri page, CancellationToken cancellation)
    {
        // No proxy: the device is on this LAN.
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Limit };
        try
        {
            using HttpResponseMessage answer = client.GetAsync(new Uri(page, "health"), HttpCompletionOption.ResponseHeadersRead,
                cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (HttpRequestException)
        {
            // Not there yet: the caller asks again until its time is up, and then says so.
            return false;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>Restarts the board and waits until the device on it answers.</summary>
internal sealed class DeviceWait(ISerialPorts ports, IDeviceProbe probe, Action<string> onLine, TimeProvider time)
{
    /// <summary>Time between two looks at the port, and so between two requests.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>What the device said.</summary>
    public DeviceLog Log { get; } = new();

    /// <summary>
    /// The page's address, or null if the device did not answer in time; then <see cref="Log"/> says why. <paramref name="known"/> is
    /// where it must be if its address is fixed.
    /// </summary>
    public Uri? Wait(string port, Uri? known, TimeSpan limit, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        var lines = new OutputLines(line =>
        {
            Log.Add(line);
            onLine(line);
        });
        ISerialLog? serial = null;
        bool restarted = false;
        try
        {
            while (time.GetElapsedTime(start) < limit && Log.Fatal == null)
            {
                cancellation.ThrowIfCancellationRequested();
                serial ??= TryOpen(port);
                if (serial != null && !restarted)
                {
                    restarted = true;
                    if (!serial.Restart())
                    {
                        onLine("(this port has no reset line: press the board's reset button)");
                    }
                }

                serial = Read(serial, lines);
                Uri? page = Log.Page ?? known;
                if (page != null && probe.Answers(page, cancellation))
                {
                    return page;
                }
            }

            return null;
        }
        finally
        {
            serial?.Dispose();
        }
    }

    private ISerialLog? TryOpen(string port)
    {
        try
        {
            return ports.Open(port);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A chip's own USB port disappears for a moment while the chip restarts; it is tried again until the time is up.
            onLine($"({port}: {e.Message})");
            return null;
        }
    }

    private ISerialLog? Read(ISerialLog? serial, OutputLines lines)
    {
        try
        {
            if (serial == null)
            {
                Thread.Sleep(Step);
            }
            else
            {
                lines.Add(serial.Read(Step));
            }

            return serial;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            onLine($"(the port closed: {e.Message})");
            serial!.Dispose();
            return null;
        }
    }
}
