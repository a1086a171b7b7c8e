using Netboot.Http;
using Netboot.Settings;

namespace Netboot.Web;

/// <summary>Makes settings of a text while it comes. They are looked at as a whole, and used, by a <see cref="SettingsJob"/> when all of it is there.</summary>
internal sealed class SettingsIntake : HttpIntake
{
    // Profiles of a few words take more of the heap than of the text: 60 bytes each.
    private const int MoreThanText = SettingsLimits.Profiles * 60;

    /// <summary>An intake; of a backup the checksum is looked at.</summary>
    internal SettingsIntake(bool isBackup)
    {
        // Who only has the session does not change the password.
        Reader = new SettingsReader(isBackup, true, new SettingsError());
    }

    /// <summary>What reads the text.</summary>
    internal SettingsReader Reader { get; }

    /// <summary>About how many bytes of a board's heap settings of such a text take, at the most.</summary>
    internal static int SizeOf(int length)
    {
        return length + MoreThanText;
    }

    /// <inheritdoc/>
    public override void Take(byte[] bytes, int offset, int count)
    {
        Reader.Feed(bytes, offset, count);
    }
}
