using Netboot.Bytes;
using Netboot.Settings;

namespace Netboot.Tests.Settings;

/// <summary>A backup in one piece, as a person has it who copied it.</summary>
internal static class BackupText
{
    public static string Of(DeviceSettings settings)
    {
        var writer = new ByteWriter(1024, SettingsLimits.Text);
        Backup.WriteBegin(settings, writer);
        int start = writer.Length;
        SettingsText.WriteWithoutSecrets(settings, writer);
        var sum = new TextSum();
        sum.Add(writer.Buffer, start, writer.Length);
        Backup.WriteEnd(sum.Finish(), writer);
        return writer.ToString();
    }
}
