using System.Security.Cryptography;
using System.Text;

namespace Netboot.Tool.Flash;

/// <summary>
/// The password of the device's page: how it is made, what is allowed, and how the settings file holds it. The board replaces the plain
/// text with a salted hash when it imports the file.
/// </summary>
internal static class PagePassword
{
    /// <summary>The section of the settings that holds it.</summary>
    public const string Section = "page";

    /// <summary>Its key there.</summary>
    public const string Key = "password";

    /// <summary>The environment variable that gives it without a trace in the shell's history or the list of processes.</summary>
    public const string Variable = "NETBOOT_PAGE_PASSWORD";

    /// <summary>Instead of the password on the command line: read it from <see cref="Variable"/>.</summary>
    public const string FromVariable = "-";

    /// <summary>Shorter ones could be guessed: on a LAN only a small board slows a guesser down.</summary>
    public const int Shortest = 8;

    /// <summary>As long as a Wi-Fi password may be; fits a line of the settings.</summary>
    public const int Longest = 63;

    /// <summary>
    /// Lower-case letters and digits without those that look alike (0 o, 1 i l), because people type it off a screen.
    /// </summary>
    public const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private const int Groups = 4;
    private const int GroupLength = 4;

    /// <summary>A new password of 79 bits, such as <c>kx4m-93ph-wn2c-ty7f</c>.</summary>
    public static string Generate() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>Why a password is refused, or null. The settings file is read byte by byte: a space or # would end it.</summary>
    public static string? Refusal(string password) =>
        password.Length is < Shortest or > Longest ? $"The page's password has {Shortest} to {Longest} characters."
        : password.Any(c => c is <= ' ' or > '~' or '#' or ';')
        ? "The page's password may have ASCII letters, digits and punctuation, but no spaces, # or ;."
        : null;

    /// <summary>The section with the password in it, for the end of a settings text.</summary>
    public static string SectionText(string password) =>
        new StringBuilder().Append('[').Append(Section).Append("]\n").Append(Key).Append(" = ").Append(password).Append('\n').ToString();
}
