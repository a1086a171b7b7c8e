namespace Netboot.IlMeter.Heap;

/// <summary>
/// The family's own libraries: what each takes of the heap when it is in the image. Tables as the interpreter makes them of the .pe files,
/// by the formula of <see cref="AssemblyTables"/>, and as they were measured there.
/// </summary>
public static class LibraryAssemblies
{
    private const string Core = "mscorlib";
    private const string Text = "nanoFramework.System.Text";
    private const string Events = "nanoFramework.Runtime.Events";
    private const string Streams = "System.IO.Streams";

    private static readonly Library[] All =
    [
        new(Core, 4056, 0),
        new(Text, 636, 0, Core),
        new(Events, 600, 0, Core),
        new(Streams, 888, 0, Core, Text),
        new("System.Threading", 612, 0, Core),
        new("System.Net", 2520, 0, Core, "System.Threading", Streams, Text, Events),
        new("nanoFramework.System.Collections", 660, 0, Core),

        // Its statics: tables of header names and their parsers, made when it is loaded, whether a byte is ever fetched or not.
        new("System.Net.Http", 4704, 5628, Core, Text, "System.Net", "nanoFramework.System.Collections", Streams),
        new("System.IO.FileSystem", 1944, 0, Core, Events, Streams, Text),
        new("System.IO.Ports", 840, 0, Core, Events, Streams),
        new("System.Device.Gpio", 840, 0, Core, Events),
        new("nanoFramework.Hardware.Esp32", 1560, 0, Core, Events),
        new("nanoFramework.ResourceManager", 312, 0, Core),
        new("nanoFramework.Runtime.Native", 420, 0, Core),
        new("nanoFramework.System.IO.Hashing", 204, 0, Core),
        new("nanoFramework.System.Security.Cryptography", 384, 0, Core),
    ];

    /// <summary>The libraries that an image with these assemblies of ours has: those that they refer to, and what those need.</summary>
    public static IReadOnlyList<Library> Of(IEnumerable<AssemblyTables> own)
    {
        AssemblyTables[] assemblies = [.. own];
        var names = new HashSet<string>();
        foreach (string name in assemblies.SelectMany(a => a.ReferenceNames).Except(assemblies.Select(a => a.Name)))
        {
            Add(name, names);
        }

        return [.. All.Where(l => names.Contains(l.Name))];
    }

    private static void Add(string name, HashSet<string> names)
    {
        if (names.Add(name))
        {
            Library library = All.SingleOrDefault(l => l.Name == name)
                ?? throw new InvalidOperationException($"what {name} takes of a board's heap is not known: measure it, add it here");
            foreach (string needed in library.Needs)
            {
                Add(needed, names);
            }
        }
    }
}

/// <summary>A library: its tables and its statics in bytes, and the libraries that it needs.</summary>
public sealed record Library(string Name, int Tables, int Statics, params string[] Needs);
