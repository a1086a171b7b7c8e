using Netboot.Loops;
using Netboot.Settings;

namespace Netboot.Api;

/// <content>Whether there is memory for other settings.</content>
public abstract partial class DeviceApi
{
    /// <summary>
    /// Free memory that a change needs besides the changed settings: 3 KB for what reads them and, when that is done, stores them (counted
    /// by SettingsHeapTests), and 6 KB that stay free for what machines and pages take meanwhile: with less, the interpreter's collector
    /// may not get through.
    /// </summary>
    private const int ChangeMemory = 9 * 1024;

    /// <summary>Profiles of a few words take more of the heap than of the text: 60 bytes each.</summary>
    private const int MoreThanText = SettingsLimits.Profiles * 60;

    /// <summary>
    /// The longest text of settings in bytes for which there was memory when the supervisor last looked: for a page, to say so before one
    /// is typed.
    /// </summary>
    public int SettingsRoom
    {
        get
        {
            int free = Supervisor.FreeMemory;
            int room = free - ChangeMemory - MoreThanText;
            return free < 0 || room > SettingsLimits.Text ? SettingsLimits.Text : room < 0 ? 0 : room;
        }
    }

    /// <summary>
    /// Whether there is memory for the settings of a text of so many bytes, beside those in use; if not, the error says how much is
    /// missing.
    /// </summary>
    public bool HasMemoryForText(int length, SettingsError error) => HasMemoryFor(length + MoreThanText, error);

    /// <summary>
    /// Whether there is memory for changed settings of so many bytes of heap, beside those in use; if not, the error says how much is
    /// missing.
    /// </summary>
    private bool HasMemoryFor(int size, SettingsError error)
    {
        int need = size + ChangeMemory;
        int free = Board.FreeMemory();
        return free >= need || error.Fail(
            "the board has too little memory to change settings of this size (" + free.ToString() + " bytes are free, about "
            + need.ToString()
            + " are needed). It still boots machines by them and can give listed machines other profiles; for any other change, shorten them or use a board with PSRAM");
    }
}
