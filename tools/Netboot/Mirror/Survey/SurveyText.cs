using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netboot.Tool.Mirror.Survey;

/// <summary>What was found, for programs (<c>netboot.json</c>).</summary>
internal static class SurveyText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Initrd(string Url, string? Name);

    private sealed record Entry(
        string Title, string Kind, string Kernel, IReadOnlyList<Initrd>? Initrds, string? CommandLine, bool Bios, string? Efi, long Bytes);

    private sealed record Index(int Version, IReadOnlyList<Entry> Entries, IReadOnlyList<NotOffered> NotOffered);

    /// <summary>The list: URLs in it are relative to its own; <c>{mirror}</c> in a command line stands for the mirror's URL.</summary>
    public static string Json(FolderSurvey survey) => JsonSerializer.Serialize(
        new Index(1, [.. survey.Entries.Select(Of)], survey.NotOffered), Options) + "\n";

    /// <summary>A number of bytes for people: <c>13.5 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };

    private static Entry Of(BootEntry entry) => new(
        entry.Title, entry.IsScript ? "script" : entry.IsLinux ? "linux" : "program", FolderIndex.Url(entry.Kernel),
        entry.Initrds.Count == 0 ? null : [.. entry.Initrds.Select(initrd => new Initrd(FolderIndex.Url(initrd.Path), initrd.Name))],
        entry.CommandLine.Length == 0 ? null : entry.CommandLine, entry.Bios, entry.Efi, entry.Bytes);
}
