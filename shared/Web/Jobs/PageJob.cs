using System;
using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>One request that takes a while: waits for its turn in <see cref="PageJobs"/>, and then answers.</summary>
internal abstract class PageJob : HttpWork
{
    /// <summary>Its place is still to be had.</summary>
    internal const int New = 0;

    /// <summary>It waits for the main thread.</summary>
    internal const int Offered = 1;

    /// <summary>The main thread does it.</summary>
    internal const int Running = 2;

    /// <summary>It was done; the answer is settled.</summary>
    internal const int Done = 3;

    private SettingsError _error;

    /// <summary>A job of <paramref name="device"/>.</summary>
    protected PageJob(NetbootDevice device)
    {
        Device = device;
    }

    /// <summary>How far it is.</summary>
    internal int State { get; set; }

    /// <summary>Whether what was wanted is made and stored: whatever fails after that, the answer is not that it failed.</summary>
    protected bool IsMade { get; set; }

    /// <summary>The device.</summary>
    protected NetbootDevice Device { get; }

    /// <summary>The answer's status.</summary>
    protected int Status { get; set; } = 200;

    /// <summary>The answer's body; null for <c>{"ok":true}</c>.</summary>
    protected ByteWriter Json { get; set; }

    /// <inheritdoc/>
    public override bool Step(HttpResponse response, long now)
    {
        if (State == New)
        {
            Device.Jobs.Offer(this);
        }

        if (State != Done)
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
    public override bool GiveUp()
    {
        return Device.Jobs.Withdraw(this);
    }

    /// <summary>Does it, in the main thread. What it throws is answered with 500.</summary>
    internal abstract void Do(long now);

    /// <summary>The answer is a refusal.</summary>
    internal void Fail(int status, string message)
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

    /// <summary>Fills in the response.</summary>
    protected virtual void Answer(HttpResponse response)
    {
        if (_error != null && _error.More != null)
        {
            JsonAnswer.Send(response, Status, new ErrorPieces(_error));
        }
        else
        {
            JsonAnswer.Send(response, Status, _error != null ? JsonAnswer.Error(_error) : Json ?? JsonAnswer.Ok());
        }
    }
}
