using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Netboot.Tests.Device;

namespace Netboot.Tests.Floors;

/// <summary>Which sources of tests/Unit each project of tests/Unit.Device compiles, and which file declares a type.</summary>
internal static partial class DeviceTestProjects
{
    private const string UnitFolder = "$(UnitFolder)";

    /// <summary>The files of tests/Unit by project, both as paths from tests.</summary>
    public static Dictionary<string, HashSet<string>> Read() =>
        Directory.GetFiles(Path.Combine(UnitTestSources.TestsFolder, "Unit.Device"), "*.nfproj", SearchOption.AllDirectories)
            .ToDictionary(Relative, project => XDocument.Load(project).Descendants().Where(e => e.Name.LocalName == "Compile")
            .Select(e => e.Attribute("Include").Value).Where(include => include.StartsWith(UnitFolder, StringComparison.Ordinal))
            .SelectMany(include => Files(include[UnitFolder.Length..])).ToHashSet());

    /// <summary>The files of tests/Unit that declare a type, by its full name: several when it is partial.</summary>
    public static ILookup<string, string> Declared() => Files("**/*.cs").SelectMany(file =>
    {
        string text = File.ReadAllText(Path.Combine(UnitTestSources.TestsFolder, file));
        return Type().Matches(text).Select(type => (Name: Namespace().Match(text).Groups[1].Value + "." + type.Groups[1].Value, File: file));
    }).ToLookup(d => d.Name, d => d.File);

    // "Folder/**/*.cs", "Folder/*.cs" or one file.
    private static IEnumerable<string> Files(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern).Replace("**", "", StringComparison.Ordinal);
        string[] found = Directory.GetFiles(Path.Combine(UnitTestSources.TestsFolder, "Unit", folder), Path.GetFileName(pattern),
            pattern.Contains("**", StringComparison.Ordinal) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly);
        Assert.IsNotEmpty(found, "tests/Unit has no " + pattern);
        return found.Select(Relative);
    }

    private static string Relative(string path) => Path.GetRelativePath(UnitTestSources.TestsFolder, path).Replace('\\', '/');

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial) )*(?:class|struct|interface|enum|delegate \S+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Type();
}
