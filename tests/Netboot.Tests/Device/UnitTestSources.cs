using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Netboot.Tests.Device;

/// <summary>What of this assembly is in <c>tests/Unit</c>, and so has to run on a board too.</summary>
internal static partial class UnitTestSources
{
    /// <summary>The folder <c>tests</c>.</summary>
    public static string TestsFolder { get; } =
        typeof(UnitTestSources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TestsFolder").Value;

    /// <summary>The full names of the test classes in <c>tests/Unit</c>.</summary>
    public static IReadOnlyList<string> TestClasses()
    {
        string[] classes = [.. Directory.EnumerateFiles(Path.Combine(TestsFolder, "Unit"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(ClassesOf).Distinct()];
        Assert.IsTrue(classes.Length > 20, "the sources of the tests were found");
        return classes;
    }

    private static IEnumerable<string> ClassesOf(string file)
    {
        string text = File.ReadAllText(file);
        string space = Namespace().Match(text).Groups[1].Value;
        return TestClass().Matches(text).Select(match => space + "." + match.Groups[1].Value);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\[TestClass\]\s+(?:(?:public|internal|sealed|static|partial) )+class (\w+)", RegexOptions.Multiline)]
    private static partial Regex TestClass();
}
