using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Netboot.IlMeter;

namespace Netboot.Tests.Budgets;

/// <summary>
/// What one operation costs in IL instructions of our own code: counted, so it is exact, and the board's interpreter takes some 2 µs for
/// each.
/// </summary>
[TestClass]
public class IlBudgets
{
    private const double MicrosecondsPerInstruction = 2;
    private const double TableTolerance = 0.02;

    private static readonly Lazy<IReadOnlyList<Reading>> s_readings = new(Measure);

    [TestMethod]
    public void Every_operation_stays_within_its_budget()
    {
        IReadOnlyList<Reading> readings = Measured();
        Console.WriteLine("| operation | IL instructions | budget | on a board, about |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (Reading reading in readings)
        {
            double milliseconds = reading.Instructions * MicrosecondsPerInstruction / 1000;
            Console.WriteLine(FormattableString.Invariant($"| {reading.Name} | {reading.Instructions:N0} | {IlBudgetTable.All.Of(reading.Name):N0} | {milliseconds:0.0} ms |"));
        }

        foreach (Reading reading in readings)
        {
            Console.WriteLine($"{reading.Name}: {reading.Dearest}");
        }

        foreach (Reading reading in readings)
        {
            Assert.IsTrue(reading.Instructions > 100, reading.Name + ": the meter counts");
        }

        Assert.AreEqual("", IlBudgetTable.All.Exceeded(ByName(readings)));
    }

    [TestMethod]
    public void An_operation_keeps_a_reserve_or_is_named_with_its_reason() =>
        Assert.AreEqual("", IlBudgetTable.All.InReserve(ByName(Measured())));

    [TestMethod]
    public void The_count_is_the_same_when_it_is_made_again() => CollectionAssert.AreEqual(Measure().ToList(), Measured().ToList());

    /// <summary>The table that people read is the one that is measured: a row for each operation, with its budget, and its count to two percent.</summary>
    [TestMethod]
    public void The_table_in_the_README_is_up_to_date()
    {
        Dictionary<string, string[]> rows = File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(l => !l.StartsWith("| operation | IL instructions", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(c => c[1]);
        foreach (Reading reading in Measured())
        {
            Assert.IsTrue(rows.Remove(reading.Name, out string[] cells), reading.Name + " has no row");
            double told = double.Parse(cells[2], CultureInfo.InvariantCulture);
            Assert.IsTrue(Math.Abs(reading.Instructions - told) <= told * TableTolerance,
                FormattableString.Invariant($"{reading.Name}: {reading.Instructions:N0}, in the README {told:N0}"));
            Assert.AreEqual(FormattableString.Invariant($"{IlBudgetTable.All.Of(reading.Name):N0}"), cells[3], reading.Name);
        }

        Assert.AreEqual("", string.Join(", ", rows.Keys), "rows without an operation");
    }

    private static Dictionary<string, long> ByName(IReadOnlyList<Reading> readings) =>
        readings.ToDictionary(r => r.Name, r => r.Instructions);

    private static IReadOnlyList<Reading> Measured() => s_readings.Value;

    private static IReadOnlyList<Reading> Measure()
    {
        string operations = typeof(IlBudgets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "IlOperations")
            .Value;
        return Meter.Measure(Path.Combine(Path.GetDirectoryName(operations), "Netboot.Device.dll"), operations);
    }
}
