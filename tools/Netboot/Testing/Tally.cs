using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Netboot.Tool.Testing;

/// <summary>What passed and what failed, over test projects and single steps.</summary>
internal sealed class Tally
{
    /// <summary>The end of the output is all that some readers keep, so a failure says there what was wrong, in a few lines.</summary>
    private const int MostLines = 8;

    private const int LongestLine = 300;

    private readonly List<string> _failures = [];

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Counts one step.</summary>
    public void Count(string name, bool passed)
    {
        if (passed)
        {
            Passed++;
        }
        else
        {
            Failed++;
            _failures.Add(name);
        }
    }

    /// <summary>
    /// Counts a test project by its results file. One that failed without saying which test, or that ran none, counts as one failure.
    /// </summary>
    public void Add(string name, int exitCode, string resultsFile)
    {
        int passed = 0;
        int failed = 0;
        if (File.Exists(resultsFile))
        {
            XDocument results = XDocument.Load(resultsFile);
            XElement counters = results.Descendants().First(e => e.Name.LocalName == "Counters");
            passed = Number(counters, "passed");
            failed = Number(counters, "total") - passed - Number(counters, "notExecuted");
            _failures.AddRange(results.Descendants()
                .Where(e => e.Name.LocalName == "UnitTestResult" && (string?)e.Attribute("outcome") == "Failed")
                .Select(e => $"{name}: {(string?)e.Attribute("testName")}{Reason(e)}"));
        }

        Passed += passed;
        Failed += failed;
        if (failed == 0 && (exitCode != 0 || passed == 0))
        {
            Count(FormattableString.Invariant($"{name}: exit code {exitCode}, {passed} tests passed"), false);
        }
    }

    // What the test said, and where: the message and the first line of the stack that has a file of ours.
    private static string Reason(XElement result)
    {
        string message = Text(result, "Message");
        string place = Text(result, "StackTrace").Split('\n').FirstOrDefault(line => line.Contains(":line ", StringComparison.Ordinal)) ?? "";
        return string.Concat(message.Split('\n').Take(MostLines).Append(place)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .Select(line => "\n    " + (line.Length > LongestLine ? line[..LongestLine] + "…" : line)));
    }

    private static string Text(XElement result, string name) =>
        result.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    private static int Number(XElement counters, string attribute) =>
        int.Parse((string?)counters.Attribute(attribute) ?? "0", CultureInfo.InvariantCulture);
}
