using Netboot.Bytes;

namespace Netboot.Settings;

/// <summary>How much the settings may hold, and why.</summary>
public static class SettingsLimits
{
    /// <summary>
    /// Bytes of the whole text: 64 machines and 16 profiles take 7 KB of them, and the settings made of it two thirds of that on the heap.
    /// </summary>
    public const int Text = 16 * 1024;

    /// <summary>Bytes of a line: the longest URL of an initrd with its key and name. One that is cut in two is kept in one array.</summary>
    public const int Line = Memory.LargestBuffer - 36;

    /// <summary>Bytes of a name (device, profile, machine): it has to fit a column of the page and a line of an 80-column screen.</summary>
    public const int Name = 24;

    /// <summary>
    /// Bytes of a file's URL as it is written here: installers that are set up by a service have tokens of 350 in theirs.
    /// </summary>
    public const int Url = 900;

    /// <summary>
    /// The longest URL that a script's report tells, without the mirror's before it: the whole request has to fit in one buffer of the
    /// device (<see cref="Http.HttpLimits.BufferSize"/>). Of longer ones the report tells which file of the profile it is.
    /// </summary>
    public const int ReportedUrl = 400;

    /// <summary>Bytes of a folder's URL, which stands before others.</summary>
    public const int FolderUrl = 200;

    /// <summary>Bytes of a URL that the board itself looks at: the mirror's check and what a diagnosis names.</summary>
    public const int CheckedUrl = 255;

    /// <summary>Bytes of a kernel command line as it is written here. Kernels take 2,048; NixOS needs about 150.</summary>
    public const int CommandLine = 512;

    /// <summary>Bytes of a value once its templates are filled in: a kernel takes a command line of 2,048 bytes.</summary>
    public const int FilledIn = 1400;

    /// <summary>
    /// Bytes of a generated script with the longest URLs, command line and names, without templates. It is in no buffer as a whole, and
    /// iPXE takes any length: this is what a test holds it to.
    /// </summary>
    public const int Script = 16 * 1024;

    /// <summary>Bytes of a message on a machine's screen: one line and a half of 80 columns.</summary>
    public const int Message = 120;

    /// <summary>Bytes of a loader's file name: the catalogue looks up no longer ones.</summary>
    public const int FileName = 48;

    /// <summary>Characters of a password that a person types: one block of SHA-256, beyond which HMAC hashes the key first.</summary>
    public const int Password = 64;

    /// <summary>Fewest characters of a password: shorter ones are guessed.</summary>
    public const int PasswordAtLeast = 8;

    /// <summary>Relay agents of other subnets: more VLANs than a home has.</summary>
    public const int Relays = 8;

    /// <summary>
    /// Highest number of a pin: GPIO54 is the ESP32-P4's last one; an ESP32 has 39, an ESP32-S3 has 48. What a chip does not have, its
    /// firmware refuses, and the log says so.
    /// </summary>
    public const int Pin = 54;

    /// <summary>Initrds of one profile: microcode, system, configuration; Windows PE has five files.</summary>
    public const int Initrds = 8;

    /// <summary>Bytes of the name that a kernel finds an initrd under.</summary>
    public const int InitrdName = 48;

    /// <summary>Items of a menu: with its other lines they fit a screen of 25.</summary>
    public const int MenuItems = 16;

    /// <summary>Bytes of an item's title: a screen has 80 columns, and the countdown stands behind it.</summary>
    public const int Title = 60;

    /// <summary>Seconds that a menu waits at most: so long a machine counts as heard, and what was chosen is recorded.</summary>
    public const int MenuTimeout = 900;

    /// <summary>Seconds that a menu waits when it does not say.</summary>
    public const int UsualMenuTimeout = 10;

    /// <summary>Lines of a script in the settings.</summary>
    public const int InlineLines = 64;

    /// <summary>Bytes of such a script: an eighth of all settings.</summary>
    public const int Inline = 2048;

    /// <summary>The same once its templates are filled in.</summary>
    public const int InlineFilledIn = 8 * 1024;

    /// <summary>Profiles: a byte is their number; 16 are asked for.</summary>
    public const int Profiles = 24;

    /// <summary>Machines: about 16 bytes of heap each and their name; 64 are asked for.</summary>
    public const int Machines = 96;
}
