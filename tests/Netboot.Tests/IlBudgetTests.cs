using System;
using System.Collections.Generic;
using System.IO;
using Netboot.IlMeter;

namespace Netboot.Tests;

/// <summary>Every operation of tests/IlOperations stays within its budget of IL instructions (DESIGN 2).</summary>
[TestClass]
public class IlBudgetTests
{
    [TestMethod]
    public void Operations_stay_within_their_budgets()
    {
        // Tests and operations are built side by side: tests/<project>/bin/<configuration>/<framework>/.
        string operations = AppContext.BaseDirectory.Replace("Netboot.Tests", "IlOperations");
        IReadOnlyList<Reading> readings = Meter.Measure(Path.Combine(operations, "Netboot.Device.dll"), Path.Combine(operations, "IlOperations.dll"));
        Assert.IsTrue(readings.Count > 0, "operations found");
        var over = new List<string>();
        foreach (Reading reading in readings)
        {
            string line = reading.Name + ": " + reading.Instructions + " of " + reading.Budget;
            Console.WriteLine(line);
            if (reading.Instructions > reading.Budget || reading.Instructions < 10)
            {
                over.Add(line);
            }
        }

        Assert.AreEqual("", string.Join("; ", over), "over budget, or not counted at all");
    }
}
