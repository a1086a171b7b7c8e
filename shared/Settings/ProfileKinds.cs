namespace Netboot.Settings;

/// <summary>The names of the kinds of profile.</summary>
public static class ProfileKinds
{
    /// <summary>The name of one kind, or null when there is none of that number.</summary>
    public static string NameOf(ProfileKind kind)
    {
        switch (kind)
        {
            case ProfileKind.Linux: return "linux";
            case ProfileKind.Script: return "script";
            case ProfileKind.Local: return "local";
            case ProfileKind.Ignore: return "ignore";
            case ProfileKind.Deny: return "deny";
            default: return null;
        }
    }
}
