using System;
using System.IO;
using System.Linq;
using Netboot.IlMeter.Heap;
using Netboot.Tests.Device;
using Netboot.Tests.Support;

namespace Netboot.Tests.Budgets;

/// <summary>
/// What is free on a board at rest, by the model. On the interpreter (facts 16.1) the firmware of commit d765dff had 23,316 bytes free with
/// nothing set, 19,020 with 32 machines and 8 profiles, 15,456 with 64 and 16; by the model it has 23,424, 19,404 and 15,576. That of
/// commit 82b6e89 had 25,752, 21,852 and 17,964; by the model 25,644, 21,624 and 17,796.
/// </summary>
[TestClass]
public class HeapModelTests
{
    /// <summary>So that something small does not use up the room by surprise.</summary>
    private const int ReserveInPercent = 5;

    private static readonly string[] Parts =
    [
        "mscorlib", "System.Net ", "Netboot.Shared", "Netboot.Page", "Netboot.Device", "Netboot.Firmware",
        "objects: Tftp", "objects: Journal", "sockets", "objects of the firmware", "threads: ",
    ];

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(32, 8)]
    [DataRow(64, 16)]
    public void The_model_tells_what_takes_the_heap(int machines, int profiles)
    {
        HeapModel model = AtRest(machines, profiles);
        Console.WriteLine($"{machines} machines, {profiles} profiles:");
        Console.WriteLine(model.Table());
        Console.WriteLine($"| **free of {HeapModel.Heap}** | **{HeapModel.Heap - model.Used}** |");
        Console.WriteLine("largest: " + model.Largest);
        Console.WriteLine("firmware: " + model.FirmwareObjects);

        // A model that lost a part would promise room that is not there.
        foreach (string part in Parts)
        {
            StringAssert.Contains(model.Table(), part);
        }
    }

    // With what lives on the heap of a board at rest there must be room for eight machines, and on the smallest one for one.
    [TestMethod]
    [DataRow(0, 0, HeapModel.Heap, 40 * 1024)]
    [DataRow(64, 16, HeapModel.Heap, 34 * 1024)]
    [DataRow(0, 0, 79 * 1024, 14 * 1024)]
    public void At_rest_enough_is_free(int machines, int profiles, int heap, int room)
    {
        int free = heap - AtRest(machines, profiles).Used;
        string found = $"{free} bytes of {heap} are free with {machines} machines and {profiles} profiles, {room} must be";
        Assert.IsTrue(free >= room, found);
        Assert.IsTrue(free >= room + (room * ReserveInPercent / 100), $"{found}, and {ReserveInPercent} % more in reserve");
    }

    // As the metadata processor counted them, and as large as the interpreter made them.
    [TestMethod]
    [DataRow("Netboot.Shared", 8, 57, 89, 167, 660, 88, 1268, 8280)]
    [DataRow("Netboot.Device", 7, 117, 358, 93, 367, 1, 627, 5448)]
    [DataRow("Netboot.Firmware", 11, 98, 165, 26, 68, 2, 134, 2016)]
    public void Tables_are_reckoned_as_the_interpreter_makes_them(
        string name, int references, int typeReferences, int memberReferences, int types, int fields, int statics, int methods,
        int measured) =>
        Assert.AreEqual(measured, new AssemblyTables(name, references, typeReferences, memberReferences, types, fields, statics, methods)
        .Bytes);

    [TestMethod]
    public void A_library_counts_when_it_is_in_the_ordinary_image()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                <Project><ItemGroup>
                  <NanoFrameworkPackage Include="nanoFramework.CoreLibrary" Assembly="mscorlib" />
                  <NanoFrameworkPackage Include="nanoFramework.System.Net.Http" Assembly="System.Net.Http" Use="psram" />
                </ItemGroup></Project>
                """);
            CollectionAssert.AreEqual(new[] { "mscorlib" }, LibraryAssemblies.OfImage(file).Select(l => l.Name).ToList());
        }
        finally
        {
            File.Delete(file);
        }

        Assert.IsTrue(LibraryAssemblies.Find("System.Net.Http").Statics > 0);
        Assert.Throws<InvalidOperationException>(() => LibraryAssemblies.Find("System.New"));
    }

    [TestMethod]
    public void Objects_are_as_large_as_the_interpreter_makes_them()
    {
        Assert.AreEqual(120, InterpreterSizes.Array(100, 1));
        Assert.AreEqual(24, InterpreterSizes.Array(4, 1));
        Assert.AreEqual(24, InterpreterSizes.Text(10));
        Assert.AreEqual(48, InterpreterSizes.Object(3));
    }

    private static HeapModel AtRest(int machines, int profiles)
    {
        using var device = new RunningDevice(ManyMachines.Board(machines, profiles));
        Assert.IsTrue(device.UntilServing(TimeSpan.FromSeconds(10)) < TimeSpan.FromSeconds(10));
        var terminal = new SilentTerminal();
        device.Device.OfferConsole(terminal, null);
        return new HeapModel(device.Device, terminal);
    }
}
