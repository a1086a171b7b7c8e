namespace Netboot.Settings;

/// <summary>How much the settings may hold, and why.</summary>
public static class SettingsLimits
{
    /// <summary>
    /// Bytes of the whole text: 64 machines and 16 profiles take 7 KB of them, and the settings made of it two thirds of that on the heap.
    /// </summary>
    public const int Text = 16 * 1024;

    /// <summary>Bytes of a line: the longest command line with its key, and room for a comment.</summary>
    public const int Line = 640;

    /// <summary>Bytes of a name (device, profile, machine): it has to fit a column of the page and a line of an 80-column screen.</summary>
    public const int Name = 24;

    /// <summary>Bytes of a URL as it is written here.</summary>
    public const int Url = 200;

    /// <summary>Bytes of a URL once the mirror's is put before it: a DHCP option (67) holds no more.</summary>
    public const int ResolvedUrl = 255;

    /// <summary>Bytes of a kernel command line as it is written here. Kernels take 2,048; NixOS needs about 150.</summary>
    public const int CommandLine = 512;

    /// <summary>
    /// Bytes of a command line once its <c>{{ URL }}</c> are put in, so that the whole script stays below <see cref="Script"/>.
    /// </summary>
    public const int ExpandedCommandLine = 1024;

    /// <summary>
    /// Bytes of a generated script with the longest URLs, command line and names. It is in no buffer as a whole, and iPXE takes any length:
    /// this is what a test holds it to.
    /// </summary>
    public const int Script = 5120;

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

    /// <summary>Initrds of one profile. Real ones have one to three (microcode, system, configuration).</summary>
    public const int Initrds = 4;

    /// <summary>Profiles: a byte is their number; 16 are asked for.</summary>
    public const int Profiles = 24;

    /// <summary>Machines: about 15 bytes of heap each and their name; 64 are asked for.</summary>
    public const int Machines = 96;
}
