using System.Diagnostics;
using System.Reflection;
using System.Text;
using Netboot.IlMeter.Heap;

namespace Netboot.IlMeter.Allocations;

/// <summary>
/// What one operation took from the heap: its largest piece, the sum, how often, and the places that took the most.
/// </summary>
public sealed record AllocationReading(string Name, int Largest, long Sum, int Count, string Dearest, string AboveLimit);

/// <summary>
/// Collects what an instrumented assembly allocates, by the interpreter's sizes, while an operation is under way. There is one for
/// the whole process: code on several threads reports here.
/// </summary>
public static class AllocationRecorder
{
    /// <summary>After the start no piece may be larger: what is free on a board is in small pieces.</summary>
    public const int Limit = 1024;

    private const int PlacesNamed = 12;
    private const int CallersNamed = 3;

    private static readonly object s_lock = new();
    private static readonly Dictionary<string, (long Sum, int Count, int Largest)> s_byPlace = [];
    private static IReadOnlyList<AllocationSite> s_sites = [];
    private static string? s_name;

    /// <summary>Takes the places of an assembly that was just rewritten.</summary>
    public static void Use(IReadOnlyList<AllocationSite> sites)
    {
        s_sites = sites;
        s_name = null;
    }

    /// <summary>From now on, allocations belong to this operation.</summary>
    public static void Begin(string operation)
    {
        lock (s_lock)
        {
            s_byPlace.Clear();
            s_name = operation;
        }
    }

    /// <summary>The operation is over.</summary>
    public static AllocationReading End()
    {
        lock (s_lock)
        {
            string name = s_name ?? throw new InvalidOperationException("no operation has begun");
            s_name = null;
            return new AllocationReading(
                name, s_byPlace.Values.Select(p => p.Largest).DefaultIfEmpty().Max(), s_byPlace.Values.Sum(p => p.Sum),
                s_byPlace.Values.Sum(p => p.Count),
                Dearest(), AboveLimit());
        }
    }

    /// <summary>Called by instrumented code: something of a fixed size.</summary>
    public static void Fixed(int site) => Add(site, s_sites[site].Bytes, s_sites[site].Largest);

    /// <summary>Called by instrumented code: an array was made.</summary>
    public static void Array(Array? array, int site)
    {
        if (array != null)
        {
            int bytes = InterpreterSizes.Array(array.Length, InterpreterSizes.ElementWidth(array.GetType().GetElementType()!));
            Add(site, bytes + s_sites[site].Bytes, bytes);
        }
    }

    /// <summary>Called by instrumented code: a text was put together.</summary>
    public static void Text(string? text, int site)
    {
        if (text == null)
        {
            return;
        }

        // Most of the platform's functions go through an array of characters.
        int bytes = InterpreterSizes.Text(Encoding.UTF8.GetByteCount(text));
        int characters = s_sites[site].Characters ? InterpreterSizes.Array(text.Length, sizeof(char)) : 0;
        Add(site, bytes + characters + s_sites[site].Bytes, Math.Max(bytes, characters));
    }

    /// <summary>Something that the platform makes on a board, and a stand-in here.</summary>
    public static void Tell(string place, int bytes) => Add(place, bytes, bytes);

    private static void Add(int site, int bytes, int largest) => Add(s_sites[site].Place, bytes, largest);

    private static void Add(string place, int bytes, int largest)
    {
        if (largest > Limit && s_name != null)
        {
            // A writer or a pool makes it; what matters is for whom.
            place += " for " + Callers();
        }

        lock (s_lock)
        {
            if (s_name != null)
            {
                (long sum, int count, int most) = s_byPlace.GetValueOrDefault(place);
                s_byPlace[place] = (sum + bytes, count + 1, Math.Max(most, largest));
            }
        }
    }

    private static string Callers()
    {
        IEnumerable<string> callers = new StackTrace().GetFrames().Select(f => f.GetMethod()).OfType<MethodBase>().Where(IsOfInterest)
            .Skip(1).Take(CallersNamed).Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        return string.Join(" < ", callers);
    }

    private static bool IsOfInterest(MethodBase method) =>
        method.DeclaringType is { } type && type.Assembly != typeof(AllocationRecorder).Assembly && type.Name != "ByteWriter"
        && type.Namespace?.StartsWith("Netboot", StringComparison.Ordinal) == true;

    private static string Dearest() => string.Join("; ", s_byPlace.OrderByDescending(s => s.Value.Sum).Take(PlacesNamed)
        .Select(s => $"{s.Key} {s.Value.Sum} in {s.Value.Count}"));

    private static string AboveLimit() => string.Join("; ", s_byPlace
        .Where(s => s.Value.Largest > Limit).OrderByDescending(s => s.Value.Largest)
        .Select(s => $"{s.Key} {s.Value.Largest}"));
}
