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
                .Select(e => $"{name}: {(string?)e.Attribute("testName")}"));
        }

        Passed += passed;
        Failed += failed;
        if (failed == 0 && (exitCode != 0 || passed == 0))
        {
            Count(FormattableString.Invariant($"{name}: exit code {exitCode}, {passed} tests passed"), false);
        }
    }

    private static int Number(XElement counters, string attribute) =>
        int.Parse((string?)counters.Attribute(attribute) ?? "0", CultureInfo.InvariantCulture);
}
