using System;
using System.Collections.Generic;
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

    [TestMethod]
    public void Every_operation_stays_within_its_budget()
    {
        string operations = typeof(IlBudgets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "IlOperations").Value;
        string device = Path.Combine(Path.GetDirectoryName(operations), "Netboot.Device.dll");
        IReadOnlyList<Reading> readings = Meter.Measure(device, operations);
        Console.WriteLine("| operation | IL instructions | budget | on a board, about |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (Reading reading in readings)
        {
            double milliseconds = reading.Instructions * MicrosecondsPerInstruction / 1000;
            Console.WriteLine(FormattableString.Invariant($"| {reading.Name} | {reading.Instructions:N0} | {reading.Budget:N0} | {milliseconds:0.0} ms |"));
        }

        foreach (Reading reading in readings)
        {
            Console.WriteLine($"{reading.Name}: {reading.Dearest}");
        }

        Assert.IsTrue(readings.Count >= 9, "all operations were found");
        foreach (Reading reading in readings)
        {
            Assert.IsTrue(reading.Instructions > 100, reading.Name + ": the meter counts");
            Assert.IsTrue(reading.Instructions <= reading.Budget, $"{reading.Name}: {reading.Instructions} instructions, budget {reading.Budget}");
        }
    }

    [TestMethod]
    public void The_count_is_the_same_every_time()
    {
        string operations = typeof(IlBudgets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "IlOperations").Value;
        string device = Path.Combine(Path.GetDirectoryName(operations), "Netboot.Device.dll");
        CollectionAssert.AreEqual(Meter.Measure(device, operations).ToList(), Meter.Measure(device, operations).ToList());
    }
}
