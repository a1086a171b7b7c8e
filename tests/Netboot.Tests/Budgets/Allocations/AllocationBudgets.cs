using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Netboot.Device;
using Netboot.IlMeter;
using Netboot.IlMeter.Allocations;

namespace Netboot.Tests.Budgets.Allocations;

/// <summary>
/// What each operation of the running device takes from the heap after the start, by the interpreter's sizes: the largest piece, and the
/// sum. What is free on a board is in small pieces, so the largest decides whether it serves, and the sum how often it must collect.
/// </summary>
[TestClass]
[DoNotParallelize]
public class AllocationBudgets
{
    /// <summary>The largest free piece of a heap that has been in use for a while is not much larger.</summary>
    private const int LargestPiece = 1024;

    private static readonly Lazy<IReadOnlyList<AllocationReading>> s_readings = new(Measure);

    [TestMethod]
    public void Every_operation_stays_within_what_it_may_take_in_all()
    {
        IReadOnlyList<AllocationReading> readings = s_readings.Value;
        Console.WriteLine("| operation | largest piece | in all | budget |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (AllocationReading reading in readings)
        {
            int budget = AllocationTable.InAll.Of(reading.Name);
            Console.WriteLine(FormattableString.Invariant($"| {reading.Name} | {reading.Largest:N0} | {reading.Sum:N0} | {budget:N0} |"));
        }

        foreach (AllocationReading reading in readings)
        {
            Console.WriteLine($"{reading.Name}: {reading.Count} pieces: {reading.Dearest}");
        }

        Assert.IsTrue(readings.Single(r => r.Name == "eight machines boot at once").Count > 100, "the meter counts");
        Assert.AreEqual("", AllocationTable.InAll.Exceeded(ByName()));
    }

    [TestMethod]
    public void An_operation_keeps_a_reserve_or_is_named_with_its_reason() =>
        Assert.AreEqual("", AllocationTable.InAll.InReserve(ByName()));

    [TestMethod]
    public void No_operation_takes_more_than_a_kilobyte_in_one_piece()
    {
        string over = string.Join("\n", s_readings.Value.Where(r => r.Largest > LargestPiece)
            .Select(r => $"{r.Name}: {r.Largest} bytes: {r.Dearest}"));
        Assert.AreEqual("", over);
    }

    private static Dictionary<string, long> ByName() => s_readings.Value.ToDictionary(r => r.Name, r => r.Sum);

    private static IReadOnlyList<AllocationReading> Measure()
    {
        string folder = Directory.CreateTempSubdirectory("allocations-").FullName;
        try
        {
            string device = typeof(NetbootDevice).Assembly.Location;
            string instrumented = Path.Combine(folder, Path.GetFileName(device));
            AllocationRecorder.Use(AllocationInstrumenter.Instrument(device, instrumented));
            Assembly tests = new InstrumentedContext(instrumented, typeof(AllocationBudgets).Assembly.Location).LoadUser();
            MethodInfo run = tests.GetType(typeof(AllocationDrive).FullName, throwOnError: true).GetMethod(nameof(AllocationDrive.Run));
            return run.CreateDelegate<Func<IReadOnlyList<AllocationReading>>>()();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
