namespace Netboot.ApiGate.Lists;

/// <summary>Where in an API list something stands.</summary>
public sealed record Place(string File, int Line);

/// <summary>A list that cannot be turned into an assembly: the message names the file and the line.</summary>
public sealed class ListException(Place place, string problem) : Exception(problem)
{
    /// <summary>The line at fault.</summary>
    public Place Place { get; } = place;

    /// <summary>The problem in the form that MSBuild and editors understand: file(line): error id: text.</summary>
    public string Diagnostic => $"{Place.File}({Place.Line}): error NB900: {Message}";
}
