using System.Reflection;

namespace Netboot.IlMeter;

/// <summary>What one operation cost, and the methods that took the most of it, dearest first.</summary>
public sealed record Reading(string Name, long Instructions, string Dearest);

/// <summary>
/// Runs operations against an instrumented copy of the device's assembly. An operation is a public class of the operations' assembly with a
/// parameterless constructor (its preparation, not counted), <c>string Name</c> and <c>void Run()</c>. Each runs twice; the second time
/// counts, when every static constructor has run.
/// </summary>
public static class Meter
{
    /// <summary>Methods named with a reading.</summary>
    private const int MethodsNamed = 40;

    /// <summary>
    /// Measures every operation of <paramref name="operations"/>; both paths are of assemblies, side by side with what they need.
    /// </summary>
    public static IReadOnlyList<Reading> Measure(string device, string operations)
    {
        string folder = Directory.CreateTempSubdirectory("ilmeter-").FullName;
        try
        {
            string instrumented = Path.Combine(folder, Path.GetFileName(device));
            IReadOnlyList<string> methods = Instrumenter.Instrument(device, instrumented);
            var context = new InstrumentedContext(instrumented, operations);
            Assembly assembly = context.LoadFromAssemblyPath(instrumented);
            FieldInfo counter = assembly.GetType(Instrumenter.CounterType, throwOnError: true)!.GetField(Instrumenter.CounterField)!;
            var counts = new long[methods.Count];
            counter.SetValue(null, counts);
            Assembly all = context.LoadUser();
            return [.. all.GetExportedTypes().Where(IsOperation).OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(t => Measure(t, counts, methods))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOperation(Type type) =>
        type is { IsAbstract: false, IsClass: true } && type.GetMethod("Run", Type.EmptyTypes) != null
        && type.GetProperty("Name") != null;

    private static Reading Measure(Type type, long[] counts, IReadOnlyList<string> methods)
    {
        object operation = Activator.CreateInstance(type)!;
        var run = type.GetMethod("Run", Type.EmptyTypes)!.CreateDelegate<Action>(operation);
        run();
        Array.Clear(counts);
        run();
        IEnumerable<string> dearest = counts.Select((count, place) => (Count: count, Name: methods[place])).Where(m => m.Count > 0)
            .OrderByDescending(m => m.Count).ThenBy(m => m.Name, StringComparer.Ordinal).Take(MethodsNamed)
            .Select(m => $"{m.Name} {m.Count}");
        return new Reading(
            (string)type.GetProperty("Name")!.GetValue(operation)!, counts.Sum(), string.Join(", ", dearest));
    }
}
