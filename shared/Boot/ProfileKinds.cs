namespace Netboot.Boot;

/// <summary>The names of the kinds of profile.</summary>
public static class ProfileKinds
{
    /// <summary>All names, in the order of <see cref="ProfileKind"/>, with a space between.</summary>
    public const string Names = "linux script local ignore deny";

    /// <summary>The name of one kind. It allocates.</summary>
    public static string NameOf(ProfileKind kind)
    {
        return Names.Split(' ')[(int)kind];
    }
}
