using System.Xml.Linq;

namespace Netboot.IlMeter.Heap;

/// <summary>
/// The family's own libraries: what each takes from the heap when it is in the image. Tables as the interpreter makes them of the .pe
/// files, by the formula of <see cref="AssemblyTables"/>, and as they were measured there.
/// </summary>
public static class LibraryAssemblies
{
    private static readonly Library[] All =
    [
        new("mscorlib", 4056, 0),
        new("nanoFramework.Runtime.Native", 420, 0),
        new("nanoFramework.Runtime.Events", 600, 0),
        new("nanoFramework.System.Collections", 660, 0),
        new("nanoFramework.System.Text", 636, 0),
        new("System.Threading", 612, 0),
        new("System.IO.Streams", 888, 0),
        new("System.IO.FileSystem", 1944, 0),
        new("nanoFramework.System.IO.Hashing", 204, 0),
        new("System.IO.Ports", 840, 0),
        new("nanoFramework.System.Security.Cryptography", 384, 0),
        new("System.Net", 2520, 0),

        // Its statics: tables of header names and their parsers, made when it is loaded, whether a byte is ever fetched or not.
        new("System.Net.Http", 4704, 5628),
        new("nanoFramework.ResourceManager", 312, 0),
        new("nanoFramework.Hardware.Esp32", 1560, 0),
        new("System.Device.Gpio", 840, 0),
    ];

    /// <summary>
    /// The libraries of an ordinary image: every package of <c>Directory.Packages.props</c> that is not marked for another use (tests,
    /// boards with PSRAM). All of them are loaded, whether an assembly of ours needs them or not.
    /// </summary>
    public static IReadOnlyList<Library> OfImage(string packages)
    {
        IEnumerable<XElement> inImage = XDocument.Load(packages).Descendants("NanoFrameworkPackage").Where(p => p.Attribute("Use") == null);
        return [.. inImage.Select(p => Find(p.Attribute("Assembly")!.Value))];
    }

    /// <summary>A library by its assembly's name.</summary>
    public static Library Find(string name) => All.SingleOrDefault(l => l.Name == name)
        ?? throw new InvalidOperationException($"what {name} takes from a board's heap is not known: measure it and add it here");
}

/// <summary>A library: its tables and its statics in bytes.</summary>
public sealed record Library(string Name, int Tables, int Statics);
