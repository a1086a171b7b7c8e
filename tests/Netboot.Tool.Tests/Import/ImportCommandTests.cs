using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Netboot.Tool.Import;

namespace Netboot.Tool.Tests.Import;

/// <summary>
/// Commands and configurations as people published them (Pixiecore's README and issues, NixOS's wiki, Kairos, the tldr pages), and what is
/// odd about some. They are in <c>tests/import-cases.json</c>, for the page imports by the same rules and is tested with the same cases.
/// </summary>
[TestClass]
public sealed class ImportCommandTests
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    public static IEnumerable<object[]> Cases => Read().Select(each => new object[] { each.Text });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_text_becomes_its_profile_with_notes_or_is_refused_with_the_reason(string text)
    {
        ImportCase expected = Read().Single(each => each.Text == text);
        (int status, string output, string errors) = Import(text);
        if ((expected.Refused ?? expected.RefusedOnSaving) is { } reason)
        {
            Assert.AreEqual(1, status);
            Assert.AreEqual("", output);
            Assert.AreEqual($"Not imported: {reason}\n", errors);
            return;
        }

        Assert.AreEqual(0, status);
        Assert.AreEqual("[profile p]\n" + string.Concat(expected.Profile.Select(line => line + "\n")), output);
        Assert.AreEqual(string.Concat(expected.Notes.Select(note => note + "\n")), errors);
    }

    private static ImportCase[] Read() => JsonSerializer.Deserialize<ImportCase[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Import", "import-cases.json")), s_options)!;

    private static (int Status, string Output, string Errors) Import(string text)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int status = ImportCommand.Run(text, "p", output, errors);
        return (status, output.ToString(), errors.ToString());
    }

    /// <summary>A text, and the profile's lines with notes that it becomes, or why it is refused.</summary>
    private sealed record ImportCase(string Text, string? Refused, string? RefusedOnSaving)
    {
        public string[] Profile { get; init; } = [];

        public string[] Notes { get; init; } = [];
    }
}
