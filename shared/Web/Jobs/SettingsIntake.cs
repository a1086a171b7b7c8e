using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>
/// Makes settings of a text while it comes. They are looked at as a whole, and used, by a <see cref="SettingsJob"/> when all of it is
/// there.
/// </summary>
internal sealed class SettingsIntake : HttpIntake
{
    /// <summary>An intake; of a backup the checksum is looked at.</summary>
    internal SettingsIntake(bool isBackup)
    {
        Reader = new SettingsReader(isBackup, new SettingsError());
    }

    /// <summary>What reads the text.</summary>
    internal SettingsReader Reader { get; }

    /// <inheritdoc/>
    public override void Take(byte[] bytes, int offset, int count) => Reader.Feed(bytes, offset, count);
}
