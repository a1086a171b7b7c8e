using Netboot.Bytes;
using Netboot.Device;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>One request that takes a while: waits for its turn in <see cref="PageJobs"/>, and then answers.</summary>
internal abstract class PageJob : HttpWork
{
    private bool _offered;

    /// <summary>A job of <paramref name="device"/>.</summary>
    protected PageJob(NetbootDevice device)
    {
        Device = device;
    }

    /// <summary>Whether it was done; the answer is settled then.</summary>
    internal bool IsDone { get; set; }

    /// <summary>The device.</summary>
    protected NetbootDevice Device { get; }

    /// <summary>The answer's status.</summary>
    protected int Status { get; set; } = 200;

    /// <summary>The answer's body; null for <c>{"ok":true}</c>.</summary>
    protected ByteWriter Json { get; set; }

    /// <inheritdoc/>
    public override bool Step(HttpResponse response, long now)
    {
        if (!_offered)
        {
            _offered = Device.Jobs.Offer(this);
        }

        if (!IsDone)
        {
            return false;
        }

        Answer(response);
        return true;
    }

    /// <summary>Does it, in the main thread. What it throws is answered with 500.</summary>
    internal abstract void Do(long now);

    /// <summary>The answer is a refusal.</summary>
    internal void Fail(int status, string message)
    {
        Status = status;
        Json = JsonAnswer.Error(message);
    }

    /// <summary>The answer is a refusal that names its place in the settings.</summary>
    protected void Fail(SettingsError error)
    {
        Status = 422;
        Json = JsonAnswer.Error(error);
    }

    /// <summary>Fills in the response.</summary>
    protected virtual void Answer(HttpResponse response)
    {
        JsonAnswer.Send(response, Status, Json ?? JsonAnswer.Ok());
    }
}
