using Netboot.Bytes;
using Netboot.Device;
using Netboot.Dhcp;

namespace Netboot.Web;

/// <summary>The device's state as plain text, for people with a browser or curl.</summary>
public static class StatusText
{
    /// <summary>Log lines shown: a page on a phone, and within the budget of IL instructions for a page. One less for each other server.</summary>
    private const int LogLines = 20;

    private const int UsualSize = 3072;
    private const int LargestSize = 8192;

    /// <summary>Writes the state at <paramref name="now"/> on the device's clock. It holds no secret.</summary>
    public static ByteWriter Write(NetbootDevice device, long now)
    {
        var writer = new ByteWriter(UsualSize, LargestSize);
        writer.Text("Netboot ").Text(NetbootVersion.Text).Text(", ").Raw(device.Rules.Settings.Name).Text(" at ");
        if (device.Authority != null)
        {
            writer.Raw(device.Authority);
        }

        writer.Text("\nUp ").Number((int)((now - device.Started) / 1000)).Text(" s\nMirror: ");
        byte[] mirror = device.Rules.Settings.MirrorUrl;
        writer.Raw(mirror ?? Octets.Of("none")).Text("\n\nLoaders:\n");
        device.Files.WriteCatalogue(writer);
        WriteCounters(writer, device);
        WriteOthers(writer, device.Others, now);
        writer.Text("\nLog, newest last:\n");
        int added = device.Log.Added;
        int lines = LogLines - device.Others.Count;
        for (int i = added > lines ? added - lines : 0; i < added; i++)
        {
            int start = writer.Length;
            if (device.Log.Write(i, writer, out long time))
            {
                writer.Text("  (").Number((int)((now - time) / 1000)).Text(" s ago)\n");
            }
            else
            {
                writer.Truncate(start);
            }
        }

        return writer;
    }

    private static void WriteOthers(ByteWriter writer, OtherServers others, long now)
    {
        var address = new byte[4];
        for (int i = 0; others.Read(i, address, out OtherServerKind kind, out long heard); i++)
        {
            writer.Text("\nOther server ").Address(address, 0).Text(": ");
            OtherServers.WriteKind(writer, kind);
            writer.Text(" (").Number((int)((now - heard) / 1000)).Text(" s ago)");
        }

        writer.Byte('\n');
    }

    private static void WriteCounters(ByteWriter writer, NetbootDevice device)
    {
        var counter = new Counter();
        for (int i = 0; counter.Read(device, i); i++)
        {
            writer.Text(counter.IsFirst ? "\n" : ", ").Text(counter.IsFirst ? counter.Service.ToUpper() + ": " : "");
            writer.Text(counter.Name).Byte(' ').Number(counter.Value);
        }

        writer.Text("\nFaults survived: ").Number(device.Faults);
    }
}
