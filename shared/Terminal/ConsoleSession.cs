using Netboot.Api;
using Netboot.Board;
using Netboot.Bytes;
using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Terminal;

/// <summary>What commands work with, and what they leave for the console to go on with.</summary>
public sealed class ConsoleSession
{
    private readonly ConsoleOutput _output;

    /// <summary>A session at <paramref name="device"/>; its answers go to <paramref name="output"/>.</summary>
    internal ConsoleSession(DeviceApi device, INetworkSetup network, ConsoleOutput output)
    {
        Device = device;
        Network = network;
        _output = output;
        Error = new SettingsError();
    }

    /// <summary>The device.</summary>
    public DeviceApi Device { get; }

    /// <summary>The board's network settings, or null where they are not the device's to change.</summary>
    public INetworkSetup Network { get; }

    /// <summary>For checks; what it says counts until the next one.</summary>
    public SettingsError Error { get; }

    /// <summary>Takes what is to be shown.</summary>
    public ByteWriter Text => _output.Text;

    /// <summary>The device's clock at the command.</summary>
    public long Now { get; internal set; }

    /// <summary>The question that the next line answers, or null.</summary>
    public ConsoleDialog Dialog { get; set; }

    /// <summary>Takes the lines that are pasted, or null.</summary>
    internal RestoreText Restoring { get; set; }

    /// <summary>Whether new log lines are shown until a key is pressed.</summary>
    public bool Following { get; set; }

    /// <summary>The number of the log entry to be shown next.</summary>
    public int NextEntry { get; set; }

    /// <summary>Whether the device starts anew when everything is shown.</summary>
    public bool Rebooting { get; set; }

    /// <summary>Makes a change, stores it and serves by it, and says so; or says why not, and nothing was changed.</summary>
    internal void Apply(SettingsChange change)
    {
        if (Device.Change(change, Error))
        {
            Text.Text("Saved and in effect now.\n");
        }
        else
        {
            Refuse();
        }
    }

    /// <summary>Shows what comes in pieces, after what was said so far.</summary>
    internal void Show(HttpPieces pieces) => _output.Show(pieces);

    /// <summary>Says what <see cref="Error"/> holds.</summary>
    public void Refuse() => Text.Text(Error.ToString()).Text("\nNothing was changed.\n");
}
