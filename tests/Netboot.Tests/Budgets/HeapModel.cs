using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Netboot.Device;
using Netboot.IlMeter.Heap;
using Netboot.Tests.Device;
using Netboot.Tests.Support;

namespace Netboot.Tests.Budgets;

/// <summary>
/// What is free on a board that runs this device, reckoned on a PC: the heap, less the tables of every assembly in the image, the objects
/// that live (the device's, walked; the firmware's, read from its code), the threads, and what the platform keeps for itself.
/// </summary>
internal sealed class HeapModel
{
    /// <summary>The heap of a WT32-ETH01.</summary>
    public const int Heap = 106_496;

    /// <summary>The heap of the smallest boards.</summary>
    public const int SmallHeap = 79 * 1024;

    /// <summary>
    /// A thread of the interpreter with its two frames at rest, as measured; the managed object is counted with the objects.
    /// </summary>
    private const int Thread = 840;

    /// <summary>The main thread, and the platform's finalizer thread.</summary>
    private const int OtherThreads = 2;

    /// <summary>
    /// What is left of the measured figures of commit d765dff: the type system, statics of the libraries, events of the platform, what the
    /// event cache keeps.
    /// </summary>
    private const int Platform = 1700;

    private static readonly string[] Assemblies = ["Netboot.Shared", "Netboot.Page", "Netboot.Device", "Netboot.Firmware"];

    private readonly List<(string Part, int Bytes)> _parts = [];

    /// <summary>
    /// Reckons with this device, as it is now; <paramref name="standIns"/> are a test's own, and the firmware's objects counted in their
    /// place.
    /// </summary>
    public HeapModel(NetbootDevice device, params object[] standIns)
    {
        string folder = FirmwareFolder();
        AssemblyTables[] own = [.. Assemblies.Select(name => AssemblyTables.Of(Path.Combine(folder, name + ".dll")))];
        foreach (Library library in LibraryAssemblies.OfImage(Path.Combine(UnitTestSources.TestsFolder, "..", "Directory.Packages.props")))
        {
            Add("tables of " + library.Name, library.Tables);
            Add("statics of " + library.Name, library.Statics);
        }

        foreach (AssemblyTables tables in own)
        {
            string counts = $"{tables.Types} types, {tables.Methods} methods, {tables.Fields} fields, {tables.Statics} of them static";
            Add($"tables of {tables.Name} ({counts}, {tables.MemberReferences} references to members)", tables.Bytes);
        }

        DeviceHeap objects = Walk(device, standIns);
        foreach (KeyValuePair<string, int> part in objects.Parts)
        {
            Add("objects: " + part.Key, part.Value);
        }

        Largest = objects.Largest(60);
        Composition firmware = Firmware(folder);
        Add("objects of the firmware", firmware.Objects.Values.Sum());
        FirmwareObjects = string.Join(", ", firmware.Objects.Select(o => $"{o.Key} {o.Value}"));
        Add("threads: " + (objects.Threads + OtherThreads), (objects.Threads + OtherThreads) * Thread);
        Add("the platform's own", Platform);
        Used = _parts.Sum(p => p.Bytes);
    }

    /// <summary>Bytes in use.</summary>
    public int Used { get; }

    /// <summary>The types that take the most.</summary>
    public string Largest { get; }

    /// <summary>The firmware's objects.</summary>
    public string FirmwareObjects { get; }

    /// <summary>The parts as a table.</summary>
    public string Table()
    {
        IEnumerable<string> rows = _parts.Select(p => FormattableString.Invariant($"| {p.Part} | {p.Bytes:N0} |\n"));
        return "| part | bytes |\n|---|---:|\n" + string.Concat(rows);
    }

    private void Add(string part, int bytes)
    {
        if (bytes != 0)
        {
            _parts.Add((part, bytes));
        }
    }

    private static DeviceHeap Walk(NetbootDevice device, object[] standIns)
    {
        var heap = new DeviceHeap();
        heap.Ignore(device.Board);
        Array.ForEach(standIns, heap.Ignore);
        heap.Add(device);
        heap.AddStatics(typeof(NetbootDevice).Assembly);
        return heap;
    }

    private static Composition Firmware(string folder)
    {
        var firmware = new Composition(Assemblies.Select(name => Path.Combine(folder, name + ".dll")), typeof(NetbootDevice).FullName);
        firmware.Add("Netboot.Firmware.Program", "Main");
        firmware.Add("Netboot.Firmware.Program", "Compose");
        firmware.Add("Netboot.Firmware.Program", "ComposeDevice");
        firmware.Add("Netboot.Firmware.ConsolePort", "On");

        // Made when it is used first, and kept.
        firmware.Add("serial port, opened", InterpreterSizes.Object(19) + (2 * InterpreterSizes.Object(1)) + InterpreterSizes.Finalizer);
        firmware.Add("address, mask, MAC", (2 * InterpreterSizes.Array(4, 1)) + InterpreterSizes.Array(6, 1));
        firmware.Add("name and version of the platform", InterpreterSizes.Text(16) + InterpreterSizes.Text(10));
        return firmware;
    }

    private static string FirmwareFolder()
    {
        IEnumerable<AssemblyMetadataAttribute> built = typeof(HeapModel).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        string configuration = built.Single(a => a.Key == "Configuration").Value;
        string folder = Path.GetFullPath(Path.Combine(UnitTestSources.TestsFolder, "..", "firmware", "bin", configuration));
        Assert.IsTrue(File.Exists(Path.Combine(folder, "Netboot.Firmware.dll")), folder + " has no firmware: build the solution first");
        return folder;
    }
}
