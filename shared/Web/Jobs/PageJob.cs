using System;
using Netboot.Api;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Logging;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>One request that takes a while: waits for its turn in the <see cref="JobQueue"/>, and then answers.</summary>
internal abstract class PageJob : HttpWork, IJob
{
    private SettingsError _error;

    /// <summary>A job of <paramref name="device"/> for the computer at <paramref name="address"/>.</summary>
    protected PageJob(DeviceApi device, byte[] address)
    {
        Device = device;
        Array.Copy(address, 0, Address, 0, 4);
    }

    /// <summary>How far it is.</summary>
    public JobState State { get; set; }

    /// <summary>Whether what was wanted is made and stored: whatever fails after that, the answer is not that it failed.</summary>
    protected bool IsMade { get; set; }

    /// <summary>The device.</summary>
    protected DeviceApi Device { get; }

    /// <summary>The IPv4 address of who asked.</summary>
    protected byte[] Address { get; } = new byte[4];

    /// <summary>The answer's status.</summary>
    protected int Status { get; set; } = 200;

    /// <summary>The answer's body; null for <c>{"ok":true}</c>.</summary>
    protected JsonWriter Json { get; set; }

    /// <inheritdoc/>
    public override bool Step(HttpResponse response, long now)
    {
        if (State == JobState.New)
        {
            Device.Jobs.Offer(this);
        }

        if (State != JobState.Done)
        {
            return false;
        }

        try
        {
            Answer(response);
            return true;
        }
        catch (OutOfMemoryException)
        {
            // It was done, and the client is to hear that: the next step tries again.
            Memory.Collect();
            return false;
        }
    }

    /// <inheritdoc/>
    public override bool GiveUp() => Device.Jobs.Withdraw(this);

    /// <inheritdoc/>
    public abstract void Do(long now);

    /// <inheritdoc/>
    public void Fail(int status, string message)
    {
        if (!IsMade)
        {
            Status = status;
            Json = JsonAnswer.Error(message);
        }
    }

    /// <summary>The answer is a refusal that names its place in the settings.</summary>
    protected void Fail(SettingsError error)
    {
        Status = 422;
        _error = error;
    }

    /// <summary>Puts into the log what was done from the page.</summary>
    protected void Say(string what) => Say(Device, Address, what);

    /// <summary>The same for what takes no job.</summary>
    internal static void Say(DeviceApi device, byte[] address, string what)
    {
        byte[] text = Octets.Of(what);
        device.Log.Add(Subsystem.Page, LogEvent.PageUsed, address, 0, 4, 0, 0, text, 0, text.Length);
    }

    /// <summary>Fills in the response.</summary>
    protected virtual void Answer(HttpResponse response)
    {
        if (_error != null)
        {
            JsonAnswer.Refuse(response, Status, _error);
        }
        else
        {
            JsonAnswer.Send(response, Status, Json ?? JsonAnswer.Ok());
        }
    }
}
