using System.Reflection;
using System.Runtime.Loader;

namespace Netboot.IlMeter;

/// <summary>What one operation cost.</summary>
public sealed record Reading(string Name, long Instructions, int Budget);

/// <summary>
/// Runs operations against an instrumented copy of the device's assembly. An operation is a public class of the operations' assembly with a
/// parameterless constructor (its preparation, not counted), <c>string Name</c>, <c>int Budget</c> and <c>void Run()</c>. Each runs twice; the second
/// time counts, when every static constructor has run.
/// </summary>
public static class Meter
{
    /// <summary>Measures every operation of <paramref name="operations"/>; both paths are of assemblies, side by side with what they need.</summary>
    public static IReadOnlyList<Reading> Measure(string device, string operations)
    {
        string folder = Directory.CreateTempSubdirectory("ilmeter-").FullName;
        try
        {
            string instrumented = Path.Combine(folder, Path.GetFileName(device));
            Instrumenter.Instrument(device, instrumented);
            var context = new InstrumentedContext(instrumented, operations);
            Assembly assembly = context.LoadFromAssemblyPath(instrumented);
            FieldInfo counter = assembly.GetType(Instrumenter.CounterType, throwOnError: true)!.GetField(Instrumenter.CounterField)!;
            Assembly all = context.LoadFromAssemblyPath(Path.GetFullPath(operations));
            return [.. all.GetExportedTypes().Where(IsOperation).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => Measure(t, counter))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOperation(Type type) => type is { IsAbstract: false, IsClass: true } && type.GetMethod("Run", Type.EmptyTypes) != null && type.GetProperty("Budget") != null;

    private static Reading Measure(Type type, FieldInfo counter)
    {
        object operation = Activator.CreateInstance(type)!;
        var run = type.GetMethod("Run", Type.EmptyTypes)!.CreateDelegate<Action>(operation);
        run();
        counter.SetValue(null, 0L);
        run();
        return new Reading((string)type.GetProperty("Name")!.GetValue(operation)!, (long)counter.GetValue(null)!, (int)type.GetProperty("Budget")!.GetValue(operation)!);
    }

    private sealed class InstrumentedContext(string device, string operations) : AssemblyLoadContext("instrumented")
    {
        private readonly AssemblyDependencyResolver _resolver = new(Path.GetFullPath(operations));

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == Path.GetFileNameWithoutExtension(device))
            {
                return LoadFromAssemblyPath(device);
            }

            return _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
        }
    }
}
